"""The inventory kept by hand: refused with the line, versioned, never overwritten in silence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.schemes.enums import Payer, Receiver, Topic
from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.queries import SchemeFilter, rules_on, schemes_in_inventory, schemes_matching
from ancrage.schemes.services import (
    AlreadyClosed,
    CheckedInTheFuture,
    RuleRefused,
    SchemeChangedMeanwhile,
    SchemeCodeTaken,
    add_rule,
    close_scheme,
    create_scheme,
    edit_scheme,
    mark_checked,
)
from tests.factories import UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
FACTS = {
    "topic": Topic.HOUSING,
    "payer": Payer.LOCAL_AUTHORITY,
    "for_person": True,
    "label_fr": "Chambre à bas loyer",
    "label_en": "Low-rent room",
    "content_fr": "Une chambre pour les remplaçants.",
    "content_en": "A room for locums.",
    "source_name": "Mairie",
    "source_url": "https://mairie.example/chambre",
}


def create(**changes):
    facts = {"code": "chambre", "rule": "situations contient remplacant", "checked_on": TODAY}
    return create_scheme(**{**facts, **FACTS, **changes}, by=None, now=NOW)


def actions(scheme):
    lines = AuditLine.objects.filter(target_type="schemes.scheme", target_id=str(scheme.pk))
    return list(lines.order_by("pk").values_list("action", flat=True))


def sentences(refusal):
    return list(refusal.value.messages)


def test_aid_is_added_with_its_rule():
    author = UserFactory()

    scheme = create_scheme(
        code="chambre", rule="age <= 30", checked_on=TODAY, by=author, now=NOW, **FACTS
    )

    rule = rules_on([scheme], on=TODAY)[scheme.pk]
    assert (rule.text, rule.created_by, rule.applies_from) == ("age <= 30", author, None)
    assert scheme.receivers == (Receiver.PERSON,)
    assert "locums" in scheme.search.split()
    assert actions(scheme) == ["scheme.created"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "age <= 30\nags <= 30",
            ["Ligne 2, colonne 1 : Le fait « ags » n’existe pas. Vouliez-vous dire : age ?"],
        ),
        (
            "age <= trente\nsituations = interne",
            [
                "Ligne 1, colonne 8 : « trente » ne convient pas au fait « age » : il faut un "
                "nombre.",
                "Ligne 2, colonne 12 : On ne peut pas demander « = » au fait « situations » ; "
                "possible : contient, touche.",
            ],
        ),
        (
            "metier = nursse",
            [
                "Ligne 1, colonne 10 : « nursse » n’est pas une valeur du fait « metier ». "
                "Vouliez-vous dire : nurse ?"
            ],
        ),
        (
            "metier = zzzz",
            ["Ligne 1, colonne 10 : « zzzz » n’est pas une valeur du fait « metier »."],
        ),
        (
            "situations",
            [
                "Ligne 1, colonne 1 : On ne peut pas demander « oui ou non » au fait "
                "« situations » ; possible : contient, touche."
            ],
        ),
        (
            "optam = 1",
            [
                "Ligne 1, colonne 7 : On ne peut pas demander « = » au fait « optam » ; "
                "possible : le fait seul, ou précédé de « pas »."
            ],
        ),
        (
            "une (\n  optam",
            ["Ligne 1, colonne 5 : « ( » n’est jamais refermé : ajoutez « ) »."],
        ),
        (
            "pas",
            [
                "Ligne 1, colonne 4 : « la fin de la ligne » n’est pas attendu ici ; attendu : "
                "un fait, toutes, une, pas."
            ],
        ),
        ("", ["Ligne 1, colonne 1 : La règle est vide : écrivez au moins une condition."]),
        (
            "embauche_le < 31/02/2026",
            [
                "Ligne 1, colonne 15 : « 31/02/2026 » n’est pas une date : écrivez-la comme "
                "31/12/2026."
            ],
        ),
    ],
)
def test_wrong_rule_is_refused_with_its_lines_and_nothing_is_written(rule, expected):
    with pytest.raises(RuleRefused) as refusal:
        create(rule=rule)

    assert sentences(refusal) == expected
    assert not Scheme.objects.filter(code="chambre").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"opens_on": date(2026, 1, 2), "closes_on": date(2026, 1, 1)},
            "Une aide ne peut pas se terminer avant d’ouvrir.",
        ),
        ({"for_person": False}, "Dites à qui sert cette aide : personne, structure ou commune."),
        (
            {"check_every_days": 1_200},
            "Une aide se revérifie au moins tous les trois ans (1 à 1 100 jours).",
        ),
        ({"doubt_fr": "Doute"}, "Écrivez le doute en français et en anglais."),
    ],
)
def test_incoherent_aid_is_refused(changes, sentence):
    with pytest.raises(ValidationError) as refusal:
        create(**changes)

    assert sentences(refusal) == [sentence]


def test_identifier_already_taken_is_refused():
    with pytest.raises(SchemeCodeTaken):
        create(code="caim")


def test_source_read_tomorrow_is_refused():
    scheme = create()

    with pytest.raises(CheckedInTheFuture):
        create(code="autre", checked_on=date(2026, 11, 17))
    with pytest.raises(CheckedInTheFuture) as refusal:
        mark_checked(scheme=scheme, on=date(2026, 11, 17), by=None, now=NOW)

    assert "17 novembre 2026" in sentences(refusal)[0]


def test_fields_that_are_nobody_s_to_write_are_refused():
    with pytest.raises(TypeError, match="not editable: reference"):
        create(reference={})


def test_edition_is_told_and_searched():
    scheme = create()

    edited = edit_scheme(scheme=scheme, revision=1, label_fr="Studio meublé", by=None, now=NOW)
    again = edit_scheme(scheme=edited, label_fr="Studio meublé", by=None, now=NOW)

    assert (again.revision, actions(scheme)) == (2, ["scheme.created", "scheme.edited"])
    found = schemes_matching(schemes_in_inventory(), SchemeFilter(text="studio"), on=TODAY)
    assert list(found) == [scheme]


def test_two_people_editing_at_once_are_told():
    scheme = create()
    edit_scheme(scheme=scheme, revision=1, label_fr="Studio", by=None, now=NOW)

    with pytest.raises(SchemeChangedMeanwhile) as refusal:
        edit_scheme(scheme=scheme, revision=1, label_fr="Chambre", by=None, now=NOW)

    assert refusal.value.current.label_fr == "Studio"


def test_rules_are_versions_and_one_of_the_same_day_mends_the_other():
    scheme = create()
    new_year = date(2027, 1, 1)

    add_rule(scheme=scheme, text="age <= 30", applies_from=new_year, by=None, now=NOW)
    add_rule(scheme=scheme, text="age <= 35", applies_from=new_year, by=None, now=NOW, note="35")

    assert rules_on([scheme], on=TODAY)[scheme.pk].text == "situations contient remplacant"
    assert rules_on([scheme], on=new_year)[scheme.pk].text == "age <= 35"
    assert SchemeRule.objects.filter(scheme=scheme).count() == 3
    with pytest.raises(RuleRefused):
        add_rule(scheme=scheme, text="age <=", applies_from=None, by=None, now=NOW)
    assert actions(scheme) == ["scheme.created", "scheme.rule_added", "scheme.rule_added"]


def test_source_read_again_is_noted():
    scheme = create(checked_on=date(2025, 1, 1))

    checked = mark_checked(scheme=scheme, on=TODAY, by=None, now=NOW)
    mark_checked(scheme=checked, on=TODAY, by=None, now=NOW)

    assert (checked.checked_on, actions(scheme)) == (TODAY, ["scheme.created", "scheme.checked"])


def test_closed_aid_stays_and_closes_once():
    scheme = create()

    closed = close_scheme(scheme=scheme, on=TODAY, by=None, now=NOW)

    assert closed in schemes_in_inventory()
    with pytest.raises(AlreadyClosed):
        close_scheme(scheme=scheme, on=TODAY, by=None, now=NOW)
    open_ones = schemes_matching(
        schemes_in_inventory(), SchemeFilter(with_closed=False), on=date(2026, 11, 17)
    )
    assert closed not in open_ones
    assert actions(scheme) == ["scheme.created", "scheme.closed"]


def test_inventory_is_filtered():
    def codes(**asked):
        found = schemes_matching(schemes_in_inventory(), SchemeFilter(**asked), on=TODAY)
        return {scheme.code for scheme in found}

    assert codes(topic=Topic.CHILDCARE) == {
        "aide-garde-enfants",
        "creche-hospitaliere",
        "garde-enfant-caf",
    }
    assert codes(payer=Payer.FRANCE_TRAVAIL, topic=Topic.MOBILITY) == {
        "aide-mobilite-france-travail"
    }
    assert codes(receiver=Receiver.COMMUNE, text="CFE") == {"exoneration-cfe"}
    assert codes(text="visale guarantee") == {"visale-30-ans", "visale-plus-de-30-ans"}
