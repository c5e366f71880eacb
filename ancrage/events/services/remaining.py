"""What is left of an evening, asked of the core: rows in, an instance out.

Meetings held, and those of the round being played, stay where they are. Those of the version in
force that are still to come are promised. Whoever is not there is absent from all that is left.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

from ancrage.core.meetings.breaks import rested
from ancrage.core.meetings.evening import without_round
from ancrage.core.meetings.values import Guest, Host, Instance, Visitor
from ancrage.core.meetings.values import Meeting as Planned
from ancrage.events.models import Event, Meeting, Participant, Table, Timetable
from ancrage.events.queries.evening import (
    parties_expected,
    parties_present,
    people_of,
    progress_of,
    timetable_in_force,
)
from ancrage.events.services.asking import Ask, ask_of, instance_of, key_of, pauses_of


@dataclass(frozen=True)
class Remaining:
    """What the rounds left are planned from.

    Attributes:
        before: the version in force, None where nothing was ever planned.
        meetings: those of that version.
        people: everybody registered.
        available: the parties that may be given meetings, by key.
        tables: in the order in which the core numbers them, from 1; those lost come last.
        instance: what is asked of the core; `from_round` is the first round it may change.
    """

    event: Event
    before: Timetable | None
    meetings: Sequence[Meeting]
    people: Sequence[Participant]
    available: frozenset[int]
    tables: Sequence[Table]
    instance: Instance

    @property
    def numbers(self) -> Mapping[int, int]:
        """The number that the core gives to each table."""
        return {table.pk: number for number, table in enumerate(self.tables, start=1)}


def remaining_of(*, event: Event, awaits: bool, now: datetime) -> Remaining:
    """Read what is left to plan.

    Args:
        event: the event, as the database has it.
        awaits: whether those who have not arrived, and may still, count as if they were there.
        now: the time of the question; it only matters for rounds that nobody ended.
    """
    progress = progress_of(event, on=now)
    from_round = 0 if progress.last is None else progress.last.number + 1
    before = timetable_in_force(event)
    meetings = list(
        Meeting.objects.filter(timetable=before)
        .select_related("table", "host__side", "visitor__side")
        .order_by("pk")
    )
    people = people_of(event)
    available = parties_present(people) | (parties_expected(people) if awaits else set())
    ask = ask_of(event)
    tables = _numbered(event)
    instance = _instance(
        ask,
        meetings,
        from_round=from_round,
        current=progress.current.number if progress.current else None,
        available=available,
        numbers={table.pk: number for number, table in enumerate(tables, start=1)},
    )
    return Remaining(event, before, meetings, people, frozenset(available), tables, instance)


def _numbered(event: Event) -> list[Table]:
    """Return the tables as the core numbers them: only a lost one changes anybody's place."""
    tables = Table.objects.filter(event=event).order_by("number")
    return sorted(tables, key=lambda table: (not table.usable, table.number))


def _instance(
    ask: Ask,
    meetings: Sequence[Meeting],
    *,
    from_round: int,
    current: int | None,
    available: Collection[int],
    numbers: Mapping[int, int],
) -> Instance:
    event = copy(ask.event)
    # Rests are chosen below, beside what is held and promised.
    limit, event.run_limit = event.run_limit, None
    asked = instance_of(replace(ask, event=event), rounds=max(event.rounds, from_round))
    locked = {(key_of(rule.host_id), key_of(rule.visitor_id)) for rule in ask.locked}
    held: list[Planned] = []
    promised: list[Planned] = []
    for row in meetings:
        one = _planned(row, numbers)
        there = row.host_id in available and row.visitor_id in available
        if row.round < from_round:
            if row.held or (row.round == current and there):
                held.append(one)
        elif row.round >= asked.rounds:
            # The event has fewer rounds than when this was announced.
            continue
        elif there and (one.host, one.visitor) in locked:
            held.append(one)
        else:
            promised.append(one)
    held, broken = _within(held, from_round, asked.tables)
    instance = replace(asked, held=tuple(held), from_round=from_round)
    instance = _with_everybody(instance, meetings, from_round, available)
    instance = replace(instance, promised=(*promised, *broken))
    for number in event.dropped_rounds:
        if from_round <= number < instance.rounds:
            instance = without_round(instance, number)
    if limit is None:
        return instance
    return rested(instance, limit, pauses=pauses_of(event))


def _planned(row: Meeting, numbers: Mapping[int, int]) -> Planned:
    return Planned(
        key_of(row.host_id), key_of(row.visitor_id), row.round, numbers.get(row.table_id or 0)
    )


def _within(
    held: Iterable[Planned], from_round: int, tables: int | None
) -> tuple[list[Planned], list[Planned]]:
    """Part the meetings that stay from those imposed for which too few tables are left."""
    kept: list[Planned] = []
    broken: list[Planned] = []
    serving: dict[int, set[str]] = {}
    for one in sorted(held, key=lambda one: (one.round, one.table or 0, one.card)):
        hosts = serving.setdefault(one.round, set())
        if one.round >= from_round and tables is not None and len(hosts | {one.host}) > tables:
            broken.append(one)
            continue
        hosts.add(one.host)
        kept.append(one)
    return kept, broken


def _with_everybody(
    instance: Instance,
    meetings: Sequence[Meeting],
    from_round: int,
    available: Collection[int],
) -> Instance:
    """Add those who gave their place up after a meeting; say who is absent from what is left.

    A limit lowered since, of meetings or of people at a table, gives way to what is announced.
    """
    rest = frozenset(range(from_round, instance.rounds))
    there = {key_of(party) for party in available}
    known = {one.id for one in (*instance.hosts, *instance.visitors)}
    gone_hosts = {key_of(row.host_id) for row in meetings} - known
    gone_visitors = {key_of(row.visitor_id) for row in meetings} - known
    hosts = (*instance.hosts, *(Host(key, least=0) for key in sorted(gone_hosts)))
    visitors = (*instance.visitors, *(Visitor(key, least=0) for key in sorted(gone_visitors)))
    received = Counter(one.host for one in instance.held)
    met = Counter(one.visitor for one in instance.held)
    at_once: dict[str, int] = {}
    for (host, _round), count in Counter((row.host_id, row.round) for row in meetings).items():
        at_once[key_of(host)] = max(at_once.get(key_of(host), 1), count)

    def absent(guest: Guest) -> frozenset[int]:
        return guest.absent if guest.id in there else guest.absent | rest

    return replace(
        instance,
        hosts=tuple(
            replace(
                host,
                absent=absent(host),
                most=_at_least(host.most, received[host.id]),
                seats=max(host.seats, at_once.get(host.id, 1)),
            )
            for host in hosts
        ),
        visitors=tuple(
            replace(visitor, absent=absent(visitor), most=_at_least(visitor.most, met[visitor.id]))
            for visitor in visitors
        ),
    )


def _at_least(most: int | None, held: int) -> int | None:
    return None if most is None else max(most, held)
