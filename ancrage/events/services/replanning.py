"""The rounds left, planned again during the evening: shown first, then confirmed.

What is shown is computed and kept nowhere; what is confirmed is computed again from the same
rows. A print of these rows goes with the page: if anything differs by then (an arrival, a round
started, another organiser's plan), nothing is applied and the new situation is shown.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import Instance, Plan
from ancrage.core.meetings.values import Meeting as Planned
from ancrage.core.meetings.walking import room_in_rows
from ancrage.events.enums import EventAction, TimetableStatus
from ancrage.events.models import Event, Meeting, Table, Timetable
from ancrage.events.queries.boards import Seated, seats_of
from ancrage.events.services.asking import as_json, party_of
from ancrage.events.services.evening import refuse_closed_doors
from ancrage.events.services.impacts import Impact, Situation, Withdrawn, impacts_of
from ancrage.events.services.impossible import PlanNotProved
from ancrage.events.services.remaining import Remaining, remaining_of
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal

# What breaking a promise costs, in points of score, of which a meeting has 1000 at most. The
# lowest that breaks few enough is taken.
PRICES = (0, 10, 25, 50, 100, 200, 400, 800, 1600)
MOST_CHANGES = 99


class NoRoundLeft(Refusal):
    """All the rounds were played, or are being played."""

    sentence = _("Il ne reste aucun tour à recalculer.")
    known_as = "no_round_left"


class EveningMovedOn(Refusal):
    """Something changed between what was shown and its confirmation."""

    sentence = _(
        "La soirée a changé depuis ce calcul : rien n’a été appliqué. Voici ce que"
        " donnerait le même choix maintenant."
    )
    known_as = "moved_on"


@dataclass(frozen=True)
class Choice:
    """What the organiser asks.

    Attributes:
        changes: how many promised meetings may be given up for a better evening, beside those
            that can no longer be kept; 0 touches nothing that was promised.
        awaits: whether those who have not arrived, and may still, keep their meetings.
    """

    changes: int = 0
    awaits: bool = False


@dataclass(frozen=True)
class Proposal:
    """A new version, as it would be.

    Attributes:
        from_round: the first round that changes.
        impacts: what changes for each party that is there or awaited.
        withdrawn: the parties that are not counted on, and their meetings.
        kept: meetings announced that stay as they are, but perhaps for their table.
        lost: meetings announced that can no longer be kept, whatever is asked.
        given_up: meetings announced given up although they could be kept.
        gained: new meetings.
        without: parties that are there and have no meeting in the rounds left.
        fingerprint: what it was computed from; goes back with the confirmation.
    """

    choice: Choice
    from_round: int
    impacts: tuple[Impact, ...]
    withdrawn: tuple[Withdrawn, ...]
    kept: int
    lost: int
    given_up: int
    gained: int
    without: int
    fingerprint: str

    @property
    def changes_anything(self) -> bool:
        """Whether anybody's evening would differ."""
        return bool(self.impacts or self.withdrawn)


def propose_replan(*, event: Event, choice: Choice, now: datetime) -> Proposal:
    """Compute the rounds left as the evening stands, and say who is affected; write nothing.

    Raises:
        EveningNotOpen: the doors are not open.
        NoRoundLeft: nothing is left to plan.
        PlanNotProved: the judge refuses the plan.
    """
    return _computed(event, choice, now=now)[0]


