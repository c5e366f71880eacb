"""What providers and the coordination keep: structures that train, courses, runs, sessions."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.partners.models import Partner
from ancrage.training import services
from ancrage.training.enums import CancelReason, RunState
from ancrage.training.models import Course, CourseRun, FundingFile, RunSession
from ancrage.training.queries import files_due, runs_kept, with_course
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.training.acting import form_page, press, who
from ancrage.web.training.forms import (
    CourseForm,
    ProviderForm,
    RunForm,
    SessionForm,
    WordsForm,
)

PER_PAGE = 20
_FORM = ["GET", "HEAD", "POST"]


@require_safe
@acts_on(CourseRun, "course_runs.keep")
def desk(request: HttpRequest, runs: QuerySet[CourseRun]) -> HttpResponse:
    """What waits: requests to answer, files to send, runs to decide."""
    form = WordsForm(request.GET)
    page = Paginator(runs_kept(runs, form.text), PER_PAGE).get_page(request.GET.get("page"))
    files = permitted(request.user, "funding_files.keep", FundingFile.objects.all())
    structures = list(
        permitted(request.user, "training_providers.keep", Partner.objects.all())
        .filter(left_at__isnull=True)
        .select_related("training_provider")
        .order_by("name", "pk")
    )
    providers = [one for one in structures if hasattr(one, "training_provider")]
    context = {
        "form": form,
        "page": page,
        "today": timezone.localdate(),
        "files": list(files_due(files, on=timezone.localdate())),
        "providers": providers,
        # A first course may come before anything is declared.
        "givers": providers or structures,
        "others": [one for one in structures if one not in providers],
        "may_plan": may(request.user, "opening_plans.ask"),
    }
    return render_page(request, "training/desk.html", context, fragment="results")


@require_http_methods(_FORM)
@acts_on(Partner, "training_providers.keep")
def provider(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Say that a structure gives courses, and what is known of it as a provider."""
    partner = get_object_or_404(partners.select_related("training_provider"), slug=slug)
    known = getattr(partner, "training_provider", None)
    names = ("activity_number", "certified_until")
    start = {name: getattr(known, name) for name in names} if known else {}
    return form_page(
        request,
        ProviderForm(sent_form(request), initial=start),
        lambda facts: services.set_provider(partner=partner, **who(request), **facts),
        title=_("Organisme de formation"),
        button=_("Enregistrer"),
        done=_("Organisme enregistré."),
        back=reverse("training:desk"),
        lead=partner.name,
    )


