"""The plan of the runs to open: from rows to rows, followed, replayed, stopped."""

from datetime import date

import pytest
from django.core.management import call_command

from ancrage.kit.models import OutboxTask
from ancrage.training import services
from ancrage.training.enums import WishPriority
from ancrage.training.models import Enrolment, OpeningPlan
from ancrage.training.queries import left_of, needs_of, options_of, served_counts
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    CourseRunFactory,
    TrainingWishFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def ask(field, *, people=2, **facts):
    needs = [services.NeededPeople(field.course.profession, date(2028, 1, 1), people)]
    return services.ask_opening_plan(
        territory=field.territory, needs=needs, by=field.coordinator, now=NOW, **facts
    )


@pytest.fixture
def wished(field):
    """Two possible runs, near and far; two wishes near, one for the profession, one nowhere."""
    far = CommuneFactory(latitude=48.11, longitude=-1.68)
    facts = {"course": field.course, "planned": True, "least": 2, "cost_cents": 900_000}
    field.near = CourseRunFactory(commune=field.pornic, **facts)
    field.far = CourseRunFactory(commune=far, **facts)
    wish = {"territory": field.territory, "commune": field.pornic, "reach_km": 20}
    field.wishes = [
        TrainingWishFactory(course=field.course, **wish),
        TrainingWishFactory(
            candidate=CandidateFactory(territory=field.territory),
            course=None,
            profession=field.course.profession,
            **wish,
        ),
        TrainingWishFactory(course=field.course, months=["2027-06"], **wish),
    ]
    return field


def test_plan_opens_the_run_that_serves_and_says_why_not_the_rest(wished):
    plan = ask(wished)

    call_command("run_outbox", verbosity=0)

    plan.refresh_from_db()
    assert (plan.state, plan.proof, plan.points, plan.bound, plan.cost) == (
        "done",
        "proved",
        4,
        4,
        9000,
    )
    assert [
        (one.run_id, one.opens, one.why_closed, one.could_come) for one in options_of(plan)
    ] == [
        (wished.near.pk, True, "", 2),
        (wished.far.pk, False, "few", 0),
    ]
    assert [(one.wish_id, one.why_not) for one in left_of(plan)] == [
        (wished.wishes[2].pk, "no_run")
    ]
    assert [(one.people, one.covered, one.why_missing) for one in needs_of(plan)] == [(2, 2, "")]
    assert served_counts(plan) == {"asked": 3, "served": 2}


def test_accepted_run_opens_and_offers_its_places_once(wished):
    plan = ask(wished)
    services.make_opening_plan(plan=plan, now=NOW)
    option = options_of(plan)[0]
    subjects = [wish.subject_id for wish in wished.wishes[:2]]

    offered = services.accept_option(
        option=option, names={subjects[0]: ("Camille", "Fictive")}, by=wished.coordinator, now=NOW
    )

    wished.near.refresh_from_db()
    assert (wished.near.state, wished.near.taken) == ("open", 2)
    assert [(one.subject_id, one.name, one.state, one.shared_at) for one in offered] == [
        (subjects[0], "Camille Fictive", "accepted", None),
        (subjects[1], "", "accepted", None),
    ]
    with pytest.raises(services.OptionTaken):
        services.accept_option(option=option, names={}, by=None, now=NOW)
    assert Enrolment.objects.count() == 2
    # Played again, the plan leaves out whoever has been offered a place.
    replay = ask(wished)
    services.make_opening_plan(plan=replay, now=NOW)
    assert [one.wish_id for one in left_of(replay)] == [wished.wishes[2].pk]


def test_budget_and_priorities_decide(wished):
    services.set_priority(wish=wished.wishes[0], priority=WishPriority.HIGHEST, by=None, now=NOW)
    plan = ask(wished, budget=5_000, need_worth=3)

    services.make_opening_plan(plan=plan, now=NOW)

    assert (plan.points, plan.cost) == (0, 0)
    assert [one.why_closed for one in options_of(plan)] == ["dear", "few"]
    assert [one.why_missing for one in needs_of(plan)] == ["few"]


def test_one_plan_at_a_time_and_none_without_wishes(wished, field):
    plan = ask(wished)
    with pytest.raises(services.PlanUnderWay):
        ask(wished)

    services.stop_opening_plan(plan=plan, by=field.coordinator, now=NOW)
    call_command("run_outbox", verbosity=0)

    plan.refresh_from_db()
    assert plan.state == "stopped"
    assert not OutboxTask.objects.filter(done_at__isnull=True).exists()
    for wish in wished.wishes:
        services.withdraw_wish(wish=wish, by=None, now=NOW)
    with pytest.raises(services.NothingToPlan):
        ask(wished)


def test_plan_stopped_on_the_way_keeps_what_it_found(wished, monkeypatch):
    plan = ask(wished)
    OpeningPlan.objects.filter(pk=plan.pk).update(state="running")
    services.stop_opening_plan(plan=plan, by=None, now=NOW)
    monkeypatch.setattr("ancrage.training.services.planning._STEPS_BETWEEN_LOOKS", 1)

    services.make_opening_plan(plan=plan, now=NOW)

    assert plan.state == "done"
    assert plan.bound >= plan.points
    assert plan.stop_asked_at is None
    assert OpeningPlan.objects.get(pk=plan.pk).stop_asked_at == NOW
