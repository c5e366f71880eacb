"""Why a pair is worth what it is, and why two parties do not meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.core.affinity.parts import distance_between
from ancrage.core.meetings.reasons import Why, why_not
from ancrage.core.meetings.values import Certificate, Meeting, Plan, Prices, Proof
from ancrage.events.models import Event, Party, Timetable
from ancrage.events.models import Meeting as Kept
from ancrage.events.queries.answers import Said, said_in
from ancrage.events.services.asking import (
    Ask,
    as_json,
    from_json,
    instance_of,
    key_of,
    party_of,
    scored,
    wishes_between,
)
from ancrage.events.services.compatibility import sheet_of, weights_of

__all__ = [
    "Explained",
    "PartExplained",
    "Why",
    "WhyNot",
    "explain_pair",
    "is_up_to_date",
    "why_unmet",
]


@dataclass(frozen=True, slots=True)
class PartExplained:
    """A part of compatibility: its name, from 0 to 100 (None: not said), its weight."""

    name: str
    value: int | None
    weight: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A pair: what its score (1 to 1,000, None when kept apart) is made of."""

    score: int | None
    value: float
    parts: tuple[PartExplained, ...]
    barrier: str
    distance_km: float | None
    host_rank: int | None
    visitor_rank: int | None
    host_weight: int
    visitor_weight: int


def explain_pair(event: Event, host: Party, visitor: Party) -> Explained:
    """Return what a pair is worth today, part by part."""
    said = said_in(event)
    host_key, visitor_key = key_of(host.pk), key_of(visitor.pk)
    own = {host_key: sheet_of(said.get(host.pk, Said()))}
    other = {visitor_key: sheet_of(said.get(visitor.pk, Said()))}
    by_host, by_visitor = wishes_between(event, own, other)
    sides = {side.role: side for side in event.sides.all()}
    (found,) = scored(event, sides, own, other, by_host, by_visitor)
    weights = weights_of(event).values
    return Explained(
        score=found.score,
        value=found.affinity.value,
        parts=tuple(
            PartExplained(part.value, value, weight)
            for (part, value), weight in zip(found.affinity.parts, weights, strict=True)
        ),
        barrier=found.barrier.value if found.barrier else "",
        distance_km=distance_between(own[host_key], other[visitor_key]),
        host_rank=by_host.ranks.get((host_key, visitor_key)),
        visitor_rank=by_visitor.ranks.get((visitor_key, host_key)),
        host_weight=sides["host"].wish_weight,
        visitor_weight=sides["visitor"].wish_weight,
    )


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why two parties do not meet in a version.

    `full` are those who have enough; `levels` how many parties less would have their 1st, 2nd…
    meeting; `score` by how much the sum of the scores (1 to 1,000 each) would fall. `why` is None
    when the version knew nothing of one of them.
    """

    why: Why | None
    full: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    score: int = 0


def why_unmet(
    timetable: Timetable, meetings: Iterable[Kept], pairs: Iterable[tuple[int, int]]
) -> Mapping[tuple[int, int], WhyNot]:
    """Return why pairs (host, visitor) that do not meet do not, each at the cost of two flows."""
    instance = from_json(timetable.instance)
    planned = tuple(
        Meeting(key_of(one.host_id), key_of(one.visitor_id), one.round) for one in meetings
    )
    nothing = Prices()
    fixed = Certificate(instance.held, nothing, (), nothing, (), 0)
    plan = Plan(planned, tuple(timetable.levels), 0, Proof(timetable.proof), fixed)
    known = {one.id for one in (*instance.hosts, *instance.visitors)}
    found = {}
    for host, visitor in pairs:
        if not {key_of(host), key_of(visitor)} <= known:
            found[host, visitor] = WhyNot(None)
            continue
        reason = why_not(instance, plan, key_of(host), key_of(visitor))
        found[host, visitor] = WhyNot(
            reason.why,
            tuple(party_of(one.id) for one in reason.people),
            reason.levels,
            reason.score,
        )
    return found


def is_up_to_date(timetable: Timetable, ask: Ask) -> bool:
    """Say whether a version answers what is known today: people, answers, wishes, rules, room."""
    kept, asked = dict(timetable.instance), as_json(instance_of(ask))
    anywhere = {
        (key_of(rule.host_id), key_of(rule.visitor_id))
        for rule in ask.locked
        if rule.round is None
    }
    kept["held"] = [one for one in kept["held"] if (one["host"], one["visitor"]) not in anywhere]
    return kept == asked
