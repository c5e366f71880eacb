"""The typed inventory: read, loaded, loaded again, and kept as coordinators mended it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ancrage.core.eligibility.printing import text_of
from ancrage.core.eligibility.values import facts_in
from ancrage.kit.models import AuditLine
from ancrage.schemes.enums import RepaymentKind
from ancrage.schemes.models import NonCumulationGroup, Scheme, SchemeAmount, SchemeRule
from ancrage.schemes.queries import rules_on
from ancrage.schemes.reference.catalogue import GROUPS, SCHEMES
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services import add_rule, edit_scheme, load_schemes
from ancrage.schemes.services.rules import read_rule
from tests.factories.moments import NOW

TODAY = NOW.date()


def test_inventory_holds_the_forty_aids_and_more():
    assert len(SCHEMES) == 48
    assert len({row.code for row in SCHEMES}) == 48
    assert {code for group in GROUPS for code in group.schemes} <= {row.code for row in SCHEMES}


def test_every_rule_is_written_as_the_language_writes_it():
    texts = [
        text for row in SCHEMES for text in (row.rule, *(a.rule for a in row.amounts)) if text
    ]

    assert [text for text in texts if text_of(read_rule(text)) != text] == []


def test_every_fact_serves_some_rule():
    rules = [read_rule(row.rule) for row in SCHEMES]
    amounts = [read_rule(one.rule) for row in SCHEMES for one in row.amounts if one.rule]

    assert set(fact_rows()) - set().union(*map(facts_in, [*rules, *amounts])) == set()


def test_every_aid_has_its_source_its_dates_and_both_languages():
    for row in SCHEMES:
        assert row.source[0], row.code
        assert row.source[1].startswith("http"), row.code
        assert row.checked <= date(2026, 11, 22), row.code
        assert all(row.label + row.content), row.code
        assert row.receivers, row.code
        assert bool(row.owed.words[0]) is (row.owed.repayment is not RepaymentKind.NONE), row.code


@pytest.mark.django_db
def test_load_is_safe_to_repeat():
    Scheme.objects.all().delete()
    NonCumulationGroup.objects.all().delete()

    first = load_schemes(by=None, now=NOW)
    again = load_schemes(by=None, now=NOW + timedelta(days=1))

    assert [len(one.created) for one in first] == [
        48,
        48,
        sum(len(row.amounts) for row in SCHEMES),
        3,
    ]
    assert [bool(one) for one in again] == [False] * 4
    assert (Scheme.objects.count(), SchemeRule.objects.count()) == (48, 48)
    assert not AuditLine.objects.exists()
    group = NonCumulationGroup.objects.get(code="docteur-junior-ou-transport")
    assert {scheme.code for scheme in group.schemes.all()} == {
        "docteur-junior-zip",
        "transport-interne",
    }
    closed = Scheme.objects.get(code="caim")
    assert (closed.closes_on, closed.commitment_months, closed.repayment) == (
        date(2025, 12, 31),
        60,
        "unknown",
    )
    assert closed.reference["closes_on"] == "2025-12-31"
    assert SchemeAmount.objects.get(scheme=closed).high == 50_000_00


@pytest.mark.django_db
def test_what_a_coordinator_changed_is_kept():
    scheme = Scheme.objects.get(code="visale-30-ans")
    edit_scheme(scheme=scheme, by=None, now=NOW, label_fr="Visale jeunes")
    add_rule(scheme=scheme, text="age <= 31", applies_from=None, by=None, now=NOW)

    schemes, rules, *_others = load_schemes(by=None, now=NOW)

    assert [(change.row, change.field) for change in schemes.kept] == [
        ("visale-30-ans", "label_fr")
    ]
    assert [(change.row, change.field) for change in rules.kept] == [("visale-30-ans", "valid_to")]
    scheme.refresh_from_db()
    assert scheme.label_fr == "Visale jeunes"
    assert rules_on([scheme], on=TODAY)[scheme.pk].text == "age <= 31"


@pytest.mark.django_db
def test_overwriting_brings_the_typed_values_back():
    scheme = Scheme.objects.get(code="visale-30-ans")
    edit_scheme(scheme=scheme, by=None, now=NOW, label_fr="Visale jeunes")
    add_rule(scheme=scheme, text="age <= 31", applies_from=None, by=None, now=NOW)

    load_schemes(by=None, now=NOW, overwrite=True)

    scheme.refresh_from_db()
    assert scheme.label_fr == "Visale, 18 à 30 ans"
    assert rules_on([scheme], on=TODAY)[scheme.pk].text == "age >= 18\nage <= 30"
    assert AuditLine.objects.filter(action="schemes.loaded").count() == 1


@pytest.mark.django_db
def test_first_rule_written_by_hand_is_not_doubled():
    scheme = Scheme.objects.get(code="cesp")
    SchemeRule.objects.filter(scheme=scheme).delete()
    add_rule(scheme=scheme, text="age <= 31", applies_from=None, by=None, now=NOW)

    load_schemes(by=None, now=NOW)

    assert [rule.text for rule in SchemeRule.objects.filter(scheme=scheme)] == ["age <= 31"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_on": date(2026, 1, 2), "closes_on": date(2026, 1, 1)},
        {"for_person": False, "for_structure": False, "for_commune": False},
        {"check_every_days": 0},
        {"doubt_fr": "Doute", "doubt_en": ""},
    ],
)
def test_constraints_hold_whatever_writes(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.filter(code="cesp").update(**wrong)
