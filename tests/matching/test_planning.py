from datetime import date, timedelta

import pytest

from ancrage.core.fit.facts import NEVER, Held
from ancrage.core.fit.scoring import fit
from ancrage.core.kleene import State
from ancrage.kit.models import AuditLine
from ancrage.kit.outbox import run_due
from ancrage.matching import services
from ancrage.matching.enums import PlanChoiceKind, PlanFailure, PlanStatus
from ancrage.matching.models import Introduction, PlanChoice, PlanLine, PlanRun
from ancrage.matching.queries import choices_in, gains_of, lines_of
from ancrage.matching.services import planning
from ancrage.matching.services.facts import need_facts, person_facts
from ancrage.needs.services import pause_need
from ancrage.privacy.services import erase_subject, limit_subject
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    IntroductionFactory,
    NeedFactory,
    ProfessionFactory,
    ProofFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CommuneFactory(latitude=47.1, longitude=-2.0)


@pytest.fixture
def person(territory, nurse, town):
    def build(**facts):
        return CandidateFactory(territory=territory, professions=[nurse], commune=town, **facts)

    return build


@pytest.fixture
def post(partner, nurse, town):
    def build(**facts):
        return NeedFactory(
            **{"partner": partner, "profession": nurse, "commune": town, "published": True} | facts
        )

    return build


def planned(territory, **how):
    run = services.ask_plan(territory=territory, by=None, now=NOW, **how)
    run_due(clock=lambda: NOW)
    run.refresh_from_db()
    return run


def pairs(run):
    return [(line.candidate, line.need) for line in lines_of(run)]


