"""Bridges are loaded without losing what people changed, and tell the ways to a profession."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from ancrage.core.bridges.judge import violations
from ancrage.core.bridges.values import Holding, Paper, Person, Practice, Sector
from ancrage.kit.models import AuditLine
from ancrage.kit.reference import FieldChange
from ancrage.professions import services
from ancrage.professions.models import (
    BridgeFunding,
    Profession,
    ProfessionBridge,
    Qualification,
)
from ancrage.professions.queries import bridges_from, bridges_to, bridges_to_check_again
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
ORDERLY = Person(
    "orderly",
    DAY,
    titles=(Holding("hospital_orderly"),),
    practices=(Practice("hospital_orderly", 20),),
    sector=Sector.HOSPITAL_SERVICE,
)
AIDE = Person(
    "aide",
    DAY,
    titles=(Holding("care_assistant"),),
    practices=(Practice("care_assistant", 40),),
    sector=Sector.HOSPITAL_SERVICE,
    papers=(Paper("afgsu_2", date(2026, 12, 31)),),
    words=frozenset({(services.fact_key("selected", "nurse-second-year-from-aide"), True)}),
)


def route(path):
    return [step.bridge for step in path.steps]


def load():
    return services.load_bridges(by=None, now=NOW)


def test_load_bridges_on_an_empty_database_creates_everything_then_changes_nothing():
    ProfessionBridge.objects.all().delete()
    BridgeFunding.objects.all().delete()
    Qualification.objects.all().delete()

    created = [len(difference.created) for difference in load()]

    assert created == [
        Qualification.objects.count(),
        BridgeFunding.objects.count(),
        ProfessionBridge.objects.count(),
    ]
    assert created[1:] == [9, 58]
    assert [bool(difference) for difference in load()] == [False, False, False]
    assert not AuditLine.objects.filter(action="professions.load_bridges").exists()


def test_load_keeps_what_an_operator_changed_and_corrects_the_rest():
    kept = ProfessionBridge.objects.get(code="advanced-practice")
    kept.checked_on = date(2027, 3, 1)
    kept.save()
    stale = ProfessionBridge.objects.get(code="health-manager")
    stale.reference["months"] = stale.months = 9
    stale.save()

    bridges = load()[2]

    assert bridges.kept == (
        FieldChange("advanced-practice", "checked_on", date(2027, 3, 1), date(2026, 11, 20)),
    )
    assert bridges.changed == (FieldChange("health-manager", "months", 9, 10),)
    (line,) = AuditLine.objects.filter(action="professions.load_bridges")
    assert line.changes == {"Passerelles entre métiers": [57, "+0 ~1 −0 ↑0"]}


def test_ways_from_service_worker_to_advanced_practice_hold():
    network = services.network_on(on=DAY)

    ways = services.paths_for(person=ORDERLY, goal="advanced_practice_nurse", on=DAY)

    assert violations(network.bridges, ORDERLY, "advanced_practice_nurse", ways.paths) == []
    assert [(path.months, path.lost, route(path)) for path in ways.paths[-1:]] == [
        (112, 0, ["nurse-by-continuing-education", "advanced-practice"])
    ]


def test_care_assistant_sees_what_is_missing_and_who_pays_to_become_a_nurse():
    (path,) = services.paths_for(person=AIDE, goal="nurse", on=DAY).paths

    (step,) = path.steps
    assert (step.bridge, step.begins_on, step.ends_on) == (
        "nurse-second-year-from-aide",
        DAY,
        date(2029, 2, 22),
    )
    assert [(check.state.name, check.reason.value) for check in step.checks] == [
        ("MET", "held"),
        ("MET", "held"),
        ("MET", "held"),
        ("TO_CHECK", "not_told"),
        ("MET", "held"),
    ]
    assert [(one.funding, one.state.name, one.owed) for one in step.can_pay] == [
        ("training_plan", "TO_CHECK", 0),
        ("study_promotion", "TO_CHECK", 60),
        ("", "MET", 0),
    ]


def test_admission_to_one_school_says_nothing_of_another():
    refused = Person(
        "refused",
        DAY,
        titles=AIDE.titles,
        practices=AIDE.practices,
        words=frozenset({(services.fact_key("selected", "nurse-second-year-from-aide"), False)}),
    )

    ways = services.paths_for(person=refused, goal="nurse", on=DAY)

    assert [closed.bridge for closed in ways.closed] == ["nurse-second-year-from-aide"]
    assert ["nurse-by-continuing-education"] in [route(path) for path in ways.paths]
    assert services.fact_key("age_17", "x") == "age_17"


def test_rule_that_is_over_shuts_its_bridge():
    ProfessionBridge.objects.filter(code="medical-assistant-certificate").update(
        in_force_to=DAY - timedelta(days=1)
    )
    secretary = Person("s", DAY, titles=(Holding("medical_secretary"),), all_titles_told=True)

    ways = services.paths_for(person=secretary, goal="medical_assistant", on=DAY)

    assert ("medical-assistant-certificate", "expired", DAY) in [
        (closed.bridge, closed.why.value, closed.day) for closed in ways.closed
    ]


def test_bridge_or_funding_taken_from_the_lists_is_no_longer_used():
    ProfessionBridge.objects.exclude(code="nurse-second-year-from-aide").update(
        valid_to=DAY - timedelta(days=1)
    )
    BridgeFunding.objects.filter(code="training_plan").update(valid_to=DAY - timedelta(days=1))

    (bridge,) = services.network_on(on=DAY).bridges

    assert [funding.key for funding in bridge.fundings] == ["study_promotion"]


def test_people_who_could_reach_a_profession_and_what_closes_its_shortage():
    people = (ORDERLY, AIDE)

    found = services.people_reaching(people=people, goal="care_assistant", on=DAY)
    everything, *_ways = services.reliefs_for(
        people=people, goal="care_assistant", posts=1, on=DAY
    )

    assert [(one.person, one.months) for one in found] == [("orderly", 11)]
    assert (everything.closes_in, everything.within(12)) == (11, 1)


def test_bridges_around_a_profession_are_those_whose_rules_are_not_over():
    aide = Profession.objects.get(code="care_assistant")
    ProfessionBridge.objects.filter(code="childcare-from-aide").update(in_force_to=TODAY)

    leaving = [bridge.code for bridge in bridges_from(aide, on=TODAY)]
    then = [bridge.code for bridge in bridges_from(aide, on=TODAY + timedelta(days=1))]

    assert leaving == [
        "asg-care-assistant",
        "childcare-from-aide",
        "medical-assistant-care-assistant",
        "nurse-apprentice-from-aide",
        "nurse-second-year-from-aide",
    ]
    assert [code for code in leaving if code not in then] == ["childcare-from-aide"]
    assert "aide-by-selection" in [bridge.code for bridge in bridges_to(aide, on=TODAY)]


def test_bridge_checked_too_long_ago_is_to_check_again():
    bridge = ProfessionBridge.objects.get(code="advanced-practice")
    last = bridge.checked_on + timedelta(days=365)

    assert not bridge.is_to_check_again(last)
    assert bridge.is_to_check_again(last + timedelta(days=1))
    assert not bridges_to_check_again(last).exists()
    assert bridges_to_check_again(last + timedelta(days=1)).count() == 58


def test_labels_and_notes_speak_the_language_of_the_page():
    bridge = ProfessionBridge.objects.get(code="theatre-acts")
    funding = BridgeFunding.objects.get(code="region")

    assert (str(bridge), str(funding), bridge.note[:18]) == (
        "Infirmier en soins généraux (IDE) → Infirmier autorisé à des actes de bloc "
        "(mesure transitoire)",
        "Région",
        "Mesure transitoire",
    )
    with translation.override("en"):
        assert (str(bridge.target), str(funding), bridge.note[:20]) == (
            "Nurse allowed some operating theatre acts (transitional)",
            "Regional council",
            "Transitional measure",
        )
        assert str(ProfessionBridge.objects.get(code="aide-by-selection")) == (
            "Everybody → Care assistant"
        )


@pytest.mark.parametrize(
    "change",
    [
        {"origin_id": "target_id"},
        {"in_force_from": date(2026, 1, 2), "in_force_to": date(2026, 1, 1)},
    ],
)
def test_bridge_that_makes_no_sense_is_refused_by_the_database(change):
    bridge = ProfessionBridge.objects.get(code="advanced-practice")
    values = {
        name: getattr(bridge, value) if name == "origin_id" else value
        for name, value in change.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        ProfessionBridge.objects.filter(pk=bridge.pk).update(**values)


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (ProfessionBridge, "conditions", [{"kind": "luck"}]),
        (ProfessionBridge, "intakes", [13]),
        (BridgeFunding, "sectors", ["moon"]),
        (BridgeFunding, "kept_percent", 101),
    ],
)
def test_rule_that_cannot_be_read_is_refused(model, field, value):
    row = model.objects.order_by("pk").first()
    setattr(row, field, value)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert set(refused.value.message_dict) == {field}
