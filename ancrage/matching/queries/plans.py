"""The plan of a territory, as its pages read it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ancrage.matching.models import Introduction, PlanChoice, PlanGain, PlanLine, PlanRun

_SHOWN = Q(candidate__subject__limited_at__isnull=True, candidate__status="active")


def lines_of(run: PlanRun) -> QuerySet[Any]:
    """Return the lines of a plan that may be shown, with what was chosen of each pair.

    Somebody who has paused or erased their profile since is no longer there. The lines proper
    first, by profession and structure, then those in reserve. One query.
    """
    choice = PlanChoice.objects.filter(candidate=OuterRef("candidate"), need=OuterRef("need"))
    other = Introduction.objects.filter(candidate=OuterRef("candidate"), need=OuterRef("need"))
    return (
        PlanLine.objects.filter(_SHOWN, run=run)
        .select_related(
            "candidate",
            "need__profession",
            "need__specialty",
            "need__partner",
            "need__commune",
        )
        .annotate(choice=Subquery(choice.values("kind")[:1]), is_introduced=Exists(other))
        .order_by(
            "is_alternative",
            "need__profession__rank",
            "need__partner__search",
            "need",
            "-fit",
            "pk",
        )
    )


def gains_of(run: PlanRun) -> QuerySet[PlanGain]:
    """Return what each structure reaches in the plan and by itself, the best served first.

    Those that neither way serves are left out.
    """
    return (
        PlanGain.objects.filter(Q(alone_posts__gt=0) | Q(together_posts__gt=0), run=run)
        .select_related("partner")
        .order_by("-together_fte", "partner__search", "pk")
    )


def choices_in(run: PlanRun) -> QuerySet[PlanChoice]:
    """Return the pairs imposed or left out in the territory of a run, that may be shown."""
    return (
        PlanChoice.objects.filter(_SHOWN, candidate__territory=run.territory_id)
        .select_related("candidate", "need__profession", "need__specialty", "need__partner")
        .order_by("kind", "-at", "pk")
    )
