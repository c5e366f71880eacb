"""A roadmap as it stood on the last day of a report: moves before, during, after, taken back."""

from datetime import UTC, date, datetime

import pytest

from ancrage.roadmap import services
from ancrage.roadmap.enums import ActionState
from tests.factories import PartnerFactory, TerritoryFactory
from tests.factories.roadmap import (
    AxisFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RoadmapFactory,
)

pytestmark = pytest.mark.django_db

PLANNED, RUNNING = ActionState.PLANNED, ActionState.RUNNING
DONE, STOPPED = ActionState.DONE, ActionState.STOPPED
# The report is that of February to May; it is computed in November.
NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)

NEW_YEAR = datetime(2026, 1, 5, 9, tzinfo=UTC)


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def axis():
    return AxisFactory(roadmap=RoadmapFactory(territory=TerritoryFactory()), rank=1)


def an_action(axis, title, *moves, now=NEW_YEAR, **facts):
    """Add an action of January to June and take it through (moment, state) moves."""
    named = {"outside_body": "Organisme fictif", "starts_on": date(2026, 1, 10)}
    action = services.add_action(
        axis=axis,
        title=title,
        **{**named, "ends_on": date(2026, 6, 30), **facts},
        by=None,
        now=now,
    )
    for moment, state in moves:
        move(action, state, moment)
    return action


def move(action, state, moment):
    services.move_action(action=action, to=state, reason="Faute d’argent.", by=None, now=moment)


def told(axis, *, now=NOW, ends_on=date(2026, 5, 31)):
    report = services.create_report(
        territory=axis.roadmap.territory,
        starts_on=date(2026, 2, 1),
        ends_on=ends_on,
        roadmap=axis.roadmap,
        by=None,
        now=now,
    )
    return report.contents["roadmap"]


def states(roadmap):
    return {one["title"]: one["state_key"] for one in roadmap["axes"][0]["actions"]}


def test_states_are_those_of_the_last_day_whatever_came_after(axis):
    an_action(axis, "Avant", (at(1, 20), RUNNING))
    an_action(axis, "Pendant", (at(1, 20), RUNNING), (at(3, 1), DONE))
    an_action(axis, "Après", (at(1, 20), RUNNING), (at(6, 1), DONE))
    an_action(axis, "Arrêtée depuis", (at(6, 2), STOPPED))
    an_action(axis, "Arrêtée alors, reprise", (at(4, 1), STOPPED), (at(7, 1), RUNNING))
    an_action(axis, "Le dernier soir", (datetime(2026, 5, 31, 21, 59, tzinfo=UTC), RUNNING))
    an_action(axis, "Le lendemain", (datetime(2026, 5, 31, 22, 0, tzinfo=UTC), RUNNING))

    roadmap = told(axis)

    assert states(roadmap) == {
        "Avant": "running",
        "Pendant": "done",
        "Après": "running",
        "Arrêtée depuis": "planned",
        "Arrêtée alors, reprise": "stopped",
        "Le dernier soir": "running",
        "Le lendemain": "planned",
    }
    assert [one["count"] for one in roadmap["states"]] == [2, 3, 1, 1]
    [stopped] = [one for one in roadmap["axes"][0]["actions"] if one["state_key"] == "stopped"]
    assert stopped["reason"] == "Faute d’argent."
    assert roadmap["on"] == "31 mai 2026"
    assert roadmap["untold"] == []


def test_move_taken_back_never_was_even_if_the_period_ended_meanwhile(axis):
    undone = an_action(axis, "Annulé pendant", (at(1, 20), RUNNING), (at(4, 1), DONE))
    services.undo_action_move(action=undone, by=None, now=at(4, 1, 12))
    across = an_action(axis, "Annulé après", (at(1, 20), RUNNING), (at(5, 31, 18), DONE))
    services.undo_action_move(action=across, by=None, now=at(6, 1, 8))

    assert states(told(axis)) == {"Annulé pendant": "running", "Annulé après": "running"}


