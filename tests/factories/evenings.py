"""An evening under way: doors open, a timetable in force, people there or awaited."""

from dataclasses import dataclass
from datetime import timedelta

from ancrage.events.enums import EventState, SideRole, TimetableStatus
from ancrage.events.models import Event, Meeting, Party, Side, Table, Timetable
from tests.factories.events import EventFactory, ParticipantFactory, PartyFactory, SideFactory
from tests.factories.moments import NOW

DOORS = NOW + timedelta(days=7)
STARTS = DOORS + timedelta(minutes=30)


@dataclass(frozen=True)
class Evening:
    """What `running_evening` built; parties and tables in the order of their numbers."""

    event: Event
    host_side: Side
    visitor_side: Side
    hosts: list[Party]
    visitors: list[Party]
    tables: list[Table]
    timetable: Timetable

    def person(self, party):
        """The only member of a party, as the database has it now."""
        return party.members.select_related("event", "party__side").get()


def running_evening(*, hosts=3, visitors=3, rounds=3, arrived=True, territory=None, **more):
    """Everybody meets: in round r, visitor v sits at the table of host v + r."""
    where = {"territory": territory} if territory else {}
    event = EventFactory(state=EventState.RUNNING, rounds=rounds, guarantee=1, **where, **more)
    host_side = SideFactory(event=event, role=SideRole.HOST, name="médecins installés")
    visitor_side = SideFactory(event=event)
    tables = [Table.objects.create(event=event, number=number) for number in range(1, hosts + 1)]
    there = {"arrived_at": DOORS} if arrived else {}

    def parties(side, count, letter):
        found = []
        for rank in range(1, count + 1):
            party = PartyFactory(side=side)
            ParticipantFactory(
                party=party, first_name="Alix", last_name=f"{letter} {rank} fictif", **there
            )
            found.append(party)
        return found

    receiving = parties(host_side, hosts, "Hôte")
    moving = parties(visitor_side, visitors, "Vîsiteur")
    timetable = Timetable.objects.create(
        event=event,
        version=1,
        status=TimetableStatus.DONE,
        score=1,
        bound=1,
        gap=0,
        proof="optimal",
        made_at=NOW,
        published_at=NOW,
        in_force=True,
    )
    Meeting.objects.bulk_create(
        Meeting(
            timetable=timetable,
            round=when,
            table=tables[(rank + when) % hosts],
            host=receiving[(rank + when) % hosts],
            visitor=visitor,
        )
        for when in range(min(rounds, hosts))
        for rank, visitor in enumerate(moving)
        if rank < hosts
    )
    return Evening(event, host_side, visitor_side, receiving, moving, tables, timetable)
