"""Which fractions to put together on a territory: asked for, computed aside, proved, kept.

Nobody is written to by a detection: the coordination opens the files it wants, one by one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.core.posts.judge import violations
from ancrage.core.posts.reasons import LeftOut, PostReasons, explain
from ancrage.core.posts.solve import plan
from ancrage.core.posts.values import Instance, Plan, Post, Proof
from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue, handles
from ancrage.matching.enums import PlanStatus, PostChoiceKind, PostEvent
from ancrage.matching.models import PostChoice, PostRun
from ancrage.matching.queries import in_order, order_of
from ancrage.matching.services.posts.errors import DetectionUnderWay, PostsNotProved
from ancrage.matching.services.posts.fractions import (
    Open,
    km_between,
    open_fractions,
    parts_of_key,
)
from ancrage.matching.services.posts.weeks import as_text
from ancrage.territory.models import Territory

DETECT = "matching.detect_posts"
TRAVEL, LEAST, MOST = 45, 80, 100
GOING_ON = (PlanStatus.WAITING, PlanStatus.RUNNING)
_MOST_PARTNERS = 3
Row = dict[str, Any]


def ask_detection(
    *,
    territory: Territory,
    by: Any,
    now: datetime,
    travel_limit: int = TRAVEL,
    fte_least: int = LEAST,
    fte_most: int = MOST,
) -> PostRun:
    """Ask for a detection, computed by the outbox. FTE in hundredths, travel in minutes.

    Raises `DetectionUnderWay`.
    """
    try:
        with transaction.atomic():
            run = PostRun.objects.create(
                territory=territory,
                asked_at=now,
                asked_by=by,
                travel_limit=travel_limit,
                fte_least=min(fte_least, fte_most),
                fte_most=fte_most,
            )
            _tell(run, PostEvent.DETECTION_ASKED, by=by, now=now)
            enqueue(key=f"post-run:{run.pk}", kind=DETECT, payload={"run": run.pk}, now=now)
    except IntegrityError:
        going_on = PostRun.objects.filter(territory=territory, status__in=GOING_ON)
        raise DetectionUnderWay(going_on.order_by("-pk")[0]) from None
    return run


@transaction.atomic
def stop_detection(*, run: PostRun, by: Any, now: datetime) -> None:
    """Be content with what is found so far: no search begins any more. Bears a second call."""
    if PostRun.objects.filter(pk=run.pk, status__in=GOING_ON, is_stopped=False).update(
        is_stopped=True
    ):
        _tell(run, PostEvent.STOPPED, by=by, now=now)


def make_detection(*, run: PostRun, now: datetime) -> PostRun:
    """Compute a detection that was asked for, have it judged, and keep it; again from the start
    after a crash. Raises `PostsNotProved`."""
    if run.status not in GOING_ON:
        return run
    PostRun.objects.filter(pk=run.pk).update(status=PlanStatus.RUNNING, done_count=0)
    work = open_fractions(run, on=timezone.localdate(now))
    PostRun.objects.filter(pk=run.pk).update(total_count=len(work.instance.fractions))
    imposed = [own for keys in work.locked if (own := _imposed(work.instance, keys))]
    taken = {key for _own, held in imposed for post in held.posts for key in post.keys}
    rest = _without(work.instance, taken)
    turns = iter(range(1, len(rest.fractions) + 1))

    def is_stopped() -> bool:
        done = len(taken) + next(turns, len(rest.fractions))
        PostRun.objects.filter(pk=run.pk).update(done_count=done)
        return PostRun.objects.filter(pk=run.pk, is_stopped=True).exists()

    found = plan(rest, out_of_time=is_stopped)
    _judge(rest, found)
    _keep(run, work, [*imposed, (rest, found)], now=now)
    return run


@transaction.atomic
def choose_fractions(
    *,
    territory: Territory,
    refs: Iterable[str],
    kind: PostChoiceKind | None,
    by: Any,
    now: datetime,
) -> None:
    """Impose fractions together on the next detections, keep them apart, or (None) set them free.

    `refs` are what `ref_of` says of their sources; one alone, kept apart, is left out of all.
    """
    together = refs_text(refs)
    choices = PostChoice.objects.filter(territory=territory, needs=together)
    if kind is None:
        if not choices.delete()[0]:
            return
    else:
        PostChoice.objects.update_or_create(
            territory=territory, needs=together, defaults={"kind": kind, "at": now, "by": by}
        )
    record(
        action=PostEvent.FREED if kind is None else PostEvent.CHOSEN,
        target=territory,
        by=by,
        now=now,
        scope=f"territory:{territory.pk}",
        changes={"needs": ["", together], "kind": ["", kind.value if kind else ""]},
    )


def refs_text(refs: Iterable[str]) -> str:
    """Return how a choice writes the fractions it is about."""
    return " ".join(in_order(refs))


@handles(DETECT)
def _detect(payload: Mapping[str, Any], now: datetime) -> None:
    run = PostRun.objects.select_related("territory").filter(pk=payload["run"]).first()
    if run is not None:
        make_detection(run=run, now=now)


def _imposed(instance: Instance, keys: frozenset[str]) -> tuple[Instance, Plan] | None:
    """Plan the fractions imposed together, by themselves; None when they no longer hold."""
    own = _only(instance, keys)
    found = plan(own)
    _judge(own, found)
    return (own, found) if {frozenset(post.keys) for post in found.posts} == {keys} else None


def _judge(instance: Instance, found: Plan) -> None:
    faults = violations(instance, found)
    if faults:
        raise PostsNotProved(faults)


def _only(instance: Instance, keys: frozenset[str]) -> Instance:
    own = tuple(one for one in instance.fractions if one.key in keys)
    return Instance(own, instance.trips, instance.limits)


def _without(instance: Instance, keys: set[str]) -> Instance:
    return Instance(
        tuple(one for one in instance.fractions if one.key not in keys),
        instance.trips,
        instance.limits,
        frozenset(refused for refused in instance.refused if refused.isdisjoint(keys)),
    )


@transaction.atomic
def _keep(run: PostRun, work: Open, plans: list[tuple[Instance, Plan]], *, now: datetime) -> None:
    found: list[Row] = []
    left: list[Row] = []
    for instance, one in plans:
        reasons = explain(instance, one)
        is_locked = instance is not plans[-1][0]
        for post, why in zip(one.posts, reasons.posts, strict=True):
            found.append(_post_row(work, post, why, is_locked=is_locked))
        left += [_left_row(row) for row in reasons.left_out]
    run.found = sorted(
        found, key=lambda row: (-row["fte"], row["travel"], order_of(row["parts"][0]["ref"]))
    )
    run.left = left
    run.fte = sum(one.worth.fte for _instance, one in plans)
    run.travel = sum(one.worth.travel for _instance, one in plans)
    run.bound_fte = sum(one.bound.fte for _instance, one in plans)
    run.is_optimal = all(one.proof is not Proof.BOUNDED for _instance, one in plans)
    run.set_count = sum(one.sets for _instance, one in plans)
    run.status, run.done_at = PlanStatus.DONE, now
    run.total_count = run.done_count = len(work.instance.fractions)
    run.save(
        update_fields=[
            "found",
            "left",
            "fte",
            "travel",
            "bound_fte",
            "is_optimal",
            "set_count",
            "status",
            "done_at",
            "total_count",
            "done_count",
        ]
    )
    _tell(run, PostEvent.DETECTED, by=None, now=now)


def _post_row(work: Open, post: Post, why: PostReasons, *, is_locked: bool) -> Row:
    parts = []
    for part, gain in zip(post.parts, why.parts, strict=True):
        ref, copy = parts_of_key(part.fraction)
        parts.append(
            {
                "ref": ref,
                "copy": copy,
                "kept": gain.kept,
                "fte": gain.fte,
                "week": as_text(part.week),
                "days": gain.days,
                "missing": gain.missing_alone,
            }
        )
    communes = [work.sources[parts_of_key(key)[0]].commune for key in post.keys]
    towns = {commune.pk: commune for commune in communes}
    return {
        "parts": parts,
        "fte": post.fte,
        "travel": post.travel,
        "km": sum(km_between(*pair) for pair in combinations(towns.values(), 2)),
        "longest": why.longest_trip,
        "start": post.start.isoformat(),
        "days": why.days,
        "on_the_road": why.days_on_the_road,
        "locked": is_locked,
    }


def _left_row(row: LeftOut) -> Row:
    ref, _copy = parts_of_key(row.fraction)
    partners = in_order({parts_of_key(key)[0] for key in row.partners})
    return {
        "ref": ref,
        "why": row.why.name.lower(),
        "figure": row.figure,
        "partners": partners[:_MOST_PARTNERS],
        "partner_count": len(partners),
    }


def _tell(run: PostRun, event: PostEvent, *, by: Any, now: datetime) -> None:
    record(action=event, target=run, by=by, now=now, scope=f"territory:{run.territory_id}")
