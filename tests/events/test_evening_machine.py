"""An evening as it may go: whatever happens, in whatever order.

At any moment nobody is twice in a round, no meeting held is lost or moved, and no more promises
are given up than the organiser allowed. Two machines: one on values alone, a shorter one on rows,
through the services.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ancrage.core.meetings import evening as live
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.values import Pair, Visitor
from ancrage.events import services
from ancrage.events.enums import PRESENCE_MOVES, RegistrationOrigin
from ancrage.events.models import Event, Meeting, Participant, Table
from ancrage.events.queries import presence_of, progress_of
from ancrage.events.services.replanning import plan_within
from tests.core.meetings.invented import evening as invented
from tests.factories.evenings import STARTS, running_evening

ROUNDS = 4
FEW = st.integers(0, 3)


class OnValues(RuleBasedStateMachine):
    """What the organiser allows is never exceeded, whatever came before."""

    def __init__(self):
        super().__init__()
        self.instance = invented(5, 6, rounds=ROUNDS, each=4, tables=5, known=0.8)
        self.plan = plan(self.instance)
        self.guests = 0

    def again(self, instance, changes):
        held = {one.card for one in self.plan.meetings if one.round < instance.from_round}
        self.instance = live.begun(instance, self.plan, instance.from_round)
        found, lost = plan_within(self.instance, changes)
        assert len(found.changed) - lost <= changes
        assert held <= {one.card for one in found.meetings}
        self.plan = found

    @precondition(lambda self: self.instance.from_round < ROUNDS)
    @rule(changes=FEW)
    def a_round_is_over(self, changes):
        self.again(replace(self.instance, from_round=self.instance.from_round + 1), changes)

    @rule(data=st.data(), changes=FEW)
    def somebody_leaves(self, data, changes):
        person = data.draw(st.sampled_from(list(live.everybody(self.instance))))
        self.again(live.left(self.instance, person), changes)

    @precondition(lambda self: self.guests < 2)
    @rule(changes=FEW)
    def somebody_walks_in(self, changes):
        self.guests += 1
        name = f"n{self.guests}"
        pairs = [Pair(host.id, name, 400) for host in self.instance.hosts]
        self.again(live.walked_in(self.instance, Visitor(name), pairs), changes)

    @rule(tables=st.integers(2, 5), changes=FEW)
    def tables_change(self, tables, changes):
        self.again(live.with_tables(self.instance, tables), changes)

    @precondition(lambda self: self.instance.from_round < ROUNDS)
    @rule(changes=FEW)
    def a_round_is_dropped(self, changes):
        self.again(live.without_round(self.instance, self.instance.from_round), changes)

    @invariant()
    def the_judge_finds_nothing(self):
        assert violations(self.instance, self.plan) == []


class OnRows(RuleBasedStateMachine):
    """The same, as the pages do it: arrivals, departures, rounds, tables, new plans."""

    def __init__(self):
        super().__init__()
        Event.objects.all().delete()
        self.evening = running_evening(hosts=3, visitors=3, rounds=3)
        self.minutes = 0
        self.held = set()

    @property
    def now(self):
        self.minutes += 1
        return STARTS + timedelta(minutes=self.minutes)

    @property
    def event(self):
        return Event.objects.get(pk=self.evening.event.pk)

    @property
    def progress(self):
        return progress_of(self.event, on=STARTS + timedelta(minutes=self.minutes))

    def cards(self, **which):
        rows = Meeting.objects.filter(
            timetable__event=self.evening.event, timetable__in_force=True, **which
        )
        return set(rows.values_list("round", "host", "visitor"))

    @rule(data=st.data())
    def somebody_arrives_leaves_or_will_not_come(self, data):
        everybody = Participant.objects.filter(event=self.event).select_related("event")
        person = data.draw(st.sampled_from(list(everybody.order_by("pk"))))
        after = data.draw(st.sampled_from(sorted(PRESENCE_MOVES[presence_of(person)])))
        services.note_presence(
            participant=person, after=after, seen=person.revision, by=None, now=self.now
        )
        assert presence_of(person) == after

    @precondition(lambda self: Participant.objects.filter(event=self.event).count() < 8)
    @rule(host=st.booleans())
    def somebody_walks_in(self, host):
        services.register(
            side=self.evening.host_side if host else self.evening.visitor_side,
            people=[services.Person("Sam", "Passage fictif")],
            origin=RegistrationOrigin.WALK_IN,
            by=None,
            now=self.now,
        )

    @rule()
    def a_round_starts_or_ends(self):
        progress = self.progress
        if progress.current is not None:
            number = progress.current.number
            services.end_round(event=self.event, number=number, by=None, now=self.now)
            self.held |= self.cards(round=number, held=True)
        elif progress.following is not None:
            number = progress.following.number
            services.start_round(event=self.event, number=number, by=None, now=self.now)

    @precondition(lambda self: self.progress.following is not None)
    @rule()
    def a_round_is_dropped(self):
        number = self.progress.following.number
        services.drop_round(event=self.event, number=number, by=None, now=self.now)

    @rule(rank=st.integers(0, 2))
    def a_table_is_lost_or_found(self, rank):
        table = Table.objects.get(pk=self.evening.tables[rank].pk)
        services.set_table(table=table, usable=not table.usable, by=None, now=self.now)

    @precondition(lambda self: self.progress.following is not None)
    @rule(changes=FEW, awaits=st.booleans())
    def the_rest_is_planned_again(self, changes, awaits):
        choice = services.Choice(changes=changes, awaits=awaits)
        proposal = services.propose_replan(event=self.event, choice=choice, now=self.now)
        assert proposal.given_up <= changes
        services.confirm_replan(
            event=self.event,
            choice=choice,
            fingerprint=proposal.fingerprint,
            by=None,
            now=self.now,
        )

    @invariant()
    def nothing_held_is_lost_and_nobody_is_twice_in_a_round(self):
        cards = self.cards()
        assert self.held == self.cards(held=True)
        for side in (1, 2):
            assert len({(card[0], card[side]) for card in cards}) == len(cards)


class TestOnValues(OnValues.TestCase):
    settings = settings(max_examples=8, stateful_step_count=8)


class TestOnRows(TestCase):
    def test_evening(self):
        run_state_machine_as_test(
            OnRows,
            settings=settings(
                max_examples=5,
                stateful_step_count=10,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