def test_lateness_is_judged_on_that_day_with_the_dates_and_the_leader_of_then(axis):
    hospital = PartnerFactory(territory=axis.roadmap.territory, name="Hôpital fictif")
    late = an_action(
        axis, "Reportée", (at(1, 20), RUNNING), owner=hospital, ends_on=date(2026, 4, 30)
    )
    services.edit_action(
        action=late,
        revision=late.revision,
        owner=None,
        outside_body="Autre organisme",
        ends_on=date(2026, 9, 30),
        by=None,
        now=at(6, 15),
    )
    an_action(axis, "Pas encore", (at(1, 20), RUNNING))

    roadmap = told(axis)

    assert [
        (one["title"], one["led_by"], one["ends_on"], one["late"])
        for one in roadmap["axes"][0]["actions"]
    ] == [
        ("Reportée", "Hôpital fictif, Organisme fictif", "2026-04-30", True),
        ("Pas encore", "Organisme fictif", "2026-06-30", False),
    ]
    assert roadmap["late"] == [
        {
            "label": "Reportée",
            "axis": 1,
            "led_by": "Hôpital fictif, Organisme fictif",
            "due": "30 avril 2026",
        }
    ]


def test_milestones_are_those_of_that_day(axis):
    action = an_action(axis, "Action", (at(1, 20), RUNNING))
    spring, autumn = date(2026, 4, 1), date(2026, 10, 1)

    def milestone(title, due_on, *, added, reached=None):
        row = services.add_milestone(action=action, title=title, due_on=due_on, by=None, now=added)
        if reached:
            services.reach_milestone(milestone=row, on=reached, by=None, now=NOW)
        return row

    milestone("Atteint", spring, added=at(1, 6), reached=date(2026, 3, 1))
    milestone("Atteint après", spring, added=at(1, 6), reached=date(2026, 6, 2))
    milestone("À venir", autumn, added=at(1, 6))
    milestone("Inscrit depuis", autumn, added=at(7, 1), reached=date(2026, 8, 1))
    milestone("Dit depuis", spring, added=at(7, 1), reached=date(2026, 5, 2))

    roadmap = told(axis)

    assert roadmap["axes"][0]["actions"][0]["milestones"] == "2 sur 4"
    assert [one["label"] for one in roadmap["late"]] == ["Atteint après"]


def test_values_owed_on_that_day_stay_owed_though_given_since(axis):
    given, since = (
        IndicatorFactory(axis=axis, title=title, created_at=at(1, 5))
        for title in ("Donnée", "Donnée depuis")
    )
    IndicatorFactory(axis=axis, title="Inscrit depuis", created_at=at(7, 1))
    IndicatorValueFactory(indicator=given, given_at=at(1, 15), replaced_at=at(8, 1))
    IndicatorValueFactory(indicator=given, given_at=at(8, 1))
    IndicatorValueFactory(indicator=since, given_at=at(8, 1))

    assert [one["label"] for one in told(axis)["late"]] == ["Donnée depuis"]


def test_what_cannot_be_told_of_that_day_is_said(axis):
    action = an_action(axis, "Action", (at(1, 20), RUNNING))
    removed = an_action(axis, "Retirée depuis")
    services.remove_action(action=removed, by=None, now=at(7, 1))
    for month in (6, 8):
        an_action(axis, f"Inscrite en {month}", now=at(month, 1))
    kept, gone = (
        services.add_milestone(
            action=action, title=title, due_on=date(2026, 4, 1), by=None, now=at(1, 6)
        )
        for title in ("Repoussé", "Retiré")
    )
    services.edit_milestone(
        milestone=kept, title="Repoussé", due_on=date(2026, 12, 1), by=None, now=at(7, 1)
    )
    services.remove_milestone(milestone=gone, by=None, now=at(7, 1))

    now, next_year = (
        told(axis),
        told(axis, now=at(11, 17).replace(year=2027), ends_on=date(2026, 4, 30)),
    )

    assert states(now) == {"Action": "running"}
    assert [one.replace("\xa0", " ") for one in now["untold"]] == [
        "2 actions inscrites depuis n’y étaient pas encore.",
        "1 action retirée depuis n’est pas dite.",
        "1 jalon retiré depuis n’est pas compté.",
        "Des jalons ont changé d’échéance depuis : leur retard est jugé sur celle d’aujourd’hui.",
    ]
    assert next_year["untold"][-1].replace("\xa0", " ") == (
        "Le journal se garde un an : les pilotes et les dates des actions sont ceux du "
        "17 novembre 2026."
    )


def test_while_the_period_runs_the_day_is_that_of_reading(axis):
    an_action(axis, "Action", (at(1, 20), RUNNING), ends_on=date(2026, 11, 10))

    roadmap = told(axis, ends_on=date(2026, 12, 31))

    assert roadmap["on"] == "16 novembre 2026"
    assert [one["label"] for one in roadmap["late"]] == ["Action"]
