"""The life of a need against a plain model: whatever the order of the acts, they agree."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ancrage.kit.models import AuditLine
from ancrage.needs import services
from ancrage.needs.enums import NeedStatus, WithdrawReason
from ancrage.needs.models import Need, NeedStatusChange
from tests.factories import NeedFactory
from tests.factories.moments import NOW

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Life:
    """What the machine expects of a need, written from the definition of each act."""

    status: str = "draft"
    since: object = NOW
    published_at: object = None
    confirmed_at: object = None
    positions: int = 3
    # (moment, state before, state after, moment of the first publication before)
    moves: tuple = ()
    traces: int = 0

    def moved(self, after, now):
        published_at = self.published_at
        confirmed_at = self.confirmed_at
        if after == "published":
            published_at, confirmed_at = published_at or now, now
        return replace(
            self,
            status=after,
            since=now,
            published_at=published_at,
            confirmed_at=confirmed_at,
            moves=(*self.moves, (now, self.status, after, self.published_at, self.since)),
            traces=self.traces + 1,
        )

    def undone(self, now):
        _at, before, _after, published_at, since = self.moves[-1]
        return replace(
            self,
            status=before,
            since=since,
            published_at=published_at,
            confirmed_at=now if before == "published" else self.confirmed_at,
            moves=self.moves[:-1],
            traces=self.traces + 1,
        )


OPEN, CLOSED = {"published", "paused"}, {"filled", "withdrawn", "expired"}


class LifeOfANeed(RuleBasedStateMachine):
    @initialize(ends=st.sampled_from([None, date(2026, 11, 20), date(2027, 11, 20)]))
    def start(self, ends):
        Need.objects.all().delete()  # the examples share one test
        self.now = NOW
        self.life = Life()
        self.need = NeedFactory(positions=3, starts_on=date(2026, 11, 1), ends_on=ends)

    def do(self, act, expected, **details):
        """Do `act`; `expected` is the life it should lead to, None if it should be refused."""
        need = Need.objects.get(pk=self.need.pk)
        self.now += timedelta(minutes=1)
        try:
            act(need=need, by=None, now=self.now, **details)
        except ValidationError:
            assert expected is None
        else:
            assert expected is not None
            self.life = expected(self.now)

    @property
    def over(self):
        later = self.now + timedelta(minutes=1)
        return self.need.ends_on is not None and self.need.ends_on < later.date()

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours):
        # Noon steps stay clear of midnight, where the local day and the UTC day differ.
        self.now = (self.now + timedelta(hours=hours)).replace(hour=9)

    @rule()
    def publish(self):
        allowed = self.life.status in {"draft", "paused"} and not self.over
        self.do(
            services.publish_need,
            (lambda now: self.life.moved("published", now)) if allowed else None,
        )

    @rule()
    def reopen(self):
        allowed = self.life.status in CLOSED and not self.over
        self.do(
            services.reopen_need,
            (lambda now: self.life.moved("published", now)) if allowed else None,
        )

    @rule()
    def pause(self):
        allowed = self.life.status == "published"
        self.do(
            services.pause_need, (lambda now: self.life.moved("paused", now)) if allowed else None
        )

    @rule()
    def fill(self):
        allowed = self.life.status in OPEN
        self.do(
            services.fill_need, (lambda now: self.life.moved("filled", now)) if allowed else None
        )

    @rule()
    def fill_one(self):
        def expected(now):
            if self.life.positions == 1:
                return self.life.moved("filled", now)
            confirmed = now if self.life.status == "published" else self.life.confirmed_at
            return replace(
                self.life,
                positions=self.life.positions - 1,
                confirmed_at=confirmed,
                traces=self.life.traces + 1,
            )

        allowed = self.life.status in OPEN
        self.do(services.fill_need, expected if allowed else None, filled=1)

    @rule()
    def withdraw(self):
        allowed = self.life.status in OPEN | {"draft"}
        self.do(
            services.withdraw_need,
            (lambda now: self.life.moved("withdrawn", now)) if allowed else None,
            reason=WithdrawReason.OTHER,
        )

    @rule()
    def confirm(self):
        allowed = self.life.status == "published"
        self.do(
            services.confirm_need,
            (lambda now: replace(self.life, confirmed_at=now, traces=self.life.traces + 1))
            if allowed
            else None,
        )

    @rule()
    def undo(self):
        moves, later = self.life.moves, self.now + timedelta(minutes=1)
        allowed = (
            bool(moves)
            and later - moves[-1][0] <= DAY
            and not (moves[-1][1] == "published" and self.over)
        )
        self.do(services.undo_last_change, self.life.undone if allowed else None)

    @rule()
    def the_night_comes(self):
        expected = self.life.status in OPEN and self.over
        self.now += timedelta(minutes=1)

        assert services.expire_past_needs(now=self.now) == int(expected)

        if expected:
            self.life = self.life.moved("expired", self.now)

    @invariant()
    def agree(self):
        row = Need.objects.get(pk=self.need.pk)
        assert (row.status, row.status_since, row.published_at, row.positions) == (
            self.life.status,
            self.life.since,
            self.life.published_at,
            self.life.positions,
        )
        if self.life.status == NeedStatus.PUBLISHED:
            assert row.confirmed_at == self.life.confirmed_at
        standing = NeedStatusChange.objects.filter(need=row, undone_at__isnull=True)
        assert list(standing.order_by("at", "pk").values_list("at", "before", "after")) == [
            move[:3] for move in self.life.moves
        ]
        assert AuditLine.objects.filter(target_id=str(row.pk)).count() == self.life.traces


class LifeOfANeedTest(LifeOfANeed.TestCase, TestCase):
    settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


LifeOfANeedTest.pytestmark = [pytest.mark.django_db]
