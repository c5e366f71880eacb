"""Hand-worked paths: what is met, missing, to check, who can pay, what is owed, what is shut."""

from dataclasses import replace
from datetime import date

import pytest

from ancrage.core.bridges.network import Network
from ancrage.core.bridges.search import paths
from ancrage.core.bridges.values import (
    NEVER,
    Bridge,
    Certificate,
    Check,
    Closed,
    Funding,
    Holding,
    InvalidNetwork,
    Paper,
    Path,
    Payment,
    Practice,
    Reason,
    Sector,
    Seniority,
    Shut,
    Title,
    Topic,
    Ways,
    Word,
)
from ancrage.core.kleene import State
from tests.core.bridges.chain import CHAIN, ORDERLY, PROMOTION, START, TO_AIDE, TO_NURSE

AFGSU = Certificate("afgsu_2")
YEAR_OF_WORK, YEARS_AS_AIDE = TO_AIDE.conditions[0], TO_NURSE.conditions[0]
HOLDS_ORDERLY = Check(Title(frozenset({"orderly"})), State.MET, Reason.HELD)


def ways(person, goal, *bridges, **more):
    return paths(Network(bridges), person, goal, **more)


def only(person, goal, *bridges, **more):
    (path,) = ways(person, goal, *bridges, **more).paths
    return path


def routes(found):
    return [tuple(step.bridge for step in path.steps) for path in found.paths]


def test_orderly_becomes_advanced_practice_nurse_by_working_between_the_courses():
    path = only(ORDERLY, "advanced", *CHAIN)

    first, second, third = path.steps
    assert (path.months, path.cost, path.lost, path.chance) == (141, 0, 0, None)
    assert [(step.bridge, step.waited, step.begins, step.ends) for step in path.steps] == [
        ("orderly-aide", 7, 7, 18),
        ("aide-nurse", 36, 54, 81),
        ("nurse-advanced", 36, 117, 141),
    ]
    assert (first.begins_on, first.ends_on) == (date(2027, 6, 22), date(2028, 5, 22))
    assert first.checks == (
        HOLDS_ORDERLY,
        Check(YEAR_OF_WORK, State.MISSING, Reason.ON_THE_WAY, date(2027, 6, 22), 7),
    )
    assert second.checks == (
        Check(YEARS_AS_AIDE, State.MISSING, Reason.ON_THE_WAY, date(2031, 5, 22), 36),
        Check(AFGSU, State.TO_CHECK, Reason.NOT_TOLD),
    )
    # Three times the course, five years at most.
    assert [step.paid_by.owed for step in path.steps] == [33, 60, 60]
    assert [step.owed_until for step in path.steps] == [
        date(2031, 2, 22),
        date(2038, 8, 22),
        date(2043, 8, 22),
    ]
    assert third.can_pay == (
        Payment("promotion", State.MET, 0, 0, 60, is_kept_told=True),
        Payment("", State.MET, None, 2400, 0, is_kept_told=True),
    )


def test_what_nobody_has_told_is_to_check_and_refuses_nobody():
    unknown = replace(ORDERLY, practices=None, sector=None, words=frozenset())

    path = only(unknown, "aide", TO_AIDE)

    assert path.months == 11
    assert path.steps[0].checks == (
        HOLDS_ORDERLY,
        Check(YEAR_OF_WORK, State.TO_CHECK, Reason.NOT_TOLD, months=12),
    )
    assert path.steps[0].paid_by == Payment(
        "promotion", State.TO_CHECK, 0, 0, 33, is_kept_told=True
    )


def test_title_awaited_is_waited_for():
    student = replace(ORDERLY, titles=(Holding("orderly", date(2027, 3, 1)),), practices=())
    course = replace(TO_AIDE, conditions=())

    step = only(student, "aide", course).steps[0]

    assert (step.begins, step.checks) == (
        4,
        (
            Check(
                Title(frozenset({"orderly"})),
                State.TO_CHECK,
                Reason.AWAITED,
                date(2027, 3, 22),
            ),
        ),
    )


