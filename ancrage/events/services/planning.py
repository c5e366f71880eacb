"""The timetable: computed from what is known, proved, kept as a version.

One computation at a time for an event; versions follow one another and are never rewritten. A
plan that the judge refuses is a defect of ours: it is not kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import always, plan
from ancrage.core.meetings.problem import check
from ancrage.core.meetings.values import Instance as Asked
from ancrage.core.meetings.values import InvalidInstance, Pair, Plan
from ancrage.core.meetings.values import Meeting as Planned
from ancrage.core.meetings.walking import room_in_rows, shorten_walks, walk_of
from ancrage.events.enums import EventAction, EventState, SideRole, TimetableStatus
from ancrage.events.models import Event, Meeting, Table, Timetable
from ancrage.events.services.asking import Ask, as_json, ask_of, instance_of, key_of, party_of
from ancrage.events.services.impossible import (
    EveningBegun,
    LocksDoNotFit,
    NobodyOnOneSide,
    NoPairLeft,
    NoTableLeft,
    PlanningUnderWay,
    PlanNotProved,
    absent_lock,
    flaw_in_words,
)
from ancrage.kit.audit import record

# Longer than any computation in a request: one that stopped without a word is forgotten.
LONGEST = timedelta(minutes=2)
# More than all that a meeting can be worth: meetings imposed come before any other.
IMPOSED = 1_000_000


def build_timetable(
    *,
    event: Event,
    by: Any,
    now: datetime,
    walk_less: bool = True,
    out_of_time: Callable[[], bool] = always,
) -> Timetable:
    """Compute a new version of the timetable and keep it; nobody is told anything.

    `out_of_time` is asked now and then: the best found so far is then kept, with what is proved
    of it. Must not run inside a transaction: it holds no lock while it computes.

    Raises:
        PlanningUnderWay: somebody else's computation is not over.
        EveningBegun: it is for the evening's page to plan again.
        NobodyOnOneSide, NoPairLeft, NoTableLeft, LocksDoNotFit: nothing can be planned.
        PlanNotProved: the judge refuses the plan.
    """
    timetable = _begin(event, by=by, now=now)
    try:
        ask = ask_of(event)
        refuse_impossible(ask)
        if not ask.has_room:
            _number_tables(ask)
            ask = ask_of(event)
        instance, found = solved(ask, out_of_time=out_of_time)
        if walk_less:
            found = _less_walking(ask, instance, found, out_of_time)
        found = _at_their_tables(ask, found)
        faults = violations(instance, found)
        if faults:
            raise PlanNotProved(faults)
        return _keep(timetable, ask, instance, found, by=by, now=now)
    except BaseException:
        # A version that says nothing would only be in the way.
        Timetable.objects.filter(pk=timetable.pk, status=TimetableStatus.RUNNING).delete()
        raise


def solved(
    ask: Ask,
    *,
    instance: Asked | None = None,
    effort: int | None = None,
    out_of_time: Callable[[], bool] = always,
) -> tuple[Asked, Plan]:
    """Return the instance with a round for each meeting imposed, and its best plan.

    Raises: as `build_timetable`, but for what concerns versions.
    """
    refuse_impossible(ask)
    instance = instance_of(ask) if instance is None else instance
    if not instance.pairs:
        raise NoPairLeft
    _refuse_locks(ask, instance)
    options: dict[str, Any] = {} if effort is None else {"effort": effort}
    instance = _with_rounds(ask, instance, out_of_time)
    return instance, plan(instance, out_of_time=out_of_time, **options)


def refuse_impossible(ask: Ask) -> None:
    """Raise what keeps anything from being planned: nobody on a side, no table."""
    for role, people in ((SideRole.HOST, ask.hosts), (SideRole.VISITOR, ask.visitors)):
        if not people:
            side = ask.sides.get(role)
            raise NobodyOnOneSide(side.name if side else str(SideRole(role).label))
    if ask.has_room and not ask.tables:
        raise NoTableLeft


def _refuse_locks(ask: Ask, instance: Asked) -> None:
    absent = {one.id: one.absent for one in (*instance.hosts, *instance.visitors)}
    for one in instance.held:
        for key in (one.host, one.visitor):
            if one.round in absent[key]:
                raise LocksDoNotFit(absent_lock(ask.parties[key], one.round))
    try:
        check(instance)
    except InvalidInstance as flaw:
        raise LocksDoNotFit(flaw_in_words(flaw, ask.parties)) from flaw


def _with_rounds(ask: Ask, instance: Asked, out_of_time: Callable[[], bool]) -> Asked:
    """Give a round to each meeting imposed without one.

    First as part of the best timetable, where they come before any other meeting; if fairness
    would leave one out, they are placed before everything else.
    """
    anywhere = {
        (key_of(rule.host_id), key_of(rule.visitor_id))
        for rule in ask.locked
        if rule.round is None
    }
    if not anywhere:
        return instance
    raised = tuple(
        Pair(pair.host, pair.visitor, IMPOSED) if pair[:2] in anywhere else pair
        for pair in instance.pairs
    )
    alone = tuple(pair for pair in instance.pairs if pair[:2] in anywhere)
    nobody_first = replace(
        instance,
        hosts=tuple(replace(host, least=0) for host in instance.hosts),
        visitors=tuple(replace(visitor, least=0) for visitor in instance.visitors),
        pairs=alone,
    )
    for tried in (replace(instance, pairs=raised), nobody_first):
        placed = [
            Planned(one.host, one.visitor, one.round)
            for one in plan(tried, out_of_time=out_of_time).meetings
            if (one.host, one.visitor) in anywhere
        ]
        if len(placed) == len(anywhere):
            return replace(instance, held=(*instance.held, *placed))
    raise LocksDoNotFit


def _less_walking(ask: Ask, instance: Asked, found: Plan, out_of_time: Callable[[], bool]) -> Plan:
    """Number the tables so that people walk less, on the plan of the room if there is one."""
    drawn = {number: (table.x, table.y) for number, table in enumerate(ask.tables, start=1)}
    highest = max((one.table or 0 for one in found.meetings), default=0)
    is_drawn = len(set(drawn.values())) == len(drawn) >= highest
    room: Mapping[int, tuple[float, float]] = (
        drawn if is_drawn else room_in_rows(max(highest, len(drawn)))
    )
    shorter = shorten_walks(instance, found, room=room, out_of_time=out_of_time)
    # Stopped on the way, the search may have been further from its goal than it began.
    is_less = walk_of(shorter.meetings, room) < walk_of(found.meetings, room)
    return shorter if is_less else found


def _at_their_tables(ask: Ask, found: Plan) -> Plan:
    """Give those who have a table of their own that one; whoever was there takes theirs."""
    number = {table.pk: place for place, table in enumerate(ask.tables, start=1)}
    meetings = list(found.meetings)
    for host in ask.hosts:
        own = number.get(host.table_id or 0)
        if own is None:
            continue
        key = key_of(host.pk)
        theirs = {one.table for one in meetings if one.host == key}
        if len(theirs) != 1:
            continue
        # All along the evening, so that everybody keeps one table.
        before = theirs.pop()
        exchanged = {before: own, own: before}
        meetings = [one._replace(table=exchanged.get(one.table, one.table)) for one in meetings]
    meetings.sort(key=lambda one: (one.round, one.table or 0, one.visitor))
    return replace(found, meetings=tuple(meetings))


@transaction.atomic
def _begin(event: Event, *, by: Any, now: datetime) -> Timetable:
    """Take the next version. On SQLite a transaction begins as a writer: one at a time too."""
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    refuse_begun(locked)
    running = locked.timetables.filter(status=TimetableStatus.RUNNING)
    if running.filter(made_at__gt=now - LONGEST).exists():
        raise PlanningUnderWay
    running.delete()
    last = locked.timetables.aggregate(last=Max("version"))["last"] or 0
    return Timetable.objects.create(
        event=event,
        version=last + 1,
        status=TimetableStatus.RUNNING,
        made_at=now,
        made_by=by if getattr(by, "pk", None) else None,
    )


def refuse_begun(event: Event) -> None:
    """Raise `EveningBegun` once the rounds have begun, or the event is over or cancelled."""
    if event.state in {EventState.RUNNING, EventState.OVER, EventState.CANCELLED}:
        raise EveningBegun


@transaction.atomic
def _keep(
    timetable: Timetable, ask: Ask, instance: Asked, found: Plan, *, by: Any, now: datetime
) -> Timetable:
    timetable.status = TimetableStatus.DONE
    timetable.instance = as_json(instance)
    timetable.levels = list(found.levels)
    timetable.score, timetable.bound = float(found.score), float(found.bound)
    timetable.gap, timetable.proof = float(found.gap), found.proof.value
    still = Timetable.objects.filter(pk=timetable.pk, status=TimetableStatus.RUNNING)
    if not still.exists():
        # Too slow: another computation took its place.
        raise PlanningUnderWay
    timetable.save()
    keep_meetings(timetable, found.meetings, ask.tables)
    record(
        action=EventAction.PLANNED,
        target=timetable,
        by=by,
        now=now,
        scope=f"territory:{ask.event.territory_id}",
        changes={"version": [None, timetable.version]},
    )
    return timetable


def keep_meetings(
    timetable: Timetable, meetings: Sequence[Planned], tables: Sequence[Table]
) -> None:
    """Write the meetings of a plan; `tables` are those the core numbered from 1, in order."""
    Meeting.objects.bulk_create(
        Meeting(
            timetable=timetable,
            round=one.round,
            table=tables[one.table - 1] if one.table else None,
            host_id=party_of(one.host),
            visitor_id=party_of(one.visitor),
        )
        for one in meetings
    )


def _number_tables(ask: Ask) -> None:
    """Give a table to each host, in rows, where nobody described the room."""
    places = room_in_rows(len(ask.hosts))
    Table.objects.bulk_create(
        Table(event=ask.event, number=number, x=int(x), y=int(y))
        for number, (x, y) in sorted(places.items())
    )
