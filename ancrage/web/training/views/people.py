"""Who is in a run: the list, the steps of each, the sheet of a session, a file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may_on, permitted
from ancrage.candidates.models import Candidate
from ancrage.kit.moves import standing
from ancrage.privacy.scopes import viewer_of
from ancrage.training import services
from ancrage.training.enums import (
    CALLED_STATES,
    ENROLMENT_TRANSITIONS,
    HOLDING_STATES,
    EnrolmentState,
    Presence,
)
from ancrage.training.models import CourseRun, Enrolment, FundingFile, RunSession
from ancrage.training.queries import (
    called_at,
    enrolments_in,
    sessions_of,
    wishing_for,
    with_course,
)
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.training.acting import form_page, press, show_refusal, who
from ancrage.web.training.forms import CancelForm, EnrolForm, EnrolmentForm, ResultForm
from ancrage.web.training.words import acts

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@acts_on(CourseRun, "course_runs.keep")
def manage(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """A run as whoever gives it sees it: its state, who is in it, its sessions."""
    run = _run(runs, pk)
    people = list(enrolments_in(run, _enrolments(request)))
    services.read_enrolments(
        run=run, enrolments=people, viewer=viewer_of(request.user), **who(request)
    )
    last = services.last_run_move(run)
    context = {
        "run": run,
        "people": people,
        "hidden": run.taken - sum(one.state in HOLDING_STATES for one in people),
        "sessions": list(sessions_of(run)),
        "steps": acts("run", services.next_states(run)),
        "cancel_form": CancelForm(),
        "last": last if last and last.is_recent(timezone.now()) else None,
        "may_enrol": may_on(request.user, "course_runs.enrol", run),
    }
    return render_page(request, "training/manage.html", context)


@require_http_methods(_FORM)
@acts_on(CourseRun, "course_runs.enrol")
def enrol(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Offer a place to somebody, who confirms it."""
    run = _run(runs, pk)
    followed = permitted(request.user, "candidates.view", Candidate.objects.all())
    wishing = followed.filter(subject__in=wishing_for(run.course))
    form = EnrolForm(
        sent_form(request),
        wishing=wishing.order_by("last_name", "first_name", "pk"),
        followed=followed.order_by("pk"),
    )

    def grant(facts: dict[str, Any]) -> None:
        person = facts["person"]
        named = services.Named(person.subject, person.first_name, person.last_name)
        services.grant_place(run=run, person=named, has_agreed=facts["has_agreed"], **who(request))

    return form_page(
        request,
        form,
        grant,
        title=_("Proposer une place"),
        button=_("Proposer la place"),
        done=_("Place proposée : la personne reçoit un courriel et la confirme."),
        back=reverse("training:manage", args=[pk]),
        lead=run.course.title,
    )


@require_http_methods(_FORM)
@acts_on(Enrolment, "enrolments.keep")
def enrolment(request: HttpRequest, enrolments: QuerySet[Enrolment], pk: int) -> HttpResponse:
    """One person in a run: their next step, their result, their funding."""
    row = get_object_or_404(
        enrolments.select_related(
            "subject", "run__commune", "run__course__provider__partner", "run__course__profession"
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _act_on_enrolment(request, row)
    viewer = viewer_of(request.user)
    services.read_enrolments(run=row.run, enrolments=[row], viewer=viewer, **who(request))
    return _enrolment_page(request, row, ResultForm(initial=_result(row)))


@require_http_methods(_FORM)
@acts_on(Enrolment, "enrolments.keep")
def attendance(request: HttpRequest, enrolments: QuerySet[Enrolment], pk: int) -> HttpResponse:
    """The sheet of a session."""
    runs = permitted(request.user, "course_runs.keep", CourseRun.objects.all())
    session = get_object_or_404(
        RunSession.objects.filter(run__in=runs).select_related(
            "run__commune", "run__course__provider__partner"
        ),
        pk=pk,
    )
    lines = called_at(session, enrolments)
    if request.method == "POST":
        sent = {line.enrolment.pk: request.POST.get(f"p{line.enrolment.pk}", "") for line in lines}
        known = {pk: value for pk, value in sent.items() if value in ("", *Presence.values)}
        changed = services.keep_attendance(session=session, presences=known, **who(request))
        told = ngettext("%(n)d présence notée.", "%(n)d présences notées.", changed)
        messages.success(request, told % {"n": changed})
        return redirect("training:manage", session.run_id)
    services.read_enrolments(
        run=session.run,
        enrolments=[line.enrolment for line in lines],
        viewer=viewer_of(request.user),
        **who(request),
    )
    context = {"session": session, "run": session.run, "lines": lines, "presences": Presence}
    return render_page(request, "training/attendance.html", context)


def _act_on_enrolment(request: HttpRequest, row: Enrolment) -> HttpResponse:
    back = reverse("training:enrolment", args=[row.pk])
    asked = request.POST.get("etape", "")
    if asked == "annuler":
        return press(
            request,
            lambda: services.undo_enrolment_move(enrolment=row, **who(request)),
            _("Étape annulée."),
            back,
        )
    if asked == "resultat":
        form = ResultForm(request.POST)
        if form.is_valid():
            try:
                services.set_result(enrolment=row, **form.cleaned_data, **who(request))
            except ValidationError as refusal:
                show_refusal(refusal, form)
            else:
                messages.success(request, _("Résultat noté."))
                return redirect(back)
        return _enrolment_page(request, row, form, status=422)
    reason = EnrolmentForm(request.POST)
    told = reason.cleaned_data["reason"] if reason.is_valid() else ""
    if asked not in EnrolmentState.values:
        return redirect(back)
    return press(
        request,
        lambda: services.move_enrolment(
            enrolment=row, to=EnrolmentState(asked), reason=told, **who(request)
        ),
        _("C’est noté."),
        back,
    )


def _enrolment_page(
    request: HttpRequest, row: Enrolment, form: ResultForm, *, status: int = 200
) -> HttpResponse:
    files = permitted(request.user, "funding_files.keep", FundingFile.objects.all())
    last = services.last_enrolment_move(row)
    allowed = ENROLMENT_TRANSITIONS[EnrolmentState(row.state)]
    fresh = last is not None and last.is_recent(timezone.now())
    context = {
        "enrolment": row,
        "run": row.run,
        "steps": acts("place", [one for one in EnrolmentState if one in allowed]),
        "reason_form": EnrolmentForm(),
        "result_form": form if row.state in CALLED_STATES else None,
        "moves": standing(row.moves.all()),
        "may_undo": fresh and last is not None and not last.is_own and not last.passed_on,
        "may_fund": may_on(request.user, "course_runs.enrol", row.run),
        "files": files.filter(enrolment=row).order_by("due_on", "pk"),
    }
    return render_page(request, "training/enrolment.html", context, status=status)


def _run(runs: QuerySet[CourseRun], pk: int) -> CourseRun:
    return get_object_or_404(with_course(runs), pk=pk)


def _enrolments(request: HttpRequest) -> QuerySet[Enrolment]:
    return permitted(request.user, "enrolments.keep", Enrolment.objects.all())


def _result(row: Enrolment) -> dict[str, Any]:
    return {"result": row.result, "on": row.result_on}
