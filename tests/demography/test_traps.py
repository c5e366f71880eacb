"""Traps met in real files (people, communes, years): each mended, told, or refused by its line."""

import io

import numpy as np
import pytest

from ancrage.core.accessibility.parameters import Steps
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services import (
    FileRefused,
    read_access,
    read_means,
    read_people,
    read_professionals,
    save_vintage,
)
from ancrage.demography.services.model import territory_model
from ancrage.demography.services.model.facts import Note, NoteKind
from ancrage.territory.reference.departments import DEPARTMENTS
from ancrage.web.demography.words import sentences_on
from tests.demography.land import (
    ACCESS,
    INSIDE,
    NOW,
    ORIGIN,
    other,
    professionals,
    save,
    save_land,
    territory_of_land,
)
from tests.factories import CommuneFactory, TerritoryFactory

# The heads of the extract of the RPPS in free access, and lines of its layout; nobody bears these
# names and numbers.
RPPS = """Identifiant PP|Nom d'exercice|Prénom d'exercice|Libellé profession|Libellé savoir-faire|\
Libellé mode exercice|Code commune (coord. structure)|Libellé secteur d'activité|
10000000001|FICTIVE|Anne|Médecin|Médecine Générale|Libéral,indépendant,artisan,commerçant|44131||
10000000001|FICTIVE|Anne|Médecin|Médecine Générale|Libéral,indépendant,artisan,commerçant|44131||
10000000001|FICTIVE|Anne|Médecin|Médecine Générale|Libéral,indépendant,artisan,commerçant|44005||
10000000002|INVENTÉ|Paul|Médecin|Cardiologie|Libéral,indépendant,artisan,commerçant|44131||
10000000003|IMAGINÉ|Luc|Médecin|Qualifié en Médecine Générale|Salarié|44131|Etablissement Public|
10000000004|RÊVÉE|Zoé|Médecin|Qualifié en Médecine Générale|Salarié|44131|Centre de santé|
10000000005|SONGEUR|Léo|Médecin|Médecine Générale|Libéral,indépendant,artisan,commerçant|||
10000000006|FEINTE|Eva|Infirmier||Libéral,indépendant,artisan,commerçant|1004||
"""


def stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def people_of(text: str, care: Care = Care.GP):
    return read_professionals(stream(text), filename="extrait.csv", care=care)


def counted(draft) -> dict[str, float]:
    return dict(zip(draft.columns["code"].tolist(), draft.columns["count"].tolist(), strict=True))


def test_a_doctor_of_several_communes_counts_once_by_shares():
    draft = people_of(RPPS)

    assert counted(draft) == {"44005": 0.5, "44131": 1.5}
    assert draft.remarks == (
        "2 personnes comptées sur 4 lignes, par commune et par âge : ni nom ni numéro n’est "
        "gardé.",
        "1 exerce dans plusieurs communes : chaque personne y compte partout, pour une part "
        "égale.",
        "1 ligne répète quelqu’un dans la même commune : une seule compte.",
        "2 lignes laissées de côté : une autre profession.",
        "1 ligne laissée de côté : exercice salarié hors centre de santé, alors que "
        "l’accessibilité compte l’exercice de ville.",
        "1 ligne laissée de côté : sans commune.",
    )
    assert counted(people_of(RPPS, Care.NURSE)) == {"01004": 1}


def test_an_entry_of_a_directory_is_no_person_and_names_go_no_farther():
    draft = people_of(
        "nom;prenom;profession;code commune;age\n"
        "FICTIVE;Anne;Médecin généraliste;44131;58\n"
        "Fictive;ANNE;Médecin généraliste;85113;58\n"
        "INVENTÉ;Paul;Médecin généraliste;44131;58\n"
    )

    assert draft.columns["code"].tolist() == ["44131", "85113"]
    assert draft.columns["count"].tolist() == [1.5, 0.5]
    assert draft.columns["age"].tolist() == [58, 58]
    assert "deux homonymes comptent pour une" in draft.remarks[2]
    kept = repr(draft).casefold()
    assert "fictive" not in kept
    assert "inventé" not in kept


def test_lines_that_nothing_tells_apart_are_people_each():
    draft = people_of(
        "code;profession\n44131;Masseur-kinésithérapeute\n44131;Ostéopathe\n", Care.PHYSIO
    )

    assert counted(draft) == {"44131": 1}
    assert draft.remarks[1:] == (
        "1 ligne laissée de côté : une autre profession.",
        "Rien ne dit quelles lignes sont la même personne : chacune en compte une.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code;cabinets\n44131;3\n", "il manque la colonne « effectif » ; ou, si chaque ligne"),
        (
            "identifiant;profession;code\n7;Opticien;44131\n",
            "extrait.csv : aucune ligne de cette profession.",
        ),
        (
            "identifiant;code;age\n7;FICTIVE Anne;50\n8;44131;cinquante\n",
            "extrait.csv, ligne 2 : ce n’est pas un code de commune.\nextrait.csv, ligne 3 : ce "
            "qui est écrit n’est pas une valeur possible pour l’âge.",
        ),
    ],
)
def test_a_file_of_people_that_is_wrong_is_refused_without_quoting_anybody(text: str, said: str):
    with pytest.raises(FileRefused) as refused:
        people_of(text)

    assert said in str(refused.value)
    assert "FICTIVE" not in str(refused.value)


