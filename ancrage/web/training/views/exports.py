"""Taking people's training away: a reason, a mark, a trace for each person."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.accounts.policy import permitted
from ancrage.candidates.queries import candidates_by_subject
from ancrage.kit.tabular.cells import CellValue
from ancrage.privacy.scopes import viewer_of
from ancrage.training import services
from ancrage.training.models import CourseRun, Enrolment, TrainingWish
from ancrage.training.queries import enrolments_in, wishes_waiting, with_course
from ancrage.training.validators import first_day
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.personal_files import MOST_LINES, ExportForm, PersonalTable, personal_file
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.training.acting import who
from ancrage.web.training.words import title_of

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@throttled("training-people", per="user", rate="20/h", methods=("POST",))
@acts_on(CourseRun, "course_runs.keep")
def export(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Ask why, then hand over who is in a run, with presence and results."""
    run = get_object_or_404(with_course(runs), pk=pk)
    kept = permitted(request.user, "enrolments.keep", Enrolment.objects.all())
    people = list(enrolments_in(run, kept))
    form = ExportForm(sent_form(request))
    if form.is_valid():
        services.record_export(
            run=run,
            enrolments=people,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            **who(request),
        )
        title = _("Inscriptions")
        table = PersonalTable(_("inscriptions"), title, _columns(), _lines(people))
        return personal_file(request, table, form)
    back = reverse("training:manage", args=[pk])
    heading = _("Exporter les inscriptions")
    return _asking(request, form, len(people), heading, back=back, crumb=run.course.title)


@require_http_methods(_FORM)
@throttled("training-people", per="user", rate="20/h", methods=("POST",))
@acts_on(TrainingWish, "training_wishes.keep")
def wishes_export(request: HttpRequest, wishes: QuerySet[TrainingWish]) -> HttpResponse:
    """Ask why, then hand over the wishes that wait for a run."""
    waiting = list(wishes_waiting(wishes)[:MOST_LINES])
    form = ExportForm(sent_form(request))
    if form.is_valid():
        services.record_wish_export(
            wishes=waiting,
            viewer=viewer_of(request.user),
            reason=form.cleaned_data["reason"],
            **who(request),
        )
        title = _("Souhaits de formation")
        lines = _wish_lines(waiting)
        table = PersonalTable(_("souhaits-de-formation"), title, _wish_columns(), lines)
        return personal_file(request, table, form)
    people, heading = {one.subject_id for one in waiting}, _("Exporter les souhaits")
    back = reverse("training:wishes")
    return _asking(request, form, len(people), heading, back=back, crumb=_("Souhaits"))


def _asking(
    request: HttpRequest, form: ExportForm, count: int, heading: str, *, back: str, crumb: str
) -> HttpResponse:
    context = {"form": form, "count": count, "heading": heading, "back": back, "crumb": crumb}
    status = 422 if form.errors else 200
    return render_page(request, "training/export.html", context, status=status)


def _columns() -> list[str]:
    return [
        *(_("Prénom"), _("Nom"), _("État"), _("Demandée le"), _("Séances suivies")),
        *(_("Séances notées"), _("Résultat"), _("Résultat du")),
    ]


def _lines(people: list[Any]) -> Iterator[list[CellValue]]:
    for one in people:
        yield [
            *(one.first_name, one.last_name, str(one.get_state_display())),
            *(timezone.localdate(one.asked_at), one.attended, one.called),
            *(str(one.get_result_display()) if one.result else "", one.result_on),
        ]


def _wish_columns() -> list[str]:
    return [
        *(_("Prénom"), _("Nom"), _("Souhait"), _("Mois possibles"), _("Au départ de")),
        *(_("Distance acceptée (km)"), _("Priorité"), _("Noté le")),
    ]


def _wish_lines(wishes: Iterable[TrainingWish]) -> Iterator[list[CellValue]]:
    people = candidates_by_subject([one.subject_id for one in wishes])
    for one in wishes:
        person = people.get(one.subject_id)
        yield [
            *((person.first_name, person.last_name) if person else ("", _("Sans profil"))),
            title_of(one),
            ", ".join(date_format(first_day(month), "F Y") for month in one.months),
            one.commune.name if one.commune else "",
            one.reach_km if one.commune else None,
            str(one.get_priority_display()),
            timezone.localdate(one.at),
        ]