def test_plan_covers_what_each_for_itself_does_not(territory, partner, neighbour, person, post):
    # Whoever picks first takes the one person the neighbour's half-time post could have had.
    whole = post(fte_hundredths=100)
    half = post(partner=neighbour, fte_hundredths=50, published_at=NOW - timedelta(days=9))
    able = person()
    part_timer = person(fte_max_hundredths=50)

    run = planned(territory)

    assert run.status == PlanStatus.DONE
    assert set(pairs(run)) == {(able, whole), (part_timer, half)}
    assert (run.fte, run.missing_fte, run.people_count, run.post_count) == (150, 150, 2, 2)
    assert run.fte >= run.alone_fte
    assert {gain.partner: gain.together_fte for gain in gains_of(run)} == {
        partner: 100,
        neighbour: 50,
    }
    actions = list(AuditLine.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["plans.ask", "plans.done"]
    assert Introduction.objects.count() == 0


def test_plan_leaves_out_who_cannot_and_who_is_not_there(territory, person, post, nurse):
    need = post()
    person(available_until=date(2026, 12, 1))
    person(contracts=["vacation"])
    limited, met = person(), person()
    person(settled=True)
    limit_subject(subject=limited.subject, by=None, now=NOW)
    IntroductionFactory(need=need, candidate=met, closed=True)
    CandidateFactory(territory=territory, professions=[ProfessionFactory()])
    CandidateFactory(professions=[nurse])
    CandidateFactory(territory=territory, professions=[nurse], pending=True)
    pause_need(need=post(), by=None, now=NOW)

    run = planned(territory)

    assert (run.status, pairs(run)) == (PlanStatus.DONE, [])


def test_lock_holds_exclusion_holds_and_either_is_set_free(territory, person, post, coordinator):
    need = post()
    near, far = person(experience="over_20"), person(contracts=["vacation"])
    choose = {"need": need, "by": coordinator, "now": NOW}

    services.choose_pair(candidate=far, kind=PlanChoiceKind.LOCK, **choose)
    imposed = planned(territory)
    services.choose_pair(candidate=far, kind=PlanChoiceKind.EXCLUDE, **choose)
    services.choose_pair(candidate=near, kind=PlanChoiceKind.EXCLUDE, **choose)
    left_out = planned(territory)
    services.choose_pair(candidate=near, kind=None, **choose)
    services.choose_pair(candidate=near, kind=None, **choose)
    free = planned(territory)

    assert pairs(imposed) == [(far, need)]
    assert [line.choice for line in lines_of(imposed)] == ["exclude"]
    assert pairs(left_out) == []
    assert pairs(free) == [(near, need)]
    assert [(one.candidate, one.kind) for one in choices_in(free)] == [(far, "exclude")]
    told = AuditLine.objects.filter(action="plans.free").count()
    assert told == 1


@pytest.mark.parametrize(
    ("locks", "failure"),
    [
        ("one person at two posts", PlanFailure.LOCKED_TWICE),
        ("two people at one post", PlanFailure.TOO_MANY_LOCKS),
    ],
)
def test_choices_that_cannot_all_hold_are_told(territory, person, post, locks, failure):
    people, posts = [person(), person()], [post(), post()]
    wanted = (
        [(people[0], posts[0]), (people[0], posts[1])]
        if locks.startswith("one")
        else [(people[0], posts[0]), (people[1], posts[0])]
    )
    for candidate, need in wanted:
        services.choose_pair(
            candidate=candidate, need=need, kind=PlanChoiceKind.LOCK, by=None, now=NOW
        )

    run = planned(territory)

    assert (run.status, run.failure) == (PlanStatus.FAILED, failure)


def test_reserve_gives_each_person_a_second_proposal(territory, person, post):
    first, second = post(), post(fte_hundredths=80)
    only = person()

    run = planned(territory, proposals_per_person=2)

    assert [(line.need, line.is_alternative) for line in lines_of(run)] == [
        (first, False),
        (second, True),
    ]
    assert run.fte == 100
    assert pairs(run) == [(only, first), (only, second)]


def test_one_plan_is_computed_at_a_time(territory):
    run = services.ask_plan(territory=territory, by=None, now=NOW)

    with pytest.raises(services.PlanUnderWay) as refusal:
        services.ask_plan(territory=territory, by=None, now=NOW)

    assert refusal.value.run == run


def test_plan_taken_up_after_a_crash_says_the_same_and_a_done_one_stays(territory, person, post):
    need, only = post(), person()
    run = services.ask_plan(territory=territory, by=None, now=NOW)
    PlanRun.objects.update(status=PlanStatus.RUNNING, done_count=1)
    PlanLine.objects.create(run=run, candidate=only, need=need, fte=1, fit=1)

    run_due(clock=lambda: NOW)
    run.refresh_from_db()
    services.make_plan(run=run, now=NOW + timedelta(days=1))

    run.refresh_from_db()
    assert (run.status, run.done_at, pairs(run)) == (PlanStatus.DONE, NOW, [(only, need)])


def test_plan_that_is_not_the_best_is_never_kept(territory, person, post, monkeypatch):
    post()
    person()
    run = services.ask_plan(territory=territory, by=None, now=NOW)
    real = planning.plan
    monkeypatch.setattr(
        planning, "plan", lambda instance: planning.replace(real(instance), lines=())
    )

    with pytest.raises(services.PlanNotProved):
        services.make_plan(run=run, now=NOW)

    run.refresh_from_db()
    assert (run.status, PlanLine.objects.count()) == (PlanStatus.RUNNING, 0)


def test_line_becomes_one_introduction(territory, person, post, coordinator):
    need, only = post(), person()
    line = lines_of(planned(territory)).get()

    services.propose_line(line=line, by=coordinator, now=NOW)

    row = Introduction.objects.get()
    assert (row.candidate, row.need, row.state, line.introduction) == (
        only,
        need,
        "proposed",
        row,
    )
    with pytest.raises(services.LineTaken):
        services.propose_line(line=line, by=coordinator, now=NOW)
    stale = PlanLine.objects.get()
    stale.introduction_id = None
    with pytest.raises(services.AlreadyIntroduced):
        services.propose_line(line=stale, by=coordinator, now=NOW)


def test_people_gone_since_are_not_shown_and_erased_ones_are_not_kept(
    territory, person, post, settings, tmp_path
):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    post(positions=2)
    paused, gone = person(), person()
    services.choose_pair(
        candidate=gone, need=post(), kind=PlanChoiceKind.EXCLUDE, by=None, now=NOW
    )
    run = planned(territory)
    assert len(pairs(run)) == 2

    limit_subject(subject=paused.subject, by=None, now=NOW)
    erase_subject(subject=gone.subject, by=None, now=NOW)

    assert pairs(run) == []
    assert (PlanLine.objects.count(), PlanChoice.objects.count()) == (1, 0)


def test_needs_and_people_become_facts_and_the_unknown_stays_unknown(territory, nurse, town):
    bare = CandidateFactory(territory=territory, professions=[nurse], commune=None, zone=None)
    need = NeedFactory(profession=nurse, commune=town, starts_on=date(2026, 10, 1))
    asked = need_facts(need, on=TODAY)
    practices = list(bare.professions.select_related("profession", "specialty"))
    person = person_facts(bare, practices, [])

    assert (person.zones, person.available_from, person.available_to) == (None, None, NEVER)
    assert person.practices[0].registration.held is Held.UNKNOWN
    assert (asked.starts_on, asked.latest_start) == (TODAY, TODAY + timedelta(days=90))
    assert {condition.state for condition in fit(person, asked).conditions} == {
        State.MET,
        State.TO_CHECK,
    }


def test_licence_opens_a_locum_post_on_its_dates(territory, town):
    doctor = ProfessionFactory(code="general_practitioner")
    student = CandidateFactory(territory=territory, professions=[doctor], commune=town)
    student.professions.update(diploma="in_training", registration="not_yet")
    proof = ProofFactory(
        candidate=student, kind="locum_licence", expires_on=TODAY + timedelta(days=365)
    )
    need = NeedFactory(
        profession=doctor,
        commune=town,
        contract="locum",
        starts_on=TODAY + timedelta(days=30),
        ends_on=TODAY + timedelta(days=60),
    )
    practices = list(student.professions.select_related("profession", "specialty"))

    with_licence = fit(person_facts(student, practices, [proof]), need_facts(need, on=TODAY))
    proof.state = "refused"
    without = fit(person_facts(student, practices, [proof]), need_facts(need, on=TODAY))

    assert "right" not in [one.topic.value for one in with_licence.missing]
    assert "right" in [one.topic.value for one in without.missing]
