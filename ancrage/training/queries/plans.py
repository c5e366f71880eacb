"""The plan of the runs to open, as its page reads it."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from ancrage.professions.models import Profession
from ancrage.territory.models import Territory
from ancrage.training.enums import EnrolmentState, RunState, WishState
from ancrage.training.models import (
    CourseRun,
    Enrolment,
    OpeningPlan,
    PlanNeed,
    PlanWish,
    TrainingWish,
)

# Somebody who asked to be left alone since is no longer there.
_SHOWN = Q(wish__subject__limited_at__isnull=True)


def latest_plan(territory: Territory, plans: QuerySet[OpeningPlan]) -> OpeningPlan | None:
    """Return the last plan asked for in a territory, or None. One query."""
    return plans.filter(territory=territory).order_by("-asked_at", "-pk").first()


def options_of(plan: OpeningPlan) -> QuerySet[Any]:
    """Return the possible runs of a plan, those that open first, each with whom it serves.

    Two queries.
    """
    lines = PlanWish.objects.filter(_SHOWN).select_related(
        "wish__subject", "wish__course", "wish__profession", "enrolment"
    )
    return (
        plan.options.select_related(
            "run__course__profession", "run__course__provider__partner", "run__commune"
        )
        .prefetch_related(Prefetch("wishes", lines.order_by("wish__at", "pk"), to_attr="served"))
        .order_by("-opens", "run__starts_on", "pk")
    )


def left_of(plan: OpeningPlan) -> QuerySet[PlanWish]:
    """Return the wishes that a plan does not serve, by reason. One query."""
    return (
        plan.wishes.filter(_SHOWN, option__isnull=True)
        .select_related("wish__subject", "wish__course", "wish__profession", "wish__commune")
        .order_by("why_not", "wish__at", "pk")
    )


def needs_of(plan: OpeningPlan) -> QuerySet[PlanNeed]:
    """Return the needs that a plan was given, with what it covers of them. One query."""
    return plan.needs.select_related("profession").order_by("month", "profession__rank", "pk")


def served_counts(plan: OpeningPlan) -> dict[str, Any]:
    """Return how many wishes a plan looked at and serves."""
    counts: dict[str, Any] = plan.wishes.aggregate(
        asked=Count("pk"), served=Count("pk", filter=Q(option__isnull=False))
    )
    return counts


def possible_runs(territory: Territory, *, on: date) -> QuerySet[CourseRun]:
    """Return the runs that could still be opened in a territory on that day."""
    return CourseRun.objects.filter(
        course__provider__partner__territory=territory,
        course__provider__partner__left_at__isnull=True,
        course__archived_at__isnull=True,
        state=RunState.PLANNED,
        apply_by__gte=on,
    )


def open_wishes(territory: Territory) -> QuerySet[TrainingWish]:
    """Return the wishes that nothing answers yet, of people who may be offered a place."""
    offered = Enrolment.objects.filter(
        Q(run__course=OuterRef("course")) | Q(run__course__profession=OuterRef("profession")),
        subject=OuterRef("subject"),
        state__in=[EnrolmentState.ACCEPTED, EnrolmentState.ENROLLED],
    )
    return TrainingWish.objects.filter(
        ~Exists(offered),
        territory=territory,
        state=WishState.OPEN,
        subject__limited_at__isnull=True,
        subject__pending_until__isnull=True,
        subject__anonymised_at__isnull=True,
    )


def professions_planned(territory: Territory, *, on: date) -> QuerySet[Profession]:
    """Return the professions that some possible run of a territory leads to. One query."""
    runs = possible_runs(territory, on=on)
    return Profession.objects.filter(pk__in=runs.values("course__profession")).order_by("rank")
