"""« Mes aides »: reasons in words, what is missing, amounts, what goes together, places."""

from datetime import date

import pytest
from django.utils import translation

from ancrage.core.eligibility.commitment import UnknownLength
from ancrage.core.eligibility.facts import WrongFact
from ancrage.core.eligibility.values import Members, State
from ancrage.partners.enums import PartnerKind
from ancrage.schemes.enums import Receiver, Zone
from ancrage.schemes.models import Scheme, SchemeRule, Zoning, ZoningList
from ancrage.schemes.queries import schemes_in_inventory
from ancrage.schemes.services import (
    add_rule,
    aids_for,
    aids_together,
    commitment_clock,
    facts_of_commune,
    facts_of_partner,
)
from ancrage.territory.models import Commune
from tests.factories import PartnerFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

NO, TO_CHECK, YES = State.NO, State.TO_CHECK, State.YES
DAY = date(2026, 11, 22)


def ask(code, on=DAY, **facts):
    """The answer of one aid."""
    (answer,) = aids_for(facts=facts, on=on, schemes=schemes_in_inventory().filter(code=code))
    return answer


def some(*words):
    return Members(frozenset(words), whole=True)


def test_reasons_are_in_plain_french_and_english():
    facts = {
        "age": 41,
        "secteur_employeur": "fph",
        "embauche_le": date(2026, 9, 1),
        "loyer": 1_500,
        "grande_agglomeration": False,
    }

    french = ask("visale-plus-de-30-ans", **facts)
    with translation.override("en"):
        english = ask("visale-plus-de-30-ans", **facts)

    assert list(french.reasons) == [
        "Secteur de l’employeur : privé, associations comprises ou agricole "
        "(indiqué : fonction publique hospitalière)",
        "Loyer, charges comprises : au plus 1 365 € par mois (indiqué : 1 500 € par mois)",
        "Logement dans une grande agglomération : oui (indiqué : non)",
    ]
    assert list(english.reasons) == [
        "Employer’s sector: private, non-profits included or farming (said: public hospitals)",
        "Rent, charges included: at most 1,365 € a month (said: 1,500 € a month)",
        "Home in a large city: yes (said: no)",
    ]


def test_missing_facts_are_named_and_those_that_settle_are_told():
    answer = ask("mobili-pass", secteur_employeur="prive", effectif=12, demenage=True)

    assert answer.state is TO_CHECK
    assert [(one.name, one.may_settle) for one in answer.missing] == [
        # Either distance alone leaves the other open.
        ("distance_domicile_km", False),
        ("trajet_min", False),
        ("embauche_le", True),
        ("revenus_sous_plafond", True),
        ("aide_mobilite_recue", False),
        ("derniere_aide_mobilite_le", False),
    ]


def test_days_relative_to_the_question_are_told_as_days():
    answer = ask("transport-interne", situations=some("apprenti"), distance_chu_km=10)
    relative = ask("mobili-pass", embauche_le=date(2026, 1, 1))

    assert list(answer.reasons) == [
        "Situation : interne (indiqué : apprenti ou alternant)",
        "Distance du stage au CHU : plus de 15 km (indiqué : 10 km)",
    ]
    assert list(relative.reasons) == [
        "Date d’embauche : le 22 mai 2026 ou après (indiqué : 1er janvier 2026)"
    ]


def test_what_must_not_be_is_told_as_such():
    answer = ask("cae-pays-de-la-loire", situations=some("etudiant", "apprenti"), departement="44")
    none = ask("transport-interne", situations=some())

    assert list(answer.reasons) == [
        "Situation : sauf apprenti ou alternant "
        "(indiqué : étudiant en santé ou en travail social, apprenti ou alternant)"
    ]
    assert none.reasons[0].endswith("(indiqué : aucun de ceux-là)")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("age = 30", "Âge : 30 ans"),
        ("age != 30", "Âge : autre que 30 ans"),
        ("pas age < 30", "Âge : au moins 30 ans"),
        ("pas age <= 30", "Âge : plus de 30 ans"),
        ("pas age > 1,5", "Âge : au plus 1,5 ans"),
        ("pas age >= 30", "Âge : moins de 30 ans"),
        ("contrat != cdi", "Contrat de travail : sauf CDI"),
        ("pas contrat != cdi", "Contrat de travail : CDI"),
        ("embauche_le < 01/02/2026", "Date d’embauche : avant le 1er février 2026"),
        ("pas optam", "Adhérent à l’OPTAM ou à l’OPTAM-ACO : non"),
        (
            "departement parmi {01, 2A, 44}",
            "Département d’exercice : Ain, Corse-du-Sud ou Loire-Atlantique",
        ),
    ],
)
def test_each_question_has_its_words(text, sentence):
    scheme = Scheme.objects.get(code="cesp")
    SchemeRule.objects.filter(scheme=scheme).update(text=text)

    answer = ask("cesp")

    assert list(answer.reasons) == [sentence]


def test_amounts_are_those_of_the_person():
    both = ask(
        "pech",
        on=date(2025, 6, 1),
        situations=some("praticien_contractuel"),
        passera_concours_ph=True,
        tension_nationale=True,
        tension_locale=True,
    )
    unsure = ask(
        "pech",
        on=date(2025, 6, 1),
        situations=some("praticien_contractuel"),
        passera_concours_ph=True,
        tension_nationale=True,
    )

    assert (both.state, both.sure_cents, both.possible_cents) == (YES, 30_000_00, 30_000_00)
    assert [(one.amount.low, one.state) for one in both.amounts] == [(30_000_00, YES)]
    assert (unsure.state, unsure.sure_cents, unsure.possible_cents) == (
        YES,
        10_000_00,
        30_000_00,
    )


