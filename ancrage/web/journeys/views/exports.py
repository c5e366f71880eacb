"""Taking journeys away: a reason, a mark, a trace for each person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.candidates import services as candidate_services
from ancrage.candidates.models import Candidate
from ancrage.journeys import services
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import journeys_matching, lost_people
from ancrage.kit.tabular.cells import CellValue
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.journeys.forms.lists import LostFilters
from ancrage.web.journeys.views.listing import filters_of, sort_asked
from ancrage.web.journeys.words import LOST
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("journeys-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Journey, "journeys.export")
def export(request: HttpRequest, journeys: QuerySet[Journey]) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    search = filters_of(request, journeys).search
    found = journeys_matching(journeys, search, on=timezone.localdate(), sort=sort_asked(request))[
        :MOST_LINES
    ]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        rows = list(found)
        services.record_export(
            journeys=rows,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        title = _("Parcours")
        return personal_file(
            request, PersonalTable(_("parcours"), title, _columns(), _lines(rows)), form
        )
    back = f"{reverse('journeys:list')}?{request.GET.urlencode()}"
    return _asking(request, form, found.count(), title=_("Exporter des parcours"), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("journeys-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Candidate, "journeys.open")
def lost_export(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """The people lost from sight, in the same way."""
    asked = LostFilters(request.GET).asked
    found = lost_people(candidates, on=timezone.localdate(), **asked)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        people = list(found)
        candidate_services.record_export(
            candidates=people,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        title = _("Personnes perdues de vue")
        columns = [_("Prénom"), _("Nom"), _("Métier"), _("Pourquoi"), _("Dernier contact")]
        table = PersonalTable(_("perdues-de-vue"), title, columns, _lost_lines(people))
        return personal_file(request, table, form)
    back = f"{reverse('journeys:lost')}?{request.GET.urlencode()}"
    title = _("Exporter les personnes perdues de vue")
    return _asking(request, form, found.count(), title=title, back=back)


def _asking(
    request: HttpRequest, form: ExportForm, count: int, *, title: str, back: str
) -> HttpResponse:
    context = {"form": form, "count": count, "heading": title, "back": back}
    status = 422 if form.errors else 200
    return render_page(request, "journeys/export.html", context, status=status)


def _columns() -> list[str]:
    return [
        _("Prénom"),
        _("Nom"),
        _("Métier"),
        _("État"),
        _("Référent"),
        _("Objectif de la personne"),
        _("Prochaine action"),
        _("Prévue le"),
        _("Qui doit agir ?"),
        _("Ouvert le"),
        _("Dernier contact"),
    ]


def _lines(journeys: list[Journey]) -> Iterator[list[CellValue]]:
    for one in journeys:
        yield [
            one.candidate.first_name,
            one.candidate.last_name,
            getattr(one, "profession_label", "") or "",
            str(one.get_state_display()),
            one.advisor.full_name if one.advisor else "",
            one.goal,
            one.next_action,
            one.next_action_on,
            str(one.get_waits_for_display()) if one.next_action else "",
            one.opened_on,
            timezone.localdate(one.candidate.subject.last_contact_at),
        ]


def _lost_lines(people: list[Any]) -> Iterator[list[CellValue]]:
    reasons = {one.value: label for one, label in LOST.items()}
    for one in people:
        yield [
            one.first_name,
            one.last_name,
            one.profession_label or "",
            str(reasons[one.lost]),
            timezone.localdate(one.subject.last_contact_at),
        ]
