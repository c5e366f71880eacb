"""Fractions of a territory put together: what is found, what is left, what was decided."""

from datetime import date

import pytest

from ancrage.kit.outbox import run_due
from ancrage.matching.enums import PlanStatus, PostChoiceKind, PostEnd
from ancrage.matching.models import PostRun
from ancrage.matching.services import posts
from ancrage.matching.services.posts.errors import (
    DetectionUnderWay,
    FractionTaken,
    NotAFraction,
    WeekTooShort,
)
from ancrage.matching.services.posts.fractions import minutes_between
from ancrage.needs.services import fill_need
from tests.factories import CommuneFactory, NeedFactory, PartnerFactory
from tests.factories.moments import NOW
from tests.factories.posts import fractions_of

pytestmark = pytest.mark.django_db
HOW = {"by": None, "now": NOW}


def detected(territory, **how):
    run = posts.ask_detection(territory=territory, **HOW, **how)
    run_due(clock=lambda: NOW)
    run.refresh_from_db()
    return run


def sets(run):
    return [[part["ref"] for part in row["parts"]] for row in run.found]


def keys(*needs):
    return [str(need.pk) for need in needs]


@pytest.fixture
def trio(partner, neighbour, territory):
    """Three half-times of three structures in one place: two of them make a post."""
    third = PartnerFactory(territory=territory)
    return fractions_of(partner, neighbour, third, ftes=(50, 50, 50))


def test_best_set_is_proved_and_the_one_left_alone_is_told_why(territory, trio):
    run = detected(territory)

    assert (run.status, run.fte, run.bound_fte, run.is_optimal) == (
        PlanStatus.DONE,
        100,
        100,
        True,
    )
    assert sets(run) == [keys(*trio[:2])]
    post = run.found[0]
    assert (post["fte"], post["travel"], post["days"]) == (100, 0, 5)
    assert [part["missing"] for part in post["parts"]] == [30, 30]
    first, second = (set(part["week"].split()) for part in post["parts"])
    assert (len(first), len(second), first & second) == (5, 5, set())
    assert run.left == [
        {
            "ref": str(trio[2].pk),
            "why": "outbid",
            "figure": 2,
            "partners": keys(*trio[:2]),
            "partner_count": 2,
        }
    ]


def test_sets_kept_apart_are_not_proposed_and_those_imposed_are(territory, trio):
    first, second, third = trio
    choose = {"territory": territory, **HOW}

    posts.choose_fractions(refs=keys(first, second), kind=PostChoiceKind.EXCLUDE, **choose)
    apart = sets(detected(territory))
    posts.choose_fractions(refs=keys(third, second), kind=PostChoiceKind.LOCK, **choose)
    imposed = detected(territory)
    posts.choose_fractions(refs=keys(second, third), kind=None, **choose)
    posts.choose_fractions(refs=keys(third), kind=PostChoiceKind.EXCLUDE, **choose)
    alone = sets(detected(territory))

    assert apart == [keys(first, third)]
    assert sets(imposed) == [keys(second, third)]
    assert imposed.found[0]["locked"] is True
    assert alone == []


def test_fractions_of_a_live_file_and_sets_given_up_are_not_proposed_again(territory, trio):
    run = detected(territory)
    post = posts.open_from_detection(run=run, rank=0, **HOW)
    with pytest.raises(FractionTaken):
        posts.open_from_detection(run=run, rank=0, **HOW)

    while_live = sets(detected(territory))
    posts.give_up_post(post=post, reason=PostEnd.EMPLOYER_REFUSES, **HOW)
    after = sets(detected(territory))

    assert while_live == []
    assert after == [keys(trio[0], trio[2])]


def test_needs_that_are_no_open_fraction_are_left_aside(territory, trio, nurse):
    fill_need(need=trio[0], **HOW)
    NeedFactory(partner=trio[0].partner, published=True, fte_hundredths=100)
    elsewhere = fractions_of(PartnerFactory(), ftes=(50,), profession=trio[0].profession)

    run = detected(territory)

    assert sets(run) == [keys(*trio[1:])]
    assert str(elsewhere[0].pk) not in [row["ref"] for row in run.left]


def test_days_said_by_employers_keep_those_that_clash_apart(territory, trio):
    for need in trio:
        posts.say_week(need=need, slots=["1m", "1a", "2m", "2a", "3m"], needed=5, **HOW)

    run = detected(territory)

    assert (run.found, [row["why"] for row in run.left]) == ([], ["clash"] * 3)
    with pytest.raises(WeekTooShort):
        posts.say_week(need=trio[0], slots=["1m"], needed=2, **HOW)
    with pytest.raises(NotAFraction):
        posts.say_week(need=NeedFactory(), slots=["1m"], needed=1, **HOW)


def test_sites_too_far_apart_are_told_by_their_minutes(territory, trio):
    near = CommuneFactory(latitude=47.0, longitude=-2.0)
    far = CommuneFactory(latitude=47.5, longitude=-2.0)
    for need, commune in zip(
        trio, (near, far, CommuneFactory(latitude=48, longitude=0)), strict=True
    ):
        need.commune = commune
        need.save()

    run = detected(territory)

    assert minutes_between(near, far) == 92
    assert minutes_between(near, CommuneFactory(latitude=None, longitude=None)) is None
    assert [(row["why"], row["figure"]) for row in run.left][:2] == [("far", 92), ("far", 92)]


def test_one_detection_at_once_and_what_is_found_when_it_is_stopped(territory, trio):
    run = posts.ask_detection(territory=territory, **HOW)
    with pytest.raises(DetectionUnderWay) as refusal:
        posts.ask_detection(territory=territory, **HOW)

    posts.stop_detection(run=run, **HOW)
    run_due(clock=lambda: NOW)

    assert refusal.value.run == run
    done = PostRun.objects.get(pk=run.pk)
    assert (done.status, done.is_stopped, len(done.found)) == (PlanStatus.DONE, True, 1)


def test_start_of_the_post_is_that_of_its_last_part(territory, trio):
    trio[1].starts_on = date(2027, 2, 1)
    trio[1].save()

    assert {row["start"] for row in detected(territory).found} <= {"2027-02-01", "2027-01-04"}
