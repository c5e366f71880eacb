"""An aid kept by coordinators: its rule against two editors and its cases, amounts, dates."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ancrage.core.eligibility.facts import WrongFact
from ancrage.core.eligibility.values import Members
from ancrage.kit.models import AuditLine
from ancrage.schemes.enums import AmountPeriod, Verdict
from ancrage.schemes.models import Scheme, SchemeAmount
from ancrage.schemes.queries import SchemeFilter, amounts_of, in_inventory, schemes_matching
from ancrage.schemes.services import (
    AmountRefused,
    AmountSaid,
    CasesFail,
    CodeReserved,
    NotClosed,
    NothingToUndo,
    RuleChangedMeanwhile,
    SchemeChangedMeanwhile,
    TooManyCases,
    add_rule,
    close_scheme,
    create_scheme,
    differences_in,
    facts_as_json,
    facts_from_json,
    mark_checked,
    remove_case,
    reopen_scheme,
    restore_case,
    run_cases,
    save_case,
    set_amounts,
    try_rule,
    undo_dating,
    versions_of,
)
from ancrage.schemes.services import cases as cases_module
from ancrage.schemes.services.versions import Change
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.schemes.test_editing import FACTS, TODAY

YOUNG = {"age": Decimal(25)}


@pytest.fixture
def room(db):
    return create_scheme(
        code="chambre", rule="age <= 30", checked_on=TODAY, by=None, now=NOW, **FACTS
    )


def rewrite(scheme, text, *, applies_from=None, **more):
    return add_rule(scheme=scheme, text=text, applies_from=applies_from, by=None, now=NOW, **more)


def keep_case(scheme, name="À 25 ans", **changes):
    told = {"facts": YOUNG, "on": TODAY, "expected": Verdict.YES}
    return save_case(scheme=scheme, name=name, **{**told, **changes}, by=None, now=NOW)


def outcomes(scheme):
    return {one.case.name: one.found for one in run_cases(scheme=scheme)}


# --- Trying -------------------------------------------------------------------------------------


def test_trial_tells_answer_reasons_and_what_is_missing():
    text = "age <= 30\nune (\n  optam\n  secteur = secteur_1\n)"

    trial = try_rule(text=text, facts=YOUNG, on=TODAY)

    assert trial.names == ("age", "secteur", "optam")
    assert trial.verdict is Verdict.TO_CHECK
    assert trial.missing == ("Adhérent à l’OPTAM ou à l’OPTAM-ACO", "Secteur conventionnel")
    assert try_rule(text=text, facts={"age": 31}, on=TODAY).verdict is Verdict.NO


def test_trial_tells_each_fault_with_its_line():
    trial = try_rule(text="optam\nags <= 30\nage <= trente", facts={}, on=TODAY)

    assert [line for line, _sentence in trial.faults] == [2, 3]
    assert trial.faults[0][1].split("dire")[1].strip("\xa0 :?") == "age"
    assert trial.verdict is None


def test_facts_go_through_json_and_back():
    facts = {
        "age": Decimal("25.5"),
        "optam": True,
        "embauche_le": date(2026, 3, 1),
        "contrat": "cdi",
        "zones": Members(frozenset({"ZIP"}), whole=True),
    }

    told = facts_as_json(facts)

    assert told == {
        "age": "25.5",
        "optam": True,
        "embauche_le": "2026-03-01",
        "contrat": "cdi",
        "zones": ["ZIP"],
    }
    assert facts_from_json(told) == facts


@pytest.mark.parametrize(
    "told",
    [
        {"ags": 3},
        {"age": "beaucoup"},
        {"age": True},
        {"age": "NaN"},
        {"embauche_le": "hier"},
        {"zones": "ZIP"},
        {"zones": [3]},
        {"contrat": "cdx"},
    ],
)
def test_facts_of_another_kind_are_refused(told):
    with pytest.raises(WrongFact):
        facts_from_json(told)


# --- Rule and cases -----------------------------------------------------------------------------


def test_rule_written_by_two_at_once_is_not_overwritten(room):
    opened_on = room.rules.get().pk
    theirs = rewrite(room, "age <= 35", based_on=opened_on)

    with pytest.raises(RuleChangedMeanwhile) as refusal:
        rewrite(room, "age <= 40", based_on=opened_on)

    assert refusal.value.current == theirs


def test_rule_that_breaks_a_case_is_saved_only_when_confirmed(room):
    case = keep_case(room)

    with pytest.raises(CasesFail) as refusal:
        rewrite(room, "age <= 20")

    (result,) = refusal.value.results
    assert (result.case, result.found, result.passes) == (case, Verdict.NO, False)
    assert outcomes(room) == {"À 25 ans": Verdict.YES}
    rewrite(room, "age <= 20", despite_cases=True)
    assert outcomes(room) == {"À 25 ans": Verdict.NO}


def test_case_is_tried_with_the_rule_of_its_day(room):
    keep_case(room)
    keep_case(room, name="Avant", on=TODAY - timedelta(days=400))

    # Neither a rule to come nor one between the two days governs the other's.
    rewrite(room, "age <= 20", applies_from=TODAY + timedelta(days=1))
    rewrite(room, "age <= 28", applies_from=TODAY - timedelta(days=30))

    assert outcomes(room) == {"À 25 ans": Verdict.YES, "Avant": Verdict.YES}
    with pytest.raises(CasesFail) as refusal:
        rewrite(room, "age <= 18")
    assert [one.case.name for one in refusal.value.results] == ["Avant"]


def test_case_of_the_same_name_is_replaced_and_a_removed_one_comes_back(room):
    first = keep_case(room)
    assert keep_case(room, expected=Verdict.NO) == first
    assert [one.passes for one in run_cases(scheme=room)] == [False]

    for _twice in range(2):
        remove_case(case=first, by=None, now=NOW)
    assert run_cases(scheme=room) == []
    for _twice in range(2):
        restore_case(case=first, by=None, now=NOW)
    assert list(outcomes(room)) == ["À 25 ans"]


def test_case_whose_fact_is_gone_fails_and_says_nothing(room):
    case = keep_case(room)
    case.facts = {"fait_disparu": True}
    case.save()

    assert outcomes(room) == {"À 25 ans": None}


def test_cases_are_bounded(room, monkeypatch):
    monkeypatch.setattr(cases_module, "MOST_CASES", 1)
    keep_case(room)

    with pytest.raises(TooManyCases):
        keep_case(room, name="Un de trop")


def test_versions_tell_what_each_changed(room):
    rewrite(room, "age <= 30\noptam", applies_from=TODAY)
    rewrite(room, "age <= 35\noptam", applies_from=TODAY, note="Plafond relevé")

    newest, corrected, first = versions_of(scheme=room, on=TODAY)

    assert (newest.is_in_force, newest.until, newest.rule.note) == (True, None, "Plafond relevé")
    assert corrected.is_set_aside
    assert first.until == TODAY - timedelta(days=1)
    assert [(line.change, line.text) for line in newest.lines] == [
        (Change.REMOVED, "age <= 30"),
        (Change.ADDED, "age <= 35"),
        (Change.KEPT, "optam"),
    ]
    assert differences_in("", "a")[0].change is Change.ADDED


# --- Amounts ------------------------------------------------------------------------------------


def said(low=100_00, high=None, **more):
    return AmountSaid(AmountPeriod.MONTH, low, low if high is None else high, **more)


def amounts(scheme):
    return [(one.rank, one.low) for one in amounts_of([scheme]).get(scheme.pk, ())]


def test_amounts_are_written_as_a_whole(room):
    set_amounts(scheme=room, amounts=[said(1), said(2)], revision=1, by=None, now=NOW)
    shorter = set_amounts(scheme=room, amounts=[said(3)], revision=2, by=None, now=NOW)
    assert amounts(room) == [(1, 3)]

    same = set_amounts(scheme=room, amounts=[said(3)], revision=3, by=None, now=NOW)
    assert shorter.revision == same.revision == 3
    set_amounts(scheme=room, amounts=[said(3), said(4)], by=None, now=NOW)
    assert amounts(room) == [(1, 3), (2, 4)]
    assert SchemeAmount.objects.filter(scheme=room).count() == 2


@pytest.mark.parametrize("wrong", [said(10, 5), said(rule="ags <= 3")])
def test_amount_that_cannot_be_is_refused_by_its_number(room, wrong):
    with pytest.raises(AmountRefused) as refusal:
        set_amounts(scheme=room, amounts=[said(), wrong], by=None, now=NOW)

    assert refusal.value.number == 2
    assert amounts(room) == []


def test_amounts_of_an_aid_changed_meanwhile_are_refused(room):
    set_amounts(scheme=room, amounts=[said()], revision=1, by=None, now=NOW)

    with pytest.raises(SchemeChangedMeanwhile):
        set_amounts(scheme=room, amounts=[], revision=1, by=None, now=NOW)


# --- Dates --------------------------------------------------------------------------------------


def test_last_date_given_is_taken_back_within_a_day(room):
    close_scheme(scheme=room, on=TODAY, by=None, now=NOW)
    assert undo_dating(scheme=room, by=None, now=NOW).closes_on is None
    with pytest.raises(NothingToUndo):
        undo_dating(scheme=room, by=None, now=NOW)

    Scheme.objects.update(closes_on=TODAY)
    reopen_scheme(scheme=room, by=None, now=NOW)
    assert undo_dating(scheme=room, by=None, now=NOW).closes_on == TODAY


def test_date_given_long_ago_or_changed_since_stays(room):
    earlier = TODAY - timedelta(days=3)
    mark_checked(scheme=room, on=earlier, by=None, now=NOW)
    with pytest.raises(NothingToUndo):
        undo_dating(scheme=room, by=None, now=NOW + timedelta(days=2))

    Scheme.objects.update(checked_on=TODAY)
    with pytest.raises(NothingToUndo):
        undo_dating(scheme=room, by=None, now=NOW)


def test_aid_that_is_open_is_not_reopened(room):
    with pytest.raises(NotClosed):
        reopen_scheme(scheme=room, by=UserFactory(), now=NOW)

    assert not AuditLine.objects.filter(action="scheme.reopened").exists()


@pytest.mark.django_db
def test_aid_takes_the_address_of_no_page():
    with pytest.raises(CodeReserved):
        create_scheme(
            code="mes-aides", rule="age <= 30", checked_on=TODAY, by=None, now=NOW, **FACTS
        )


def test_list_of_what_must_be_read_again_begins_with_the_longest_overdue(room):
    late = create_scheme(
        code="tard",
        rule="age <= 30",
        checked_on=TODAY - timedelta(days=800),
        by=None,
        now=NOW,
        **FACTS,
    )
    Scheme.objects.filter(pk=room.pk).update(checked_on=TODAY - timedelta(days=400))
    asked = SchemeFilter(overdue_only=True)

    ours = in_inventory(Scheme.objects.filter(pk__in=[late.pk, room.pk]))

    assert list(schemes_matching(ours, asked, on=TODAY)) == [late, room]
    assert list(schemes_matching(ours, asked, on=date(2000, 1, 1))) == []
