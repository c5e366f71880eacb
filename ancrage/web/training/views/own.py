"""One's own training: wishes, places, agenda. No structure reads these pages."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.training import services
from ancrage.training.enums import EnrolmentState, WishState
from ancrage.training.models import Course, CourseRun, Enrolment, TrainingWish
from ancrage.training.queries import (
    courses_of,
    own_enrolments,
    own_wishes,
    professions_taught,
    sessions_ahead,
    with_course,
)
from ancrage.web.access import acts_on, allowed
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.training.acting import form_page, press, who
from ancrage.web.training.forms import WishEditForm, WishForm
from ancrage.web.training.views.public import as_calendar
from ancrage.web.training.words import title_of

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@acts_on(TrainingWish, "training_wishes.keep_own")
def own(request: HttpRequest, wishes: QuerySet[TrainingWish]) -> HttpResponse:
    """One's wishes and places."""
    places = permitted(request.user, "enrolments.keep_own", Enrolment.objects.all())
    ahead = sessions_ahead(places).filter(ends_at__gte=timezone.now())
    context = {
        "has_profile": candidate_of(request.user) is not None,
        "wishes": list(own_wishes(wishes)),
        "places": list(own_enrolments(places)),
        "sessions": list(ahead[:5]),
    }
    return render_page(request, "training/own.html", context)


@require_safe
@acts_on(Enrolment, "enrolments.keep_own")
def own_ics(request: HttpRequest, enrolments: QuerySet[Enrolment]) -> HttpResponse:
    """The sessions of one's courses, for one's calendar."""
    sessions = list(sessions_ahead(enrolments))
    return as_calendar(services.agenda_of_sessions(sessions=sessions, now=timezone.now()))


@require_http_methods(_FORM)
@allowed("training_wishes.keep_own")
def wish_new(request: HttpRequest) -> HttpResponse:
    """Say what one would learn."""
    person = candidate_of(request.user)
    if person is None:
        messages.info(request, _("Créez d’abord votre profil : un souhait y est attaché."))
        return redirect("training:own")
    return form_page(
        request,
        _wish_form(request, person),
        lambda facts: services.make_wish(
            subject=person.subject, territory=person.territory, **who(request), **facts
        ),
        title=_("Souhaiter une formation"),
        button=_("Noter mon souhait"),
        done=_("Souhait noté : la coordination en tient compte pour décider des sessions."),
        back=reverse("training:own"),
        lead=_("Lu de vous et de la coordination seulement : aucune structure ne le voit."),
    )


@require_http_methods(_FORM)
@acts_on(TrainingWish, "training_wishes.keep_own")
def wish_edit(request: HttpRequest, wishes: QuerySet[TrainingWish], pk: int) -> HttpResponse:
    """Say otherwise when one could begin, and how far one would go."""
    wish = get_object_or_404(
        wishes.select_related("subject", "territory", "course", "profession", "commune"), pk=pk
    )
    form = WishEditForm(sent_form(request), wish=wish)

    def change(facts: dict[str, Any]) -> None:
        try:
            services.edit_wish(wish=wish, **who(request), **facts)
        except services.WishChangedMeanwhile as refusal:
            form.catch_up(refusal.revision)
            raise

    return form_page(
        request,
        form,
        change,
        title=_("Modifier mon souhait"),
        button=_("Enregistrer"),
        done=_("Souhait modifié : le prochain plan en tient compte."),
        back=reverse("training:own"),
        lead=title_of(wish),
    )


@require_POST
@acts_on(TrainingWish, "training_wishes.keep_own")
def wish_move(request: HttpRequest, wishes: QuerySet[TrainingWish], pk: int) -> HttpResponse:
    """Take a wish back, or bring it back."""
    wish = get_object_or_404(wishes.select_related("subject"), pk=pk)
    back = reverse("training:own")
    if wish.state == WishState.WITHDRAWN:
        return press(
            request,
            lambda: services.reopen_wish(wish=wish, **who(request)),
            _("Souhait remis."),
            back,
        )
    return press(
        request,
        lambda: services.withdraw_wish(wish=wish, **who(request)),
        _("Souhait retiré."),
        back,
    )


@require_http_methods(_FORM)
@acts_on(CourseRun, "course_runs.ask")
def ask(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """Ask for a place: what is told to whom is said before."""
    run = get_object_or_404(with_course(runs), pk=pk)
    person = candidate_of(request.user)
    if person is None:
        messages.info(request, _("Créez d’abord votre profil : la demande y est attachée."))
        return redirect("training:own")
    if request.method == "POST":
        return press(
            request,
            lambda: services.ask_place(run=run, person=_named(person), **who(request)),
            _("Demande envoyée à l’organisme : la réponse se lira ici."),
            reverse("training:own"),
        )
    return render_page(request, "training/ask.html", {"run": run})


@require_POST
@acts_on(Enrolment, "enrolments.keep_own")
def answer(request: HttpRequest, enrolments: QuerySet[Enrolment], pk: int) -> HttpResponse:
    """Confirm a place, give it up, or take back what one has just said."""
    row = get_object_or_404(enrolments, pk=pk)
    asked, back = request.POST.get("reponse", ""), reverse("training:own")
    if asked == "annuler":
        return press(
            request,
            lambda: services.undo_enrolment_move(enrolment=row, is_own=True, **who(request)),
            _("C’est annulé."),
            back,
        )
    steps = {"oui": EnrolmentState.ENROLLED, "non": EnrolmentState.WITHDRAWN}
    if asked not in steps:
        raise Http404
    return press(
        request,
        lambda: services.move_enrolment(
            enrolment=row, to=steps[asked], is_own=True, **who(request)
        ),
        _("Place confirmée.") if asked == "oui" else _("Place laissée à la personne suivante."),
        back,
    )


def _wish_form(request: HttpRequest, person: Candidate) -> WishForm:
    courses = permitted(request.user, "courses.view", Course.objects.all())
    return WishForm(
        sent_form(request),
        territory=person.territory,
        courses=courses_of(courses),
        professions=professions_taught(courses),
        initial={"commune": person.commune, "course": request.GET.get("formation")},
    )


def _named(person: Candidate) -> services.Named:
    return services.Named(person.subject, person.first_name, person.last_name)