def test_goal_already_held_needs_no_step():
    assert ways(ORDERLY, "orderly", *CHAIN, local={"orderly": 80}) == Ways(
        (Path((), 0, 0, 0, 80),), ()
    )


@pytest.mark.parametrize(
    ("practices", "begins"),
    [
        ((Practice("aide", 40),), 0),
        # One of these years counts today, but leaves the window as new months come in.
        ((Practice("aide", 40, date(2022, 11, 22)),), 36),
        ((Practice("aide", 20, date(2024, 11, 22)), Practice("aide", 10)), 6),
        ((), 36),
    ],
)
def test_only_the_work_of_the_window_counts(practices, begins):
    aide = replace(ORDERLY, titles=(Holding("aide"),), practices=practices)

    assert only(aide, "nurse", TO_NURSE).steps[0].begins == begins


def test_work_in_two_professions_at_once_is_counted_once():
    both = replace(ORDERLY, practices=(Practice("orderly", 8), Practice("home_care", 8)))

    assert only(both, "aide", TO_AIDE).steps[0].waited == 4


def test_seniority_that_cannot_be_earned_on_the_way_shuts_the_bridge():
    course = replace(TO_AIDE, conditions=(Seniority(12, frozenset({"home_care"})),))

    assert ways(ORDERLY, "aide", course) == Ways(
        (), (Closed("orderly-aide", Shut.SENIORITY_MISSING),)
    )


def test_rule_that_expires_before_it_can_start_is_out_with_the_day_it_was_needed():
    ending = replace(TO_NURSE, valid_to=date(2031, 5, 21))

    assert ways(ORDERLY, "nurse", TO_AIDE, ending) == Ways(
        (), (Closed("aide-nurse", Shut.EXPIRED, date(2031, 5, 22)),)
    )
    assert routes(
        ways(ORDERLY, "nurse", TO_AIDE, replace(ending, valid_to=date(2031, 5, 22)))
    ) == [("orderly-aide", "aide-nurse")]


def test_rule_not_yet_in_force_is_waited_for_then_the_next_intake():
    course = replace(TO_AIDE, conditions=(), valid_from=date(2027, 2, 1), intakes=frozenset({9}))

    assert only(ORDERLY, "aide", course).steps[0].begins_on == date(2027, 9, 22)


def test_title_that_serves_nothing_on_the_way_is_no_step():
    aside = Bridge("aside", "orderly", "assistant", 0)
    open_to_all = Bridge("open_to_all", "", "aide", 2)

    assert routes(ways(ORDERLY, "aide", aside, open_to_all)) == [("open_to_all",)]


def test_bridges_that_turn_in_a_circle_end():
    back = Bridge("aide-orderly", "aide", "orderly", 0)
    around = Bridge("nurse-aide", "nurse", "aide", 0)

    assert routes(ways(ORDERLY, "nurse", *CHAIN, back, around)) == [("orderly-aide", "aide-nurse")]


def test_path_further_than_the_horizon_is_shut():
    assert ways(ORDERLY, "nurse", TO_AIDE, TO_NURSE, most_months=80) == Ways(
        (), (Closed("aide-nurse", Shut.TOO_FAR_AWAY),)
    )


def test_goal_that_no_bridge_reaches_has_no_path():
    assert ways(ORDERLY, "doctor", *CHAIN) == Ways((), ())


@pytest.mark.parametrize(
    ("papers", "check"),
    [
        ((Paper("afgsu_2", NEVER),), Check(AFGSU, State.MET, Reason.HELD)),
        ((Paper("afgsu_2", date(2026, 11, 22)),), Check(AFGSU, State.MET, Reason.HELD)),
        (
            (Paper("afgsu_2", date(2026, 11, 21)),),
            Check(AFGSU, State.MISSING, Reason.TO_RENEW, date(2026, 11, 21)),
        ),
        ((Paper("afgsu_2"),), Check(AFGSU, State.TO_CHECK, Reason.NOT_TOLD)),
        ((Paper("afgsu_2", held=False),), Check(AFGSU, State.MISSING, Reason.TO_OBTAIN)),
    ],
)
def test_certificate_is_asked_on_the_first_day_of_the_course(papers, check):
    aide = replace(
        ORDERLY, titles=(Holding("aide"),), practices=(Practice("aide", 40),), papers=papers
    )

    assert only(aide, "nurse", TO_NURSE).steps[0].checks[-1] == check


