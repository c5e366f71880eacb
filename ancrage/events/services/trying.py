"""What another organisation would give: computed for the eye, kept nowhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ancrage.core.affinity import Sheet
from ancrage.core.meetings.plan import always
from ancrage.core.meetings.values import Host, Instance, Pair, Proof, Visitor
from ancrage.events.enums import SideRole
from ancrage.events.models import Event
from ancrage.events.queries.timetables import Figures, figures_of
from ancrage.events.services.asking import (
    Ask,
    ask_of,
    instance_of,
    party_of,
    scored,
)
from ancrage.events.services.planning import solved

# A trial is an order of size: the search is cut short, and what is not proved is said.
EFFORT = 300_000
# Keys that no party has.
_INVENTED = 1_000_000_000


@dataclass(frozen=True)
class Change:
    """What would be different: so many more (or fewer), or another guarantee."""

    rounds: int = 0
    tables: int = 0
    hosts: int = 0
    visitors: int = 0
    minutes: int = 0
    guarantee: int | None = None


@dataclass(frozen=True)
class Tried:
    """What a change gives. `gap` is what the score may miss, as a share; `fair` says that
    nobody could have more without another having less."""

    change: Change
    rounds: int
    minutes: int
    tables: int | None
    guarantee: int
    ends_at: datetime
    figures: Figures
    fair: bool
    gap: float


def what_if(
    *, event: Event, changes: Sequence[Change], out_of_time: Callable[[], bool] = always
) -> list[Tried]:
    """Return what each change gives, in order; one that leaves no round or no table is left out.

    People who would come more are like those who are there, one after the other, without wishes.
    Fewer minutes a round make more rounds in the same evening.

    Raises what keeps anything from being planned, see `planning`.
    """
    ask = ask_of(event)
    pauses = {one.after_round: one.minutes for one in event.breaks.all()}
    wishes = _wishes(ask)
    found = []
    for change in changes:
        rounds, minutes = _rounds(event, change)
        tables = len(ask.tables) + change.tables if ask.has_room else None
        if rounds < 1 or minutes < 1 or tables == 0 or (tables is not None and tables < 0):
            continue
        guarantee = event.guarantee if change.guarantee is None else change.guarantee
        instance = instance_of(ask, rounds=rounds, guarantee=guarantee)
        instance = _with_more_people(ask, replace(instance, tables=tables), change, guarantee)
        instance, plan = solved(ask, instance=instance, effort=EFFORT, out_of_time=out_of_time)
        roles = {party_of(host.id): SideRole.HOST for host in instance.hosts}
        roles |= {party_of(visitor.id): SideRole.VISITOR for visitor in instance.visitors}
        meetings = [
            (one.round, party_of(one.host), party_of(one.visitor)) for one in plan.meetings
        ]
        last = event.round_starts_at(rounds - 1, pauses)
        if change.minutes:
            shorter = (minutes - event.minutes) * (rounds - 1)
            last += timedelta(minutes=shorter)
        found.append(
            Tried(
                change=change,
                rounds=rounds,
                minutes=minutes,
                tables=instance.tables,
                guarantee=guarantee,
                ends_at=last + timedelta(minutes=minutes),
                figures=figures_of(meetings, roles, wishes, guarantee=guarantee),
                fair=plan.proof is not Proof.BOUNDED,
                gap=float(plan.gap),
            )
        )
    return found


def _rounds(event: Event, change: Change) -> tuple[int, int]:
    """Return how many rounds of how many minutes; shorter rounds fill the same evening."""
    minutes = event.minutes + change.minutes
    if not change.minutes or minutes < 1:
        return event.rounds + change.rounds, minutes
    evening = event.rounds * (event.minutes + event.changeover)
    return evening // (minutes + event.changeover) + change.rounds, minutes


def _wishes(ask: Ask) -> list[tuple[int, int, int]]:
    return [
        (party_of(by), party_of(about), rank)
        for wishes in (ask.host_wishes, ask.visitor_wishes)
        for (by, about), rank in sorted(wishes.ranks.items())
    ]


def _with_more_people(ask: Ask, instance: Instance, change: Change, least: int) -> Instance:
    hosts = _invented(ask.host_sheets, change.hosts, _INVENTED)
    visitors = _invented(ask.visitor_sheets, change.visitors, 2 * _INVENTED)
    if not hosts and not visitors:
        return instance
    wishes = ask.host_wishes, ask.visitor_wishes
    known = {pair[:2] for pair in instance.pairs}
    more = [
        Pair(one.host, one.visitor, one.score)
        for one in scored(
            ask.event,
            ask.sides,
            {**ask.host_sheets, **hosts},
            {**ask.visitor_sheets, **visitors},
            *wishes,
        )
        if one.score is not None
        and (one.host in hosts or one.visitor in visitors)
        and (one.host, one.visitor) not in known
    ]
    most = {role: side.most_meetings for role, side in ask.sides.items()}
    host_most, visitor_most = most.get(SideRole.HOST), most.get(SideRole.VISITOR)
    extra_hosts = [Host(key, host_most, _least(least, host_most)) for key in sorted(hosts)]
    extra_visitors = [
        Visitor(key, visitor_most, _least(least, visitor_most)) for key in sorted(visitors)
    ]
    tables = instance.tables
    return replace(
        instance,
        hosts=(*instance.hosts, *extra_hosts),
        visitors=(*instance.visitors, *extra_visitors),
        pairs=(*instance.pairs, *more),
        # Whoever comes brings a table: the trial is about people.
        tables=None if tables is None else tables + len(hosts),
    )


def _invented(sheets: Mapping[str, Sheet], count: int, start: int) -> dict[str, Sheet]:
    own = list(sheets.values())
    if not own:
        return {}
    step = max(1, len(own) // max(count, 1))
    return {f"p{start + i}": own[i * step % len(own)] for i in range(max(count, 0))}


def _least(asked: int, most: int | None) -> int:
    return asked if most is None else min(asked, most)
