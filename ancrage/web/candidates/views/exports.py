"""Taking profiles away: a reason, a line that says who and when, a trace for each person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.kit.contacts import display_phone
from ancrage.kit.tabular.cells import CellValue
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.candidates.views.listing import found_by, search_form
from ancrage.web.candidates.words import contracts_text, fte_text, hours_text, reach_text
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("candidates-export", per="user", rate="20/h", methods=("POST",))
@acts_on(Candidate, "candidates.export")
def export(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """Ask why, then hand over what the filters of the address show."""
    filters = search_form(request, candidates)
    rows = found_by(request, filters)[:MOST_LINES]
    form = ExportForm(sent_form(request))
    if form.is_valid():
        people = [row.candidate for row in rows]
        services.record_export(
            candidates=people,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        return _file(request, people, form)
    context = {
        "form": form,
        "count": rows.count(),
        "most": MOST_LINES,
        "query": request.GET.urlencode(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "candidates/export.html", context, status=status)


def _file(request: HttpRequest, people: list[Any], form: ExportForm) -> HttpResponse:
    table = PersonalTable(_("profils"), _("Profils"), _columns(), _lines(people))
    return personal_file(request, table, form)


def _columns() -> list[str]:
    return [
        _("Prénom"),
        _("Nom"),
        _("Adresse électronique"),
        _("Téléphone"),
        _("Commune"),
        _("Métiers"),
        _("Expérience"),
        _("Disponible à partir du"),
        _("Contrats"),
        _("Temps de travail"),
        _("Horaires"),
        _("Zone"),
        _("Carte"),
    ]


def _lines(people: list[Any]) -> Iterator[list[CellValue]]:
    for one in people:
        yield [
            one.first_name,
            one.last_name,
            one.email,
            display_phone(one.phone) if one.phone else "",
            one.commune.name if one.commune else "",
            ", ".join(str(row.profession) for row in one.listed_professions),
            str(one.get_experience_display()),
            one.available_from,
            contracts_text(one.contracts),
            fte_text(one),
            hours_text(one),
            reach_text(one),
            one.card,
        ]
