from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from ancrage.candidates.enums import CandidateStatus, Origin
from ancrage.candidates.models import CandidateProfession
from ancrage.core.survival.retention import Stay as Observed
from ancrage.core.survival.retention import reading_at, retention_curve
from ancrage.journeys.enums import LeaveReason, MilestoneKind
from ancrage.journeys.models import Milestone
from ancrage.journeys.queries.figures import FigureFilter, StayLine, years_of
from ancrage.journeys.services.figures import (
    Delay,
    GroupLine,
    Kept,
    Showing,
    figures_of,
    funnel_of,
    kept_at,
    retention_of,
)
from tests.factories import (
    CandidateFactory,
    IntroductionFactory,
    JourneyFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    StayFactory,
)
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db

KNOWN = datetime(2025, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def nurse(db):
    return ProfessionFactory()


@pytest.fixture
def person(field, nurse):
    field.person.delete()

    def write(**facts):
        facts = {"created_at": KNOWN, "professions": [nurse], **facts}
        return CandidateFactory(territory=field.territory, **facts)

    return write


def _accompany(person, on=date(2025, 1, 20)):
    journey = JourneyFactory(candidate=person, opened_on=on)
    Milestone.objects.create(journey=journey, kind=MilestoneKind.ACCOMPANIED, on=on)
    return journey


def _hire(field, person, **facts):
    facts = {
        "partner": field.partner,
        "started_on": date(2025, 3, 1),
        "known_on": date(2026, 3, 1),
        **facts,
    }
    return StayFactory(journey=_accompany(person), **facts)


def _figures(field, exact=True, **search):
    return figures_of(FigureFilter(field.territory, **search), on=TODAY, exact=exact)


def test_funnel_counts_each_person_at_the_furthest_step_and_those_before(field, person):
    person()
    _accompany(person())
    IntroductionFactory(candidate=person(), need=NeedFactory(partner=field.partner), agreed=True)
    IntroductionFactory(candidate=person(), need=NeedFactory(partner=field.partner))
    _hire(field, person())
    person(status=CandidateStatus.MERGED, merged_into=person())
    CandidateFactory(created_at=KNOWN)

    funnel = _figures(field).funnel

    assert (funnel.known, funnel.accompanied, funnel.introduced, funnel.hired) == (6, 3, 2, 1)


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_counted_person_by_person(field, person, nurse, seed):
    draw, midwife = Random(seed), ProfessionFactory()
    other, reached = PartnerFactory(territory=field.territory), []
    for _one in range(12):
        profession, origin = draw.choice([nurse, midwife]), draw.choice([*Origin])
        somebody = person(professions=[profession], origin=origin)
        journey = _accompany(somebody) if draw.random() < 0.6 else None
        named = [one for one in (field.partner, other) if draw.random() < 0.3]
        for partner in named:
            need = NeedFactory(partner=partner)
            IntroductionFactory(candidate=somebody, need=need, agreed=True)
        stay = None
        if journey and draw.random() < 0.6:
            known_on = TODAY - timedelta(days=draw.randrange(300))
            gone = {"ended_on": known_on, "leave_reason": LeaveReason.PAY}
            stay = StayFactory(
                journey=journey,
                partner=draw.choice([field.partner, other]),
                started_on=date(2025, 3, 1),
                known_on=known_on,
                **(gone if draw.random() < 0.5 else {}),
            )
        reached.append((profession.pk, origin, journey, named, stay))

    def counts(rows):
        kept = (
            sum(
                stay is not None and kept_at(_stay_line(stay), months) is True for *_, stay in rows
            )
            for months in (3, 6, 12)
        )
        return (
            len(rows),
            sum(bool(journey or named or stay) for _p, _o, journey, named, stay in rows),
            sum(bool(named or stay) for _p, _o, _journey, named, stay in rows),
            sum(stay is not None for *_, stay in rows),
            *kept,
        )

    def grouped(rank):
        keys = {row[rank] for row in reached}
        return {key: counts([row for row in reached if row[rank] == key]) for key in keys}

    def at(partner):
        return [
            (*who, partner in named, stay if stay and stay.partner == partner else None)
            for *who, named, stay in reached
        ]

    found = _figures(field)
    funnel = found.funnel

    assert counts(reached)[:4] == (
        funnel.known,
        funnel.accompanied,
        funnel.introduced,
        funnel.hired,
    )
    assert {line.key: line.counts for line in found.by_profession} == grouped(0)
    assert {line.key: line.counts for line in found.by_origin} == grouped(1)
    by_partner = {partner.pk: counts(at(partner))[2:] for partner in (field.partner, other)}
    assert {line.key: line.counts for line in found.by_partner} == {
        key: counted for key, counted in by_partner.items() if counted[0]
    }
    search = FigureFilter(field.territory)
    assert funnel_of(search, on=TODAY, exact=True) == funnel
    masked = _figures(field, exact=False).funnel
    assert funnel_of(search, on=TODAY, exact=False) == masked


def _stay_line(stay):
    return StayLine(
        1,
        stay.partner_id,
        stay.started_on,
        stay.followed_since,
        stay.known_on,
        stay.ended_on,
        stay.leave_reason,
    )


def test_kept_tells_those_who_stayed_left_and_are_not_heard_of(field, person):
    _hire(field, person())
    _hire(
        field,
        person(),
        known_on=date(2025, 7, 1),
        ended_on=date(2025, 7, 1),
        leave_reason=LeaveReason.PAY,
    )
    _hire(field, person(), known_on=date(2025, 4, 1))
    _hire(field, person(), started_on=TODAY - timedelta(days=100), known_on=TODAY)

    assert _figures(field).funnel.kept == (
        Kept(3, due=4, kept=3, left=0, unknown=1),
        Kept(6, due=3, kept=1, left=1, unknown=1),
        Kept(12, due=3, kept=1, left=1, unknown=1),
    )


def test_groups_say_profession_origin_and_structure_the_largest_first(field, person, nurse):
    midwife = ProfessionFactory()
    other = PartnerFactory(territory=field.territory)
    _hire(field, person())
    person(origin=Origin.IMPORT)
    IntroductionFactory(
        candidate=person(professions=[midwife, nurse]),
        need=NeedFactory(partner=other),
        agreed=True,
    )

    found = _figures(field)

    assert found.by_profession == (
        GroupLine(nurse.pk, (2, 1, 1, 1, 1, 1, 1)),
        GroupLine(midwife.pk, (1, 1, 1, 0, 0, 0, 0)),
    )
    assert found.by_origin == (
        GroupLine(Origin.SPONTANEOUS, (2, 2, 2, 1, 1, 1, 1)),
        GroupLine(Origin.IMPORT, (1, 0, 0, 0, 0, 0, 0)),
    )
    assert found.by_partner == (
        GroupLine(field.partner.pk, (1, 1, 1, 1, 1)),
        GroupLine(other.pk, (1, 0, 0, 0, 0)),
    )


def test_filters_keep_the_people_asked_for(field, person, nurse):
    midwife = ProfessionFactory()
    _hire(field, person())
    person(professions=[midwife])
    person(origin=Origin.IMPORT)
    person(created_at=datetime(2026, 2, 1, tzinfo=UTC))

    def known(**search):
        return _figures(field, **search).funnel.known

    assert known() == 4
    assert known(year=2025) == 3
    assert known(profession=midwife) == 1
    assert known(origin=Origin.IMPORT) == 1
    assert known(partner=field.partner) == 1
    assert known(year=2019) == 0


def test_years_go_back_to_the_first_person_known(field, person):
    assert years_of(field.territory, on=TODAY) == [2026]
    person(created_at=datetime(2024, 6, 1, tzinfo=UTC))
    assert years_of(field.territory, on=TODAY) == [2026, 2025, 2024]


def test_delays_are_medians_of_days_since_the_person_was_known(field, person):
    for days in (2, 10, 30):
        one = person()
        _accompany(one, on=date(2025, 1, 10) + timedelta(days=days))
    person()

    delays = _figures(field).delays

    assert delays == {
        "accompanied": Delay(10.0, 3),
        "introduced": Delay(None, 0),
        "hired": Delay(None, 0),
    }


def test_reasons_of_departures_are_counted(field, person):
    gone = {"known_on": date(2025, 7, 1), "ended_on": date(2025, 7, 1)}
    for reason in (LeaveReason.PAY, LeaveReason.HOURS, LeaveReason.PAY):
        _hire(field, person(), leave_reason=reason, **gone)
    _hire(field, person())

    assert _figures(field).reasons == ((LeaveReason.PAY, 2), (LeaveReason.HOURS, 1))


def test_nobody_else_reads_fewer_than_five(field, person):
    for _one in range(6):
        _hire(field, person())
    for _one in range(4):
        person(origin=Origin.IMPORT)

    found = _figures(field, exact=False)

    assert (found.funnel.known, found.funnel.hired) == (10, 6)
    # The four hidden would be ten less six: the six are hidden too.
    assert found.by_origin == (
        GroupLine(Origin.SPONTANEOUS, (None, 6, 6, 6, 6, 6, 6)),
        GroupLine(Origin.IMPORT, (None, 0, 0, 0, 0, 0, 0)),
    )
    assert found.delays["hired"] == Delay(50.0, 6)


def test_four_people_are_not_shown_at_all(field, person):
    for _one in range(4):
        _hire(
            field,
            person(),
            known_on=date(2025, 7, 1),
            ended_on=date(2025, 7, 1),
            leave_reason=LeaveReason.PAY,
        )

    found = _figures(field, exact=False)

    assert (found.funnel.known, found.funnel.hired) == (None, None)
    assert found.funnel.kept[0] == Kept(3, due=None, kept=None, left=0, unknown=0)
    assert found.reasons == ((LeaveReason.PAY, None),)
    assert found.delays["hired"] == Delay(None, None)
    assert found.retention.people is None
    assert found.retention.curve.steps == ()


def test_erased_person_still_counts(field, person):
    gone = person(status=CandidateStatus.ERASED)
    CandidateProfession.objects.filter(candidate=gone).update(specialty=None)
    _hire(field, gone)

    assert _figures(field).funnel.hired == 1


@pytest.mark.parametrize("count", [1, 30])
def test_figures_take_three_queries_whatever_the_number(
    field, person, count, django_assert_num_queries
):
    for _one in range(count):
        _hire(field, person())

    with django_assert_num_queries(3):
        _figures(field)


def _line(months, *, ended=False, followed_after=0):
    start = date(2024, 1, 1)
    end = start + timedelta(days=round(months * 30.4375))
    followed = start + timedelta(days=round(followed_after * 30.4375))
    return StayLine(1, 1, start, followed, max(end, start), end if ended else None, "")


def test_retention_is_that_of_the_core_on_the_same_stays():
    dice = Random(3)
    lines = [
        _line(dice.uniform(0.5, 24), ended=dice.random() < 0.6, followed_after=late)
        for late in [0] * 40 + [0.3] * 10
    ]
    expected = retention_curve(
        Observed(
            until=round(((line.ended_on or line.known_on) - line.started_on).days / 30.4375, 1),
            departed=line.ended_on is not None,
            entered=round((line.followed_since - line.started_on).days / 30.4375, 1),
        )
        for line in lines
    )

    found = retention_of(lines, showing=Showing(exact=True))

    assert dict(found.readings)[6] == reading_at(expected, 6)
    assert found.people == 50
    assert all(step.at_risk >= 5 for step in found.curve.steps)


def test_stay_of_which_nothing_was_observed_is_left_out():
    noted_late = _line(6, followed_after=6)

    assert retention_of([noted_late], showing=Showing(exact=True)).people == 0


@pytest.mark.parametrize(
    ("months", "ended", "kept"),
    [(6, False, True), (6, True, True), (2, True, False), (2, False, None)],
)
def test_kept_at_three_months_is_yes_no_or_not_known(months, ended, kept):
    assert kept_at(_line(months, ended=ended), 3) is kept
