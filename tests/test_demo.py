"""The demo territory, loaded by its services at a given moment."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus, Origin, ProofKind
from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.candidates.queries import (
    CardCriteria,
    candidate_of,
    cards_matching,
    duplicates_in,
)
from ancrage.candidates.services import alert_ending_proofs
from ancrage.demo.calendar import at_work, day_after_last, people_stay_home
from ancrage.demo.load import Loaded, load_demo
from ancrage.demo.names import draw_names
from ancrage.demo.papers import small_pdf
from ancrage.events import services
from ancrage.events.enums import SideRole, WishKind
from ancrage.events.models import Event
from ancrage.events.queries import reports_of
from ancrage.journeys.models import ContactLog, FollowUp, Journey
from ancrage.journeys.queries import Section, alert_counts, day_of_advisor, lost_people
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.queries.warnings import Lost
from ancrage.journeys.services import note_hires, note_introductions, tend_follow_ups
from ancrage.journeys.services.figures import figures_of
from ancrage.kit.documents import DocumentFormat, document_format
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction, IntroductionMove, SavedSearch
from ancrage.matching.queries import late_introductions
from ancrage.matching.queries.clock import answers_in
from ancrage.matching.services import tend_introductions
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.privacy.cells import K
from ancrage.privacy.models import AccessTrace, Breach, ConsentEntry, DataSubject, RightsRequest
from ancrage.privacy.queries import subjects_to_tell
from ancrage.privacy.retention import purge
from ancrage.privacy.services import Expired, end_of, expire_subjects
from ancrage.territory.models import Territory

pytestmark = pytest.mark.django_db

# A Sunday.
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The demo of `NOW`, loaded once for the tests of this file; each leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demo(now=NOW)
        transaction.set_rollback(True)


def test_no_post_of_the_demo_stays_open_after_its_end(demo: Loaded):
    ended = Need.objects.filter(ends_on__lt=TODAY)

    assert ended.filter(status=NeedStatus.EXPIRED).exists()
    assert not ended.filter(status__in=(NeedStatus.PUBLISHED, NeedStatus.PAUSED)).exists()


def test_demo_holds_two_hundred_people_at_every_stage(demo: Loaded):
    territory = Territory.objects.get()
    people = Candidate.objects.all()

    assert demo.candidates == people.count() == 200
    assert set(people.values_list("status", flat=True)) == {
        CandidateStatus.ACTIVE,
        CandidateStatus.PENDING,
        CandidateStatus.ERASED,
    }
    assert set(people.values_list("origin", flat=True)) == set(Origin.values)
    assert cards_matching(CardCriteria(), territories=[territory.pk], partners=()).total >= 60
    assert len(duplicates_in(people)) == 1
    played = candidate_of(User.objects.get(email="professionnelle@demo.example"))
    assert played is not None
    assert played.in_pool is True
    assert DataSubject.objects.filter(limited_at__isnull=False).count() == 1
    withdrawn = ConsentEntry.objects.filter(given=False).values_list("purpose", flat=True)
    assert set(withdrawn) == {"talent_pool", "identity"}


def test_nobody_of_the_demo_can_be_taken_for_somebody(demo: Loaded):
    people = Candidate.objects.exclude(status=CandidateStatus.ERASED)

    assert [str(one) for one in people if not str(one).endswith(("(fictif)", "(fictive)"))] == []
    # Numbers that Arcep keeps for fiction, and nobody to write to.
    assert not people.exclude(phone__startswith="+3326191").exists()
    assert not people.exclude(email="").exists()


def test_demo_holds_proofs_that_end_and_files_that_open(demo: Loaded):
    soon = Proof.objects.filter(expires_on__range=(TODAY, TODAY + timedelta(days=30)))
    over = Proof.objects.filter(expires_on__lt=TODAY)

    assert ProofKind.AFGSU_2 in soon.values_list("kind", flat=True)
    assert ProofKind.LOCUM_LICENCE in over.values_list("kind", flat=True)
    assert alert_ending_proofs(now=NOW).proofs > 0
    document = Document.objects.order_by("pk").first()
    assert document is not None
    with document.file.open("rb") as file:
        assert document_format(file.read()) == DocumentFormat.PDF
    assert Document.objects.count() >= 40


def test_demo_holds_introductions_at_every_step_and_answers_that_count(demo: Loaded):
    rows = Introduction.objects.all()
    answers = answers_in(Territory.objects.get(), on=TODAY)

    assert rows.count() == demo.introductions > 60
    assert set(rows.values_list("state", flat=True)) == set(IntroductionState.values)
    assert late_introductions(rows, on=TODAY).exists()
    assert len([one for one in answers.values() if one.expected >= K]) >= 3
    # Whoever was hired looks for nothing more.
    hired = rows.filter(state=IntroductionState.HIRED)
    assert not hired.filter(candidate__settled_at__isnull=True).exists()
    # An introduction is dated as it went on.
    assert not [row for row in rows if row.ended_at and row.ended_at < row.proposed_at]
    own = rows.filter(candidate__subject__user__email="professionnelle@demo.example")
    assert set(own.values_list("state", flat=True)) == {"proposed", "agreed"}


def test_demo_holds_journeys_that_make_the_day_the_warnings_and_the_figures_live(demo: Loaded):
    territory, rows = Territory.objects.get(), Journey.objects.all()
    day = day_of_advisor(rows, on=TODAY)
    figures = figures_of(FigureFilter(territory), on=TODAY, exact=False)
    lost = lost_people(Candidate.objects.all(), on=TODAY).values_list("lost", flat=True)

    assert rows.count() == demo.journeys > 150
    assert [section for section in Section if not day.counts[section]] == []
    assert all(alert_counts(rows, FollowUp.objects.all(), on=TODAY).values())
    assert set(lost) == {one.value for one in Lost}
    assert Journey.objects.get(
        candidate__subject__user__email="professionnelle@demo.example"
    ).is_open
    # What may be shown to everybody: nothing under five.
    kept = {line.months: line.kept for line in figures.funnel.kept}
    assert (figures.funnel.hired or 0) > 80
    assert (kept[12] or 0) >= K
    readings = {months: reading for months, reading in figures.retention.readings if reading}
    assert set(readings) >= {1, 3, 6, 12}
    hired_by = [line.counts[1] for line in figures.by_partner if line.counts[1]]
    hired_as = [line.counts[3] for line in figures.by_profession if line.counts[3]]
    assert (len(hired_by) >= 5, len(hired_as) >= 4) == (True, True)


def test_demo_holds_events_followed_for_a_year_and_one_to_come(demo: Loaded):
    rows = list(Event.objects.order_by("starts_at"))
    year, season = reports_of(rows[:2])

    assert [event.state for event in rows] == ["over", "over", "closed", "open"]
    assert demo.events == len(rows)
    assert [one.months for one in year.horizons if one.told] == [1, 3, 6, 12]
    assert [one.months for one in season.horizons if one.told] == [1, 3]
    for report in (year, season):
        assert 0 < report.held <= report.planned
        assert report.latest is not None
        assert report.latest.lasting > 0
        assert report.contacts >= report.latest.told > 5
        assert report.opinions.mean is not None


def test_evening_of_tomorrow_is_ready_to_be_planned_and_its_plan_is_proved(demo: Loaded):
    event = Event.objects.get(state="closed")
    sides = Counter(event.parties.values_list("side__role", flat=True))
    placed = event.participants.exclude(state="cancelled")
    wishes = Counter(event.wishes.values_list("by__side__role", "kind"))

    timetable = services.build_timetable(event=event, by=None, now=NOW, walk_less=False)

    assert timezone.localtime(event.starts_at) == datetime(
        2026, 11, 23, 19, 30, tzinfo=ZoneInfo("Europe/Paris")
    )
    assert (sides, event.tables.count()) == ({"host": 100, "visitor": 30}, 26)
    assert Counter(event.parties.values_list("kind", flat=True)) == {
        "single": 126,
        "team": 3,
        "couple": 1,
    }
    names = [one.full_name for one in placed]
    assert [one for one in names if not one.endswith(("(fictif)", "(fictive)"))] == []
    assert min(wishes[role, kind] for role in SideRole.values for kind in WishKind.values) > 3
    assert (timetable.gap, timetable.proof) == (0, "optimal")
    assert placed.filter(subject__user__email="professionnelle@demo.example").count() == 1


def test_demo_holds_a_search_of_each_side(demo: Loaded):
    kept = SavedSearch.objects.values_list("owner__email", "kind")

    assert set(kept) == {
        ("rh@hopital.demo.example", "profiles"),
        ("coordination@demo.example", "profiles"),
        ("professionnelle@demo.example", "needs"),
    }


def test_demo_holds_rights_asked_late_answered_and_one_incident(demo: Loaded):
    requests = RightsRequest.objects.all()
    waiting = requests.filter(closed_at__isnull=True)

    assert requests.count() == demo.requests == 8
    assert waiting.filter(due_at__lt=NOW).count() == 1
    assert waiting.filter(due_at__gte=NOW).count() == 2
    assert Breach.objects.get().closed_at is not None
    looked = AccessTrace.objects.filter(
        subject__user__email="professionnelle@demo.example"
    ).values_list("viewer__email", "purpose")
    assert set(looked) == {
        ("coordination@demo.example", "support"),
        ("rh@hopital.demo.example", "identity"),
    }


def test_somebody_of_the_demo_has_to_be_told_of_the_end(demo: Loaded):
    subject = subjects_to_tell(DataSubject.objects.all()).get()

    assert (NOW - subject.to_tell_since).days == 9
    assert 30 < (end_of(subject) - NOW).days < 60


def test_daily_rounds_of_the_demo_forget_none_of_its_people(demo: Loaded):
    before = set(DataSubject.objects.filter(anonymised_at__isnull=True).values_list("pk"))

    for days in (0, 1, 20):
        now = NOW + timedelta(days=days)
        tend_introductions(now=now)
        note_hires(now=now)
        note_introductions(now=now)
        tend_follow_ups(now=now)
        assert expire_subjects(now=now) == Expired()
        purge(now=now)

    assert set(DataSubject.objects.filter(anonymised_at__isnull=True).values_list("pk")) == before


def test_people_of_the_demo_meet_and_are_called_at_office_hours(demo: Loaded):
    fixed = Introduction.objects.filter(meeting_at__isnull=False)
    moments = [
        *fixed.values_list("meeting_at", flat=True).order_by("pk"),
        *IntroductionMove.objects.values_list("at", flat=True).order_by("pk"),
    ]

    told = [timezone.localtime(moment) for moment in moments]
    assert [one for one in told if one.weekday() > 4 or not 9 <= one.hour < 18] == []
    days = ContactLog.objects.values_list("on", flat=True).order_by("pk")
    assert [day for day in days if day.weekday() > 4] == []


@pytest.mark.parametrize(
    ("moment", "latest", "at"),
    [
        # A Wednesday; the evening becomes the afternoon.
        ("2026-11-18T22:00", None, "2026-11-18T16:45"),
        # A Saturday: on Monday, or on Friday if Monday is yet to come.
        ("2026-11-21T00:30", None, "2026-11-23T09:10"),
        ("2026-11-21T00:30", "2026-11-22T12:00", "2026-11-20T09:10"),
        # The night of a Monday, seen that same night: the last working day.
        ("2026-11-23T02:00", "2026-11-23T02:00", "2026-11-20T09:40"),
    ],
)
def test_moment_is_put_at_office_hours(moment: str, latest: str | None, at: str):
    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    found = at_work(utc(moment), latest=utc(latest) if latest else None)

    assert found == datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Paris"))


def test_names_are_the_same_each_time_and_never_twice():
    names = draw_names(200, Random(7))

    assert names == draw_names(200, Random(7))
    assert len(set(names)) == 200


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 15), date(2025, 11, 16)),
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2028, 2, 29), date(2027, 11, 16)),
        (date(2026, 12, 31), date(2026, 11, 16)),
    ],
)
def test_licences_begin_after_the_last_end(today: date, since: date):
    assert day_after_last(today, 11, 15) == since


def test_small_pdf_says_its_lines_and_where_its_parts_are():
    content = small_pdf("Curriculum vitæ (fictif)", "Équipe \\ Ω")

    assert document_format(content) == DocumentFormat.PDF
    assert "(Curriculum vitæ \\(fictif\\)) Tj T* (Équipe \\\\ ) Tj".encode("cp1252") in content
    table = int(content.split(b"startxref\n")[1].split(b"\n")[0])
    assert content[table:].startswith(b"xref\n0 6\n")
    starts = [int(line[:10]) for line in content[table:].splitlines()[3:8]]
    assert [content[start : start + 7] for start in starts] == [
        b"%d 0 obj" % n for n in range(1, 6)
    ]


def test_no_evening_of_the_demo_is_held_when_people_stay_home():
    spring = [date(2027, 3, 28) + timedelta(days=ahead) for ahead in range(60)]

    assert [day for day in spring if day.weekday() != 6 and people_stay_home(day)] == [
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 8),
        date(2027, 5, 17),
    ]
    assert people_stay_home(date(2026, 12, 31))
    assert not people_stay_home(date(2026, 12, 30))