def test_title_gained_on_the_way_answers_a_later_condition():
    first = Bridge("to-module", "orderly", "module", 2)
    then = Bridge("module-aide", "module", "aide", 3, (Title(frozenset({"module", "bac"})),))
    told = replace(ORDERLY, all_titles_told=True)

    assert only(told, "aide", first, then).steps[1].checks == (
        Check(then.conditions[0], State.MISSING, Reason.ON_THE_WAY),
    )


def test_title_known_not_to_be_held_shuts_the_bridge():
    course = replace(TO_AIDE, conditions=(Title(frozenset({"bac"})),))

    assert only(ORDERLY, "aide", course).steps[0].checks[1] == Check(
        course.conditions[0], State.TO_CHECK, Reason.NOT_TOLD
    )
    assert ways(replace(ORDERLY, all_titles_told=True), "aide", course) == Ways(
        (), (Closed("orderly-aide", Shut.TITLE_MISSING),)
    )


def test_what_was_refused_shuts_the_bridge():
    course = replace(TO_AIDE, conditions=(Word(Topic.SELECTION, "selected"),))
    refused = replace(ORDERLY, words=frozenset({("selected", False)}))

    assert ways(refused, "aide", course).closed == (Closed("orderly-aide", Shut.REFUSED),)


def test_payment_of_another_sector_or_day_or_refused_does_not_pay():
    gone = replace(PROMOTION, key="gone", valid_to=date(2026, 11, 21))
    to_come = replace(PROMOTION, key="to_come", valid_from=date(2026, 11, 23))
    private = replace(PROMOTION, key="private", sectors=frozenset({Sector.PRIVATE}))
    refused = replace(PROMOTION, key="refused", conditions=(Word(Topic.AGREEMENT, "no"),))
    course = replace(TO_AIDE, conditions=(), fundings=(gone, to_come, private, refused))
    person = replace(ORDERLY, words=frozenset({("no", False)}))

    (step,) = only(person, "aide", course).steps

    assert step.can_pay == (Payment("", State.MET, None, 1100, 0, is_kept_told=True),)
    assert step.owed_until is None


def test_jobless_person_who_works_on_the_way_may_be_paid_for_by_the_employer_found():
    hired = Bridge("hired", "", "orderly", 0)
    jobless = replace(ORDERLY, titles=(), practices=(), sector=Sector.JOBLESS)

    path = only(jobless, "aide", hired, TO_AIDE)

    assert [step.begins for step in path.steps] == [0, 12]
    assert path.steps[1].paid_by == Payment(
        "promotion", State.TO_CHECK, 0, 0, 33, is_kept_told=True
    )


def test_slower_way_that_keeps_the_pay_stands_beside_the_faster():
    school = Bridge("school", "orderly", "aide", 11, fee=200_000)
    by_experience = Bridge("by_experience", "orderly", "aide", 18, fee=100_000, kept_alone=100)
    dear = Bridge("dear", "orderly", "aide", 18, fee=300_000, kept_alone=100)

    found = ways(ORDERLY, "aide", school, by_experience, dear).paths

    assert [(p.steps[0].bridge, p.months, p.cost, p.lost) for p in found] == [
        ("school", 11, 200_000, 1100),
        ("by_experience", 18, 100_000, 0),
    ]


def test_two_payments_that_differ_make_two_paths():
    half = Funding("half", kept=50, rest=0)
    whole = Funding("whole", kept=100, rest=90_000)
    course = Bridge("course", "orderly", "aide", 10, fundings=(half, whole))

    found = ways(ORDERLY, "aide", course).paths

    assert [(p.steps[0].paid_by.funding, p.cost, p.lost) for p in found] == [
        ("half", 0, 500),
        ("whole", 90_000, 0),
    ]


