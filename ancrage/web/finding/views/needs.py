"""« Les besoins qui me correspondent »: the same reasons, from the person's side."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.matching.services.finding import (
    MOST_COMPARED,
    NEED_PARTS,
    FoundNeeds,
    NeedResult,
    find_needs,
    words_of,
)
from ancrage.needs.models import Need
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.addresses import title_of
from ancrage.web.finding.forms import NeedsForm, WeightsForm
from ancrage.web.finding.results import results_of_needs
from ancrage.web.finding.searching import (
    PER_PAGE,
    FoundPage,
    page_among,
    page_number,
    usual_address,
)
from ancrage.web.finding.words import PERSON, counted, topics_in
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_safe
@throttled("finding", per="user", rate="60/m")
@acts_on(Candidate, "searches.needs")
def own(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """The offers of her professions and territory, the best for her first, and why."""
    candidate = candidates.order_by("pk").first()
    if candidate is None:
        messages.info(request, _("Créez d’abord votre profil : deux minutes suffisent."))
        return redirect("candidates:own")
    context = _context(request, candidate, _form(request))
    return render_page(request, "finding/needs.html", context, fragment="results")


def _context(request: HttpRequest, candidate: Candidate, form: NeedsForm) -> dict[str, Any]:
    number = page_number(request)
    found = _found(request, candidate, form, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    return {
        "form": form,
        "weights": WeightsForm(form.asked),
        "found": FoundPage(
            page_among(found.compared, number),
            results_of_needs(request, found.results),
            total=found.total,
            clear=found.clear,
            compared=found.compared,
        ),
        "counted": counted(found.total, PERSON),
        "candidate": candidate,
        "side": PERSON,
        "is_weightless": form.asked.is_weightless,
        "usual_href": usual_address(form.asked),
        "save_href": f"{reverse('finding:save')}?{urlencode(words_of(form.asked))}",
        "export_href": f"{reverse('finding:needs_csv')}?{request.GET.urlencode()}",
    }


@require_safe
@throttled("finding-export", per="user", rate="20/h")
@acts_on(Candidate, "searches.needs")
def export_csv(request: HttpRequest, candidates: QuerySet[Candidate]) -> StreamingHttpResponse:
    """The same, as a file: public offers, and how they suit its reader."""
    candidate = get_object_or_404(candidates)
    header = [
        _("Poste"),
        _("Structure"),
        _("Commune"),
        _("Contrat"),
        _("Prise de poste"),
        _("Adéquation (sur 100)"),
        _("Manque"),
        _("À vérifier"),
    ]
    found = _found(request, candidate, _form(request), limit=MOST_COMPARED)
    name = f"{_('besoins-pour-moi')}-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(header, _lines(found.results)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _form(request: HttpRequest) -> NeedsForm:
    return NeedsForm(request.GET.dict(), parts=NEED_PARTS)


def _found(
    request: HttpRequest, candidate: Candidate, form: NeedsForm, *, limit: int, offset: int = 0
) -> FoundNeeds:
    return find_needs(
        candidate=candidate,
        needs=permitted(request.user, "offers.view", Need.objects.all()),
        asked=form.asked,
        viewer=viewer_of(request.user),
        on=timezone.localdate(),
        offset=offset,
        limit=limit,
    )


def _lines(found: tuple[NeedResult, ...]) -> Iterator[list[CellValue]]:
    for one in found:
        yield [
            title_of(one.need),
            one.need.partner.name,
            one.need.commune.name,
            str(one.need.get_contract_display()),
            one.need.starts_on,
            one.why.score,
            topics_in(one.why, "missing"),
            topics_in(one.why, "to_check"),
        ]
