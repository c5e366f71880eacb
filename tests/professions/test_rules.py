"""The rules of bridges as coordinators keep them: written, refused, checked, closed, undone."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from ancrage.kit.models import AuditLine
from ancrage.professions.enums import BridgeKind, BridgeRhythm, ProfessionEvent
from ancrage.professions.models import BridgeFunding, ProfessionBridge, Qualification
from ancrage.professions.queries import RuleFilter, RuleState, bridges_matching, fundings_matching
from ancrage.professions.services import (
    NothingToUndo,
    RuleAlreadyClosed,
    RuleChangedMeanwhile,
    RuleNotClosed,
    check_rule,
    close_rule,
    load_bridges,
    network_on,
    reopen_rule,
    save_rule,
    undo_change,
    version_of,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def title(code):
    return Qualification.objects.get(code=code)


def facts(**changed):
    return {
        "origin": title("care_assistant"),
        "target": title("nurse"),
        "kind": BridgeKind.FULL_COURSE,
        "rhythm": BridgeRhythm.FULL_TIME,
        "months": 30,
        "source": "https://exemple.test/regle",
        "checked_on": TODAY,
        **changed,
    }


def save(rule, **values):
    return save_rule(rule=rule, by=None, now=NOW, **values)


def bridge(code="nurse-second-year-from-aide"):
    return ProfessionBridge.objects.get(code=code)


def test_new_bridge_is_taken_by_the_ways_and_kept_by_the_loads():
    written = save(ProfessionBridge(), **facts(conditions=[{"kind": "fact", "fact": "selected"}]))

    load_bridges(by=None, now=NOW)

    assert written.code == "nurse-care-assistant-1"
    assert written.code in {one.key for one in network_on(on=TODAY).bridges}
    line = AuditLine.objects.get(action=ProfessionEvent.RULE_WRITTEN)
    assert (line.target_id, line.changes) == (str(written.pk), {})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"target": "care_assistant"}, "target"),
        ({"in_force_from": date(2026, 2, 1), "in_force_to": date(2026, 1, 1)}, "in_force_to"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_on"),
        ({"conditions": [{"kind": "title", "any_of": ["astronaut"]}]}, "conditions"),
        (
            {"conditions": [{"kind": "seniority", "months": 3, "professions": ["astronaut"]}]},
            "conditions",
        ),
        ({"conditions": [{"kind": "fact", "fact": "rich"}]}, "conditions"),
        ({"fundings": ["uncle"]}, "fundings"),
        ({"source": "nowhere"}, "source"),
    ],
)
def test_bridge_that_cannot_be_is_refused_beside_its_field(changed, field):
    values = facts(**changed)
    if isinstance(values["target"], str):
        values["target"] = title(values["target"])

    with pytest.raises(ValidationError) as refusal:
        save(ProfessionBridge(), **values)

    assert list(refusal.value.error_dict) == [field]
    assert not AuditLine.objects.filter(action=ProfessionEvent.RULE_WRITTEN).exists()


def test_service_owed_for_more_than_five_years_is_refused():
    funding = BridgeFunding.objects.get(code="study_promotion")

    with pytest.raises(ValidationError) as refusal:
        save(funding, owed_most_months=61)

    assert refusal.value.message_dict == {
        "owed_most_months": ["L’engagement ne dépasse pas 5 ans : écrivez 60 mois au plus."]
    }


def test_change_is_dated_and_undone_unless_something_came_after():
    changed = save(bridge(), months=30, conditions=[], version=version_of(bridge()))
    before = AuditLine.objects.get(action=ProfessionEvent.RULE_CHANGED).changes["months"]

    undone = undo_change(rule=changed, by=None, now=NOW)

    assert (before, undone.months) == ([27, 30], 27)
    assert bridge().conditions[0]["kind"] == "seniority"
    with pytest.raises(NothingToUndo):
        undo_change(rule=bridge(), by=None, now=NOW)


def test_form_opened_before_somebody_saved_is_told():
    version = version_of(bridge())
    save(bridge(), months=30, version=version)

    with pytest.raises(RuleChangedMeanwhile):
        save(bridge(), months=36, version=version)


def test_check_renews_the_trust_in_a_rule_and_is_undone():
    ProfessionBridge.objects.filter(code=bridge().code).update(checked_on=date(2020, 1, 1))

    checked = check_rule(rule=bridge(), by=None, now=NOW)

    assert not checked.is_to_check_again(TODAY)
    assert undo_change(rule=checked, by=None, now=NOW).checked_on == date(2020, 1, 1)


def test_closed_rule_leaves_the_ways_until_it_is_reopened():
    closed = close_rule(rule=bridge(), by=None, now=NOW)

    assert closed.code not in {one.key for one in network_on(on=TODAY).bridges}
    with pytest.raises(RuleAlreadyClosed):
        close_rule(rule=bridge(), by=None, now=NOW)
    reopened = reopen_rule(rule=bridge(), by=None, now=NOW)
    assert reopened.code in {one.key for one in network_on(on=TODAY).bridges}
    with pytest.raises(RuleNotClosed):
        reopen_rule(rule=bridge(), by=None, now=NOW)


def test_rules_are_found_by_words_ends_and_state():
    ProfessionBridge.objects.filter(code=bridge().code).update(checked_on=date(2020, 1, 1))
    close_rule(rule=bridge("health-manager"), by=None, now=NOW)
    ProfessionBridge.objects.filter(code="advanced-practice").update(in_force_to=date(2020, 1, 1))

    def found(**asked):
        rows = bridges_matching(ProfessionBridge.objects.all(), RuleFilter(**asked), on=TODAY)
        return [one.code for one in rows]

    assert found(origin="care_assistant", target="nurse") == [
        "nurse-apprentice-from-aide",
        "nurse-second-year-from-aide",
    ]
    assert found(text="health-manager") == []
    assert found(state=RuleState.TO_CHECK) == [bridge().code]
    assert found(state=RuleState.CLOSED) == ["health-manager"]
    assert found(state=RuleState.OVER) == ["advanced-practice"]
    paying = fundings_matching(
        BridgeFunding.objects.all(), RuleFilter(text="apprentissage"), on=TODAY
    )
    assert [one.code for one in paying] == ["apprenticeship"]


def test_command_lists_what_must_be_read_again():
    ProfessionBridge.objects.filter(code=bridge().code).update(checked_on=date(2020, 1, 1))
    told, found = StringIO(), StringIO()

    with pytest.raises(SystemExit):
        call_command("check_bridges", "--on", "2026-11-22", stdout=told)
    with pytest.raises(SystemExit):
        call_command("check_bridges", "--on", "2026-11-22", "--json", stdout=found)

    assert (
        told.getvalue()
        .splitlines()[0]
        .startswith(
            "nurse-second-year-from-aide : lue le 01/01/2020, à relire depuis le 31/12/2020"
        )
    )
    assert '"due_on": "2020-12-31"' in found.getvalue()
    with pytest.raises(CommandError):
        call_command("check_bridges", "--on", "demain")