@transaction.atomic
def confirm_replan(
    *, event: Event, choice: Choice, fingerprint: str, by: Any, now: datetime
) -> Timetable:
    """Put in force the version that was shown, from the next round on.

    Raises: as `propose_replan`, and
        EveningMovedOn: something changed since it was shown.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    proposal, remaining, found = _computed(locked, choice, now=now)
    if proposal.fingerprint != fingerprint:
        raise EveningMovedOn
    tables = remaining.tables or _number_tables(locked, remaining.instance)
    if remaining.before is not None:
        Timetable.objects.filter(pk=remaining.before.pk).update(in_force=False)
    last = locked.timetables.aggregate(last=Max("version"))["last"] or 0
    timetable = Timetable.objects.create(
        event=locked,
        version=last + 1,
        status=TimetableStatus.DONE,
        from_round=proposal.from_round,
        instance=as_json(remaining.instance) | {"from_round": proposal.from_round},
        levels=list(found.levels),
        score=float(found.score),
        bound=float(found.bound),
        gap=float(found.gap),
        proof=found.proof.value,
        changes=proposal.lost + proposal.given_up,
        made_at=now,
        made_by=by if getattr(by, "pk", None) else None,
        published_at=now,
        in_force=True,
    )
    _keep_meetings(timetable, remaining, found, tables)
    for action in (EventAction.PLANNED, EventAction.PUBLISHED):
        record(
            action=action,
            target=timetable,
            by=by,
            now=now,
            scope=f"territory:{locked.territory_id}",
            changes={"version": [last or None, timetable.version]},
        )
    return timetable


def _computed(event: Event, choice: Choice, *, now: datetime) -> tuple[Proposal, Remaining, Plan]:
    refuse_closed_doors(event)
    remaining = remaining_of(event=event, awaits=choice.awaits, now=now)
    instance = remaining.instance
    if not any(n not in event.dropped_rounds for n in range(instance.from_round, event.rounds)):
        raise NoRoundLeft
    found, lost = plan_within(instance, choice.changes)
    faults = violations(instance, found)
    if faults:
        raise PlanNotProved(faults)
    return _proposal(remaining, choice, found, lost), remaining, found


def plan_within(instance: Instance, changes: int) -> tuple[Plan, int]:
    """Return the best plan found that gives up at most so many promises that could be kept.

    Also returns how many promises cannot be kept whatever is asked.
    """
    untouched = best = replan(instance)
    lost = len(untouched.changed)
    # The higher the price, the fewer are broken, or nearly: each plan kept is counted.
    first, last = 0, len(PRICES) if changes else 0
    while first < last:
        middle = (first + last) // 2
        found = replan(instance, price=PRICES[middle])
        if len(found.changed) - lost > changes:
            first = middle + 1
            continue
        last = middle
        if (found.levels, found.score) > (best.levels, best.score):
            best = found
    return best, lost


def _proposal(remaining: Remaining, choice: Choice, found: Plan, lost: int) -> Proposal:
    first = remaining.instance.from_round
    settled = {one.card for one in remaining.instance.held}
    after = [
        (one, _table(one, remaining.tables))
        for one in found.meetings
        if one.card not in settled or one.round >= first
    ]
    promised = [row for row in remaining.meetings if row.round >= first]
    seats = {
        party.pk: Seated(party, (), present=False)
        for row in promised
        for party in (row.host, row.visitor)
    } | seats_of(remaining.people)
    situation = Situation(
        seats=seats,
        available=remaining.available,
        pairs={(party_of(p.host), party_of(p.visitor)) for p in remaining.instance.pairs},
        dropped={*remaining.event.dropped_rounds},
        may_exchange=len(found.changed) > lost,
    )
    impacts, withdrawn = impacts_of(promised, after, situation)
    cards = {(row.host_id, row.visitor_id, row.round) for row in promised}
    planned = {(party_of(one.host), party_of(one.visitor), one.round) for one, _table in after}
    busy = {key for host, visitor, _round in planned for key in (host, visitor)}
    return Proposal(
        choice=choice,
        from_round=first,
        impacts=impacts,
        withdrawn=withdrawn,
        kept=len(cards & planned),
        lost=lost + len(promised) - len(remaining.instance.promised) - _imposed(remaining),
        given_up=len(found.changed) - lost,
        gained=len(planned - cards),
        without=len(remaining.available - busy),
        fingerprint=_fingerprint(remaining, choice),
    )


def _imposed(remaining: Remaining) -> int:
    """Return how many meetings to come are held to, because the organiser imposed them."""
    first = remaining.instance.from_round
    return sum(one.round >= first for one in remaining.instance.held)


def _table(one: Planned, tables: Sequence[Table]) -> Table | None:
    if one.table is None or one.table > len(tables):
        return None
    return tables[one.table - 1]


def _fingerprint(remaining: Remaining, choice: Choice) -> str:
    """Sum up all that the plan depends on, and the version it would replace."""
    instance = remaining.instance
    said = {
        "before": remaining.before.pk if remaining.before else None,
        "asked": as_json(instance),
        "from": instance.from_round,
        "held": sorted(_written(instance.held)),
        "promised": sorted(_written(instance.promised)),
        "tables": [table.pk for table in remaining.tables],
        "choice": [choice.changes, choice.awaits],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _written(meetings: Iterable[Planned]) -> list[list[Any]]:
    return [[one.host, one.visitor, one.round, one.table or 0] for one in meetings]


def _number_tables(event: Event, instance: Instance) -> list[Table]:
    """Give a table to each host, in rows, where nobody described the room."""
    places = room_in_rows(len(instance.hosts))
    return Table.objects.bulk_create(
        Table(event=event, number=number, x=int(x), y=int(y))
        for number, (x, y) in sorted(places.items())
    )


def _keep_meetings(
    timetable: Timetable, remaining: Remaining, found: Plan, tables: Sequence[Table]
) -> None:
    """Write the meetings of the version; those held keep their table, be it gone since."""
    before = {(row.host_id, row.visitor_id, row.round): row for row in remaining.meetings}
    settled = {one.card for one in remaining.instance.held}
    rows = []
    for one in found.meetings:
        host, visitor = party_of(one.host), party_of(one.visitor)
        table = _table(one, tables)
        held = False
        if one.card in settled and one.round < remaining.instance.from_round:
            kept = before[host, visitor, one.round]
            table, held = kept.table, kept.held
        rows.append(
            Meeting(
                timetable=timetable,
                round=one.round,
                table=table,
                host_id=host,
                visitor_id=visitor,
                held=held,
            )
        )
    Meeting.objects.bulk_create(rows)