def test_payments_in_either_order_that_add_up_to_the_same_make_one_path():
    half = Funding("half", kept=50, rest=0)
    whole = Funding("whole", kept=100, rest=90_000)
    first = Bridge("first", "orderly", "module", 10, fundings=(half, whole))
    second = Bridge("second", "module", "aide", 10, fundings=(half, whole))

    found = ways(ORDERLY, "aide", first, second).paths

    assert [(p.cost, p.lost) for p in found] == [(0, 1000), (90_000, 500), (180_000, 0)]


def test_payment_that_asks_more_work_than_done_by_then_does_not_pay():
    leave = Funding("leave", conditions=(Seniority(24),), kept=100)
    course = replace(TO_AIDE, fundings=(leave,))
    then = Bridge("on", "aide", "nurse", 6, (Seniority(20, frozenset({"aide"})),), (leave,))

    path = only(ORDERLY, "nurse", course, then)

    assert [step.paid_by.funding for step in path.steps] == ["", "leave"]


def test_work_that_takes_longer_than_the_horizon_shuts_the_bridge():
    found = ways(ORDERLY, "aide", TO_AIDE, most_months=6)

    assert found.closed == (Closed("orderly-aide", Shut.TOO_FAR_AWAY),)


def test_chance_is_the_least_of_the_professions_worked_in_and_of_the_goal():
    local = {"orderly": 5, "aide": 70, "nurse": 90}

    path = only(ORDERLY, "nurse", TO_AIDE, TO_NURSE, local=local)

    # The profession left is no post to be found.
    assert path.chance == 70


def test_way_through_a_profession_without_local_posts_stands_behind_a_longer_one():
    quick = Bridge("quick", "orderly", "carer", 1)
    quick_on = Bridge("quick-on", "carer", "nurse", 1, (Seniority(6, frozenset({"carer"})),))
    slow = Bridge("slow", "orderly", "nurse", 30)
    local = {"carer": 10, "nurse": 80}

    found = ways(ORDERLY, "nurse", quick, quick_on, slow, local=local).paths

    assert [(p.months, p.lost, p.chance) for p in found] == [(8, 200, 10), (30, 3000, 80)]


def test_who_comes_sooner_and_must_work_until_the_intake_does_not_beat_who_comes_just_in_time():
    early = Bridge("early", "orderly", "carer", 1, fee=0, kept_alone=100)
    late = Bridge("late", "orderly", "carer", 10, fee=5_000, kept_alone=100)
    course = Bridge("on", "carer", "nurse", 3, intakes=frozenset({9}), fee=0, kept_alone=100)

    found = ways(ORDERLY, "nurse", early, late, course, local={"carer": 10, "nurse": 80}).paths

    assert [(p.months, p.cost, p.chance) for p in found] == [(13, 0, 10), (13, 5_000, 80)]


def test_dearer_way_to_leave_a_profession_that_is_still_asked_for_later_is_not_kept():
    cheap = Bridge("cheap", "orderly", "module", 1, fee=0)
    dear = Bridge("dear", "orderly", "module", 1, fee=5_000)
    recent = Seniority(2, frozenset({"orderly"}), 24)
    course = Bridge("on", "module", "aide", 3, (recent,), fee=0)

    assert routes(ways(ORDERLY, "aide", cheap, dear, course)) == [("cheap", "on")]


@pytest.mark.parametrize(
    "bridges",
    [
        (TO_AIDE, TO_AIDE),
        (replace(TO_AIDE, target="orderly"),),
        (replace(TO_AIDE, target=""),),
        (replace(TO_AIDE, months=-1),),
        (replace(TO_AIDE, intakes=frozenset({13})),),
        (replace(TO_AIDE, conditions=(Seniority(36, window=24),)),),
    ],
)
def test_network_that_makes_no_sense_is_refused(bridges):
    with pytest.raises(InvalidNetwork):
        Network(bridges)


def test_start_is_the_first_day_of_everything():
    assert only(ORDERLY, "aide", replace(TO_AIDE, conditions=())).steps[0].begins_on == START
