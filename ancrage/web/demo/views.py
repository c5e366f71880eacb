"""The evening of the demo: what was played, what comes, links to try, back to the start."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.demo.evening import Step, next_step, play_next, put_back, with_a_link
from ancrage.demo.events import EVENING_SLUG, evening_of_the_demo
from ancrage.events.models import Event, Participant
from ancrage.events.queries import personal_token
from ancrage.web.access import acts_on, of_the_demo
from ancrage.web.acting import confirm_page
from ancrage.web.rendering import render_page

_GRID = (gettext_lazy("La grille de passage"), "meetings:room")
_EVENING = (gettext_lazy("La soirée"), "evenings:evening")
_SCREEN = (gettext_lazy("L’écran de la salle"), "evenings:projector")
_REPORT = (gettext_lazy("Le bilan"), "outcomes:report")
# The pages worth a look before the step is played.
_TO_LOOK_AT: Mapping[Step | None, tuple[tuple[Promise, str], ...]] = {
    Step.PLAN: (_GRID,),
    Step.DOORS: (_GRID, (gettext_lazy("Les fiches et les badges"), "handouts:index")),
    Step.WITHOUT: (
        _EVENING,
        (gettext_lazy("Recalculer, en montrant qui change"), "evenings:replan"),
    ),
    Step.CONTACTS: (_REPORT,),
    None: (_REPORT,),
}


@dataclass(frozen=True)
class PlayedStep:
    """A step as the page lists it."""

    step: Step
    is_done: bool
    is_next: bool


@dataclass(frozen=True)
class TriedLink:
    """The personal page of somebody, to be opened without an account."""

    person: Participant
    href: str


@require_safe
@of_the_demo
@acts_on(Event, "events.organise")
def evening(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Say what was played and what comes next; give two personal links."""
    event = get_object_or_404(events.select_related("territory", "commune"), pk=pk)
    coming = next_step(event, now=timezone.now())
    pages = _TO_LOOK_AT.get(coming, (_EVENING, _SCREEN))
    context = {
        "event": event,
        "is_played_here": event.slug == EVENING_SLUG,
        "played": evening_of_the_demo(),
        "coming": coming,
        "steps": _steps(coming),
        "pages": [(label, reverse(name, args=[event.pk])) for label, name in pages],
        "links": [
            TriedLink(one, reverse("registrations:personal", args=[personal_token(one)]))
            for one in with_a_link(event)
        ],
    }
    return render_page(request, "demo/evening.html", context)


@require_POST
@of_the_demo
@acts_on(Event, "events.organise")
def play(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Play the next step of the evening, and say what happened."""
    event = _evening_among(events, pk)
    try:
        said = play_next(event=event, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, said or _("Tout est joué : rejouez la soirée depuis le début."))
    return redirect("demo:evening", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_demo
@acts_on(Event, "events.organise")
def replay(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Bring the evening back to its start, once confirmed."""
    event = _evening_among(events, pk)
    if request.method == "POST":
        put_back(event=event, by=request.user, now=timezone.now())
        messages.success(request, _("La soirée est de nouveau demain, prête à être planifiée."))
        return redirect("demo:evening", pk=pk)
    return confirm_page(
        request,
        title=_("Rejouer la soirée depuis le début ?"),
        consequences=[
            _(
                "les grilles, les tours, les arrivées, les réponses « revoir », les contacts et"
                " les avis de cette soirée sont supprimés ;"
            ),
            _("les inscriptions, les vœux et les paires imposées ou interdites restent."),
        ],
        button=_("Rejouer depuis le début"),
        back=reverse("demo:evening", args=[pk]),
    )


def _evening_among(events: QuerySet[Event], pk: int) -> Event:
    """Return the evening that the demo plays; there is no other."""
    event = get_object_or_404(events.select_related("territory", "commune"), pk=pk)
    if event.slug != EVENING_SLUG:
        raise Http404
    return event


def _steps(coming: Step | None) -> list[PlayedStep]:
    steps = list(Step)
    reached = len(steps) if coming is None else steps.index(coming)
    return [
        PlayedStep(step, is_done=rank < reached, is_next=rank == reached)
        for rank, step in enumerate(steps)
    ]