def test_amounts_are_counted_over_a_year():
    host = ask(
        "accueil-docteur-junior",
        metier="general_practitioner",
        maitre_de_stage=True,
        accueille_docteur_junior=True,
        zones=some("ZIP"),
    )
    unlikely = ask("accueil-docteur-junior", metier="nurse")

    # 600 + 1,200 + 800 a month for sure; 400 more if on-call duty is supervised.
    assert (host.sure_cents, host.possible_cents) == (31_200_00, 36_000_00)
    assert (unlikely.state, unlikely.amounts, unlikely.possible_cents) == (NO, (), 0)


def test_best_aids_together_respect_what_excludes_what():
    facts = {
        "situations": some("interne", "docteur_junior"),
        "zones": some("ZIP"),
        "stage_ambulatoire": True,
        "loge_par_collectivite": False,
        "distance_chu_km": 40,
        "distance_domicile_km": 25,
        "autre_aide_transport": False,
    }
    codes = ["docteur-junior-zip", "hebergement-interne", "transport-interne"]
    answers = aids_for(facts=facts, on=DAY, schemes=schemes_in_inventory().filter(code__in=codes))

    best = aids_together(answers=answers)
    sure = aids_together(answers=answers, only_sure=True)
    held = aids_together(answers=answers, held=frozenset({"transport-interne"}))

    assert [one.scheme.code for one in answers] == [
        "docteur-junior-zip",
        "transport-interne",
        "hebergement-interne",
    ]
    assert (best.choice.chosen, best.choice.total) == (("docteur-junior-zip",), 12_000_00)
    assert [group.code for group in best.groups] == [
        "docteur-junior-ou-hebergement",
        "docteur-junior-ou-transport",
    ]
    assert sure.choice.left == {"transport-interne": ("docteur-junior-zip",)}
    assert (held.choice.chosen, held.choice.total) == (("hebergement-interne",), 3_600_00)


def test_answers_are_ordered_and_kept_to_their_receiver():
    answers = aids_for(facts={}, on=DAY, receiver=Receiver.COMMUNE)

    assert {one.scheme.code for one in answers} == {
        "aide-collectivite-l1511-8",
        "exoneration-cfe",
        "indemnite-etude-collectivite",
        "maison-des-internes",
        "voitures-service-autres",
    }
    everything = aids_for(facts={}, on=DAY)
    assert len(everything) == 48
    assert [one.state for one in everything] == sorted(
        (one.state for one in everything), reverse=True
    )
    assert {one.scheme.code for one in everything if one.is_closed} == {
        "anciens-contrats-praticien-territorial",
        "bourse-vienne",
        "caim",
        "cotram-coscom-cstm",
        "subvention-ipa-ile-de-france",
    }


def test_answers_take_few_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        aids_for(facts={"age": 30}, on=DAY, receiver=Receiver.PERSON)


def test_rule_is_that_of_the_day():
    scheme = Scheme.objects.get(code="visale-30-ans")
    add_rule(scheme=scheme, text="age <= 31", applies_from=date(2026, 12, 1), by=None, now=NOW)

    assert ask("visale-30-ans", on=date(2026, 11, 30), age=31).state is NO
    assert ask("visale-30-ans", on=date(2026, 12, 1), age=31).state is YES


def test_fact_of_another_kind_is_refused():
    with pytest.raises(WrongFact):
        aids_for(facts={"age": "trente"}, on=DAY)


def test_zones_of_a_commune_depend_on_the_day_and_on_whole_lists():
    pornic = Commune.objects.get(insee="44131")
    Zoning.objects.create(
        commune=pornic, zone=Zone.ZIP, starts_on=date(2026, 1, 1), source="essai"
    )
    Zoning.objects.create(
        commune=pornic, zone=Zone.QPV, starts_on=date(2024, 1, 1), source="essai"
    )
    for zone in (Zone.ZIP, Zone.ZAC, Zone.QPV):
        ZoningList.objects.create(
            department=pornic.department, zone=zone, starts_on=date(2026, 1, 1), source="essai"
        )

    assert facts_of_commune(commune=pornic, on=DAY) == {
        "departement": "44",
        "habitants": 17_910,
        "zones": Members(frozenset({"ZIP"}), frozenset({"ZAC"})),
    }
    before = facts_of_commune(commune=pornic, on=date(2025, 12, 31))
    assert before["zones"] == Members(frozenset())


def test_structure_brings_its_nature_its_sector_and_its_place():
    hospital = PartnerFactory(
        kind=PartnerKind.PUBLIC_HOSPITAL, commune=Commune.objects.get(insee="44131")
    )
    welcome = PartnerFactory(kind=PartnerKind.WELCOME, commune=None)

    facts = facts_of_partner(partner=hospital, on=DAY)

    assert (facts["nature"], facts["secteur_employeur"], facts["departement"]) == (
        "hopital_public",
        "fph",
        "44",
    )
    assert facts_of_partner(partner=welcome, on=DAY) == {}


def test_commitment_is_counted_to_the_day():
    study = Scheme.objects.get(code="etude-promotionnelle")

    found = commitment_clock(
        scheme=study,
        start=date(2026, 7, 1),
        received_cents=4_000_000,
        on=date(2027, 6, 30),
        course_months=11,
    )

    # Three times eleven months; what leaving costs is not in the source.
    assert (found.ends_on, found.served, found.repayable_cents) == (date(2029, 3, 31), 365, None)
    with pytest.raises(UnknownLength):
        commitment_clock(scheme=study, start=DAY, received_cents=0, on=DAY)