def test_the_base_of_equipments_counts_practices_and_says_so():
    head = "DEPCOM;TYPEQU;NB_EQUIP\n"
    draft = people_of(f"{head}44131;D201;12\n44131;D232;30\n44005;D201;3\n")

    assert counted(draft) == {"44131": 12, "44005": 3}
    assert draft.remarks[0] == "1 ligne laissée de côté : d’autres équipements."
    assert draft.remarks[1].startswith("Ce fichier compte des cabinets, pas des temps pleins")
    assert counted(people_of(f"{head}44131;D232;30\n", Care.NURSE)) == {"44131": 30}
    for text, care in ((f"{head}44131;D232;30\n", Care.GP),
                       (f"{head}44131;D232;3\n44131;A101;1\n", Care.NURSE)):  # fmt: skip
        with pytest.raises(FileRefused, match="D232"):
            people_of(text, care)


def test_a_city_in_one_piece_and_in_arrondissements_counts_once():
    draft = read_people(
        stream("code;age_0;age_5\n75056;90;910\n75101;40;400\n75102;50;510\n"), filename="a.csv"
    )

    assert draft.columns["code"].tolist() == ["75101", "75102"]
    assert draft.columns["age_5"].tolist() == [400, 510]
    assert draft.remarks == (
        "Paris (75056) est là en entier et par arrondissement : la ligne entière est laissée de "
        "côté, pour ne compter personne deux fois.",
    )


def test_mayotte_that_a_country_leaves_out_is_named_and_is_not_zero():
    lines = "".join(f"{code};3,1\n" for code in DEPARTMENTS if code != "976")
    draft = read_means(stream(f"dep;APL\n{lines}"), filename="apl.csv", care=Care.GP)

    assert "976" not in draft.columns["code"]
    assert draft.remarks[-1] == (
        "Mayotte (976) n’est pas dans ce fichier : rien n’en est connu, ce n’est pas zéro."
    )


def test_a_file_of_five_professions_gives_the_one_asked_for():
    text = "dep;apl_chirurgiens_dentistes;apl_medecins_generalistes\n44;60,8;3,4\n"

    read = {
        care: read_means(stream(text), filename="a.csv", care=care).columns["access"].tolist()
        for care in (Care.GP, Care.DENTIST)
    }

    assert read == {Care.GP: [3.4], Care.DENTIST: [60.8]}
    with pytest.raises(FileRefused, match=r"« APL \(Sages-femmes\) »"):
        read_access(
            stream("code;APL aux infirmières\n44131;80\n"), filename="a.csv", care=Care.MIDWIFE
        )


@pytest.mark.parametrize(("closed", "level"), [(False, 0.3), (True, 1.0)])
def test_a_minute_that_is_the_bound_of_a_step_falls_on_the_side_that_is_said(closed, level):
    steps = Steps((5, 10, 15), (1.0, 0.3, 0.1), closed=closed)

    assert steps.weights(np.array([5.0])).tolist() == [level]


@pytest.mark.django_db
def test_access_to_doctors_of_65_is_never_mixed_with_that_to_all():
    territory = territory_of_land()
    save_land()
    text = ACCESS.replace("44902;Bourg-Fictif;2,6;2,4", "44902;Bourg-Fictif;2,6;NA")
    save(read_access(stream(text), filename="apl.csv", care=Care.GP), 2023, replace=True)

    places = territory_model(territory=territory, care=Care.GP).places

    assert {place.code: place.published for place in places if place.inside} == {
        "44901": 3.6,
        "44902": None,
        "44903": 1.7,
        "44904": None,
    }


@pytest.mark.django_db
def test_a_department_that_no_line_tells_of_is_named():
    commune = CommuneFactory(insee="97611", name="Île-Fictive", latitude=-12.8, longitude=45.2)
    territory = TerritoryFactory(slug="ile-fictive", communes=[commune])
    save_vintage(draft=professionals("44901;9;50\n"), year=2024, origin=ORIGIN, by=None, now=NOW)

    model = territory_model(territory=territory, care=Care.GP)

    assert Note(NoteKind.SILENT_DEPARTMENT, ("Mayotte (976)",), 1) in model.notes
    said = {one.text: one.serious for one in sentences_on(model)}
    assert said[
        "Le fichier des professionnels ne dit rien de : Mayotte (976). Ce n’est pas zéro : on ne "
        "le sait pas."
    ]


@pytest.mark.django_db
def test_minutes_over_water_are_said_and_roads_end_it():
    territory = territory_of_land()
    save_land()
    crow = "L’eau, les îles et la montagne n’y comptent pas"

    before = [one.text for one in sentences_on(territory_model(territory=territory, care=Care.GP))]
    pairs = "".join(f"{one[0]};{two[0]};12\n" for one in INSIDE for two in INSIDE if one < two)
    save(other(Dataset.ROADS, f"origine;destination;minutes\n{pairs}"))
    after = [one.text for one in sentences_on(territory_model(territory=territory, care=Care.GP))]

    assert any(crow in text for text in before)
    assert not any(crow in text for text in after)