@require_http_methods(_FORM)
@acts_on(Partner, "training_providers.keep")
def course_new(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Add a course to what a structure gives."""
    partner = get_object_or_404(partners, slug=slug, left_at__isnull=True)
    return form_page(
        request,
        CourseForm(sent_form(request)),
        lambda facts: services.create_course(
            partner=partner, **who(request), **_without(facts, "revision")
        ),
        title=_("Nouvelle formation"),
        button=_("Ajouter au catalogue"),
        done=_("Formation ajoutée : vous pouvez lui prévoir des sessions."),
        back=reverse("training:courses"),
        lead=partner.name,
    )


@require_http_methods(_FORM)
@acts_on(Course, "courses.keep")
def course_edit(request: HttpRequest, courses: QuerySet[Course], pk: int) -> HttpResponse:
    """Change a course."""
    course = get_object_or_404(courses.select_related("provider__partner", "profession"), pk=pk)
    return form_page(
        request,
        CourseForm(sent_form(request), initial=CourseForm.of(course)),
        lambda facts: services.edit_course(
            course=course, **who(request), **_with_revision(facts, course.revision)
        ),
        title=_("Modifier la formation"),
        button=_("Enregistrer"),
        done=_("Formation enregistrée."),
        back=reverse("training:courses"),
        lead=course.title,
        more={"course": course},
    )


@require_POST
@acts_on(Course, "courses.keep")
def course_archive(request: HttpRequest, courses: QuerySet[Course], pk: int) -> HttpResponse:
    """Take a course out of the catalogue, or put it back."""
    course = get_object_or_404(courses.select_related("provider__partner"), pk=pk)
    back = reverse("training:courses")
    if course.archived_at is not None:
        return press(
            request,
            lambda: services.restore_course(course=course, **who(request)),
            _("Formation remise au catalogue."),
            back,
        )
    return press(
        request,
        lambda: services.archive_course(course=course, **who(request)),
        _("Formation retirée du catalogue."),
        reverse("training:course_edit", args=[pk]),
    )


@require_http_methods(_FORM)
@acts_on(Course, "courses.keep")
def run_new(request: HttpRequest, courses: QuerySet[Course], pk: int) -> HttpResponse:
    """Add a possible run of a course."""
    course = get_object_or_404(
        courses.select_related("provider__partner__territory", "provider__partner__commune"), pk=pk
    )
    form = RunForm(
        sent_form(request),
        territory=course.provider.partner.territory,
        initial=RunForm.for_course(course),
    )
    return form_page(
        request,
        form,
        lambda facts: _manage(
            services.create_run(course=course, **who(request), **_without(facts, "revision"))
        ),
        title=_("Nouvelle session"),
        button=_("Ajouter la session"),
        done=_("Session possible ajoutée : ouvrez-la, ou laissez le plan décider."),
        back=reverse("training:courses"),
        lead=course.title,
    )


@require_http_methods(_FORM)
@acts_on(CourseRun, "course_runs.keep")
def run_edit(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Change a run."""
    run = get_object_or_404(
        with_course(runs).select_related("course__provider__partner__territory"), pk=pk
    )
    form = RunForm(
        sent_form(request),
        territory=run.course.provider.partner.territory,
        initial=RunForm.of(run),
    )
    return form_page(
        request,
        form,
        lambda facts: services.edit_run(
            run=run, **who(request), **_with_revision(facts, run.revision)
        ),
        title=_("Modifier la session"),
        button=_("Enregistrer"),
        done=_("Session enregistrée."),
        back=reverse("training:manage", args=[pk]),
        lead=run.course.title,
    )


@require_POST
@acts_on(CourseRun, "course_runs.keep")
def run_move(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Open, confirm, begin, end, cancel; or take the last of these back."""
    run = get_object_or_404(runs, pk=pk)
    asked, back = request.POST.get("etat", ""), reverse("training:manage", args=[pk])
    if asked not in RunState.values:
        return press(
            request,
            lambda: services.undo_run_move(run=run, **who(request)),
            _("Changement annulé : la session est revenue à l’état d’avant."),
            back,
        )
    reason = request.POST.get("raison", "")
    return press(
        request,
        lambda: services.move_run(
            run=run,
            to=RunState(asked),
            reason=reason if reason in CancelReason.values else "",
            **who(request),
        ),
        _("C’est noté."),
        back,
    )


@require_http_methods(_FORM)
@acts_on(CourseRun, "course_runs.keep")
def session_add(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Add a session to a run."""
    run = get_object_or_404(with_course(runs), pk=pk)
    return form_page(
        request,
        SessionForm(sent_form(request)),
        lambda facts: services.add_session(run=run, **who(request), **facts),
        title=_("Ajouter une séance"),
        button=_("Ajouter la séance"),
        done=_("Séance ajoutée."),
        back=reverse("training:manage", args=[pk]),
        lead=run.course.title,
    )


@require_POST
@acts_on(CourseRun, "course_runs.keep")
def session_remove(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Take a session out of its run."""
    session = get_object_or_404(
        RunSession.objects.filter(run__in=runs).select_related("run"), pk=pk
    )
    return press(
        request,
        lambda: services.remove_session(session=session, **who(request)),
        _("Séance retirée."),
        reverse("training:manage", args=[session.run_id]),
    )


def _manage(run: CourseRun) -> str:
    return reverse("training:manage", args=[run.pk])


def _without(facts: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key != name}


def _with_revision(facts: dict[str, Any], revision: int) -> dict[str, Any]:
    return {**facts, "revision": facts.get("revision") or revision}
