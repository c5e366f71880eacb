"""The wishes of the territory, and the plan of the runs to open."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidates_by_subject
from ancrage.candidates.services import note_names
from ancrage.needs.queries import needs_open_in, positions_by_start
from ancrage.territory.models import Territory
from ancrage.training import services
from ancrage.training.enums import PLAN_UNDER_WAY, WishPriority
from ancrage.training.models import OpeningPlan, PlanOption, TrainingWish
from ancrage.training.queries import (
    latest_plan,
    left_of,
    needs_of,
    open_wishes,
    options_of,
    possible_runs,
    professions_planned,
    served_counts,
    wishes_waiting,
)
from ancrage.training.validators import months_ahead
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_among
from ancrage.web.sheets import euros
from ancrage.web.training.acting import press, show_refusal, who
from ancrage.web.training.forms import PlanForm

PER_PAGE = 50


@require_safe
@acts_on(TrainingWish, "training_wishes.keep")
def wishes(request: HttpRequest, wishes: QuerySet[TrainingWish]) -> HttpResponse:
    """What people of the territory would learn, the most wanted first."""
    page = Paginator(wishes_waiting(wishes), PER_PAGE).get_page(request.GET.get("page"))
    people = _people(request, [wish.subject_id for wish in page])
    context = {
        "page": page,
        "lines": [(wish, people.get(wish.subject_id)) for wish in page],
        "priorities": WishPriority.choices,
    }
    return render_page(request, "training/wishes.html", context)


@require_POST
@acts_on(TrainingWish, "training_wishes.keep")
def priority(request: HttpRequest, wishes: QuerySet[TrainingWish], pk: int) -> HttpResponse:
    """Say how much a wish should be served."""
    wish = get_object_or_404(wishes, pk=pk)
    asked = request.POST.get("priorite", "")
    if asked not in WishPriority.values:
        raise Http404
    return press(
        request,
        lambda: services.set_priority(wish=wish, priority=WishPriority(asked), **who(request)),
        _("Priorité notée : le prochain plan en tient compte."),
        reverse("training:wishes"),
    )


@require_safe
@acts_on(Territory, "opening_plans.ask")
def plan(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The latest plan, and how to ask for another."""
    return _page(request, territory_among(request, territories), PlanForm())


@require_POST
@acts_on(Territory, "opening_plans.ask")
def plan_make(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Ask for a plan."""
    territory = territory_among(request, territories)
    form = PlanForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            services.ask_opening_plan(
                territory=territory,
                needs=_needs(territory, months=facts["horizon"]),
                budget=None if facts["budget"] is None else facts["budget"] // 100,
                need_worth=facts["poids"],
                **who(request),
            )
        except services.PlanUnderWay as refusal:
            messages.info(request, refusal.messages[0])
            return redirect("training:plan")
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            return redirect("training:plan")
    return _page(request, territory, form, status=422)


@require_POST
@acts_on(OpeningPlan, "opening_plans.view")
def plan_stop(request: HttpRequest, plans: QuerySet[OpeningPlan], pk: int) -> HttpResponse:
    """Stop a computation, and keep what it has found."""
    found = get_object_or_404(plans, pk=pk)
    return press(
        request,
        lambda: services.stop_opening_plan(plan=found, **who(request)),
        _("Calcul arrêté : ce qui est déjà trouvé est gardé."),
        reverse("training:plan"),
    )


@require_POST
@acts_on(OpeningPlan, "opening_plans.view")
def plan_accept(request: HttpRequest, plans: QuerySet[OpeningPlan], pk: int) -> HttpResponse:
    """Open a run as the plan says, and offer its places."""
    option = get_object_or_404(
        PlanOption.objects.filter(plan__in=plans).select_related("plan", "run"), pk=pk
    )
    subjects = option.wishes.values_list("wish__subject", flat=True)
    people = _people(request, subjects)
    names = {pk: (one.first_name, one.last_name) for pk, one in people.items()}
    try:
        offered = services.accept_option(option=option, names=names, **who(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        told = ngettext(
            "Session ouverte, %(n)d place proposée.",
            "Session ouverte, %(n)d places proposées.",
            len(offered),
        )
        messages.success(request, told % {"n": len(offered)})
    return redirect("training:plan")


def _page(
    request: HttpRequest, territory: Territory, form: PlanForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    plans = permitted(request.user, "opening_plans.view", OpeningPlan.objects.all())
    latest = latest_plan(territory, plans)
    context: dict[str, Any] = {
        "territory": territory,
        "plan_form": form,
        "plan": latest,
        "possible_count": possible_runs(territory, on=today).count(),
        "wish_count": open_wishes(territory).count(),
        "is_going_on": latest is not None and latest.state in PLAN_UNDER_WAY,
        **_result(request, latest),
    }
    return render_page(request, "training/plan.html", context, fragment="result", status=status)


def _result(request: HttpRequest, latest: OpeningPlan | None) -> dict[str, Any]:
    if latest is None or latest.state != "done":
        return {"options": [], "left": [], "needs": [], "counts": {}, "cost": ""}
    options, left = list(options_of(latest)), list(left_of(latest))
    subjects = [line.wish.subject_id for option in options for line in option.served]
    people = _people(request, [*subjects, *(line.wish.subject_id for line in left)])
    return {
        "options": [
            (option, [people.get(line.wish.subject_id) for line in option.served])
            for option in options
        ],
        "left": [(line, people.get(line.wish.subject_id)) for line in left],
        "needs": list(needs_of(latest)),
        "counts": served_counts(latest),
        "cost": euros(latest.cost * 100),
    }


def _needs(territory: Territory, *, months: int) -> list[services.NeededPeople]:
    """The posts open today that some possible run trains for, by profession and month.

    A post that begins before the horizon counts for the horizon: it will still be there, or
    another one like it.
    """
    today = timezone.localdate()
    horizon = months_ahead(today, months + 1)[-1]
    taught = {one.pk: one for one in professions_planned(territory, on=today)}
    posts: dict[tuple[int, date], int] = {}
    for pk, starts_on, count in positions_by_start(needs_open_in(territory, on=today)):
        if pk in taught:
            key = (pk, max(starts_on.replace(day=1), horizon))
            posts[key] = posts.get(key, 0) + count
    return [
        services.NeededPeople(profession=taught[pk], month=month, people=count)
        for (pk, month), count in sorted(posts.items())
    ]


def _people(request: HttpRequest, subjects: Iterable[int]) -> dict[int, Candidate]:
    people = candidates_by_subject(list(subjects))
    note_names(candidates=people.values(), **who(request))
    return people
