"""What a line of a file of people says, and what it may not say."""

from datetime import date

import pytest

from ancrage.candidates.enums import (
    CandidateStatus,
    DiplomaState,
    Experience,
    Origin,
    RppsState,
)
from ancrage.candidates.models import CandidateProfession, DirectoryEntry
from ancrage.candidates.services.imports.cells import (
    Fte,
    Names,
    Reach,
    parse_contracts,
    parse_diploma,
    parse_experience,
    parse_fte,
    parse_names,
    parse_reach,
)
from ancrage.kit.tabular.problems import Guess
from tests.candidates.imports.helpers import (
    HEADER,
    TOLD,
    apply,
    codes,
    counted,
    lines,
    person,
)
from tests.factories.moments import NOW

NIR = "2 85 05 44 131 012 94"
FULL = (
    "Nom;Prénom;E-mail;Portable;CP;Métiers;Spécialité;Diplôme;RPPS;Expérience;Disponible le;"
    "Type de contrat;Temps de travail;Horaires;Zone;Source;Commentaire"
)


def value_of(parsed):
    return parsed.value if isinstance(parsed, Guess) else parsed


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_names, "DUPOND FICTIF Marie-Anne", Names("Marie-Anne", "DUPOND FICTIF")),
        (parse_names, "Fictive, Alix", Names("Alix", "Fictive")),
        (parse_names, "Fictive Alix", Names("Alix", "Fictive")),
        (parse_contracts, "CDD ou CDI", ("cdi", "cdd")),
        (parse_contracts, "Remplacements", ("locum",)),
        (parse_contracts, "Tous les contrats", None),
        (parse_diploma, "étudiante", DiplomaState.IN_TRAINING),
        (parse_diploma, "DEI 2019", DiplomaState.HELD),
        (parse_experience, "débutante", Experience.UNDER_2),
        (parse_experience, "12 ans", Experience.YEARS_10_20),
        (parse_experience, 20, Experience.OVER_20),
        (parse_fte, "de 50 % à 80 %", Fte(50, 80)),
        (parse_fte, "0,5 à 0,8", Fte(50, 80)),
        (parse_fte, "50-80%", Fte(50, 80)),
        (parse_fte, "au moins 50 %", Fte(50, None)),
        (parse_fte, "au plus 80 %", Fte(None, 80)),
        (parse_fte, "mi-temps", Fte(50, 50)),
        (parse_fte, 0.8, Fte(80, 80)),
        (parse_reach, 30, Reach(30, None)),
        (parse_reach, "1 h 15", Reach(None, 75)),
        (parse_reach, "jusqu’à 20 km, 30 minutes au plus", Reach(20, 30)),
    ],
)
def test_cell_is_read_as_people_write_it(parse, text, value):
    assert value_of(parse(text)) == value


@pytest.mark.django_db
def test_line_becomes_a_pending_profile_with_all_it_says(territory):
    row = (
        "FICTIVE;Alix;Alix@Exemple.test;6 12 34 56 78;Ste Pazanne;IDE ; AS;;en cours;10000000017;"
        "3 ans;dès que possible;CDI, vacation;de 50 % à 80 %;nuit, week-end;30 km;Salon 2026;"
        "Rappeler"
    )

    apply(lines(territory, row.replace("IDE ; AS", '"IDE ; AS"'), header=FULL))

    alix = person("Alix")
    assert (alix.status, alix.origin, alix.information_proof, alix.in_pool) == (
        CandidateStatus.PENDING,
        Origin.IMPORT,
        TOLD,
        False,
    )
    assert alix.subject.pending_until.date() == date(2026, 12, 16)
    assert (alix.last_name, alix.email, alix.phone) == (
        "FICTIVE",
        "alix@exemple.test",
        "+33612345678",
    )
    assert (alix.commune.insee, alix.zone, alix.rpps, alix.rpps_state) == (
        "44186",
        alix.commune.epci,
        "10000000017",
        RppsState.KEY,
    )
    assert (alix.experience, alix.available_from, alix.contracts) == (
        Experience.YEARS_2_5,
        NOW.date(),
        ["cdi", "vacation"],
    )
    assert (alix.fte_min_hundredths, alix.fte_max_hundredths, alix.reach_km) == (50, 80, 30)
    assert (alix.works_days, alix.works_nights, alix.works_weekends) == (False, True, True)
    assert alix.note == "Origine\u00a0: Salon 2026\nRappeler"
    rows = CandidateProfession.objects.filter(candidate=alix).order_by("-is_main")
    assert [(row.profession.code, row.diploma) for row in rows] == [
        ("nurse", DiplomaState.IN_TRAINING),
        ("care_assistant", DiplomaState.UNKNOWN),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Mail": "", "Tél": ""}, [("email", "error", "unreachable")]),
        ({"Nom": ""}, [("last_name", "error", "required")]),
        ({"Nom": "Fictive 06"}, [("last_name", "error", "name")]),
        ({"Mail": "alix@"}, [("email", "error", "email")]),
        ({"Tél": "06 12"}, [("phone", "error", "phone")]),
        ({"Tél": "06 12 34 56 78 / 02 40 82 12 34"}, [("phone", "check", "several")]),
        ({"Métier": "Dompteur"}, [("profession", "error", "unknown_profession")]),
        ({"Ville": "Atlantis"}, [("commune", "check", "unknown_commune")]),
        ({"RPPS": "10102727017"}, [("rpps", "check", "rpps")]),
        ({"RPPS": "1,01E+10"}, [("rpps", "check", "destroyed")]),
        ({"RPPS": NIR}, [("rpps", "error", "nir")]),
        ({"Disponibilité": "31/02/2027"}, [("available_from", "error", "no_such_day")]),
        ({"Disponibilité": "04/04/1904"}, [("available_from", "error", "placeholder")]),
        ({"Quotité": "1,4"}, [("fte", "error", "too_large")]),
        ({"Rayon": "assez loin"}, [("reach", "check", "reach")]),
        ({"Contrat": "à voir"}, [("contracts", "check", "unknown_contract")]),
        ({"Observations": f"N° {NIR}"}, [("remark", "error", "nir")]),
        ({"Observations": "en mi-temps thérapeutique"}, [("remark", "error", "health")]),
        ({"Observations": "3 enfants à charge"}, [("remark", "check", "family")]),
    ],
    ids=lambda value: next(iter(value.values()))[:20] if isinstance(value, dict) else "",
)
def test_wrong_cell_is_told_at_its_column(territory, cells, expected):
    right = dict.fromkeys(HEADER.split(";"), "")
    right |= {"Nom": "FICTIVE", "Prénom": "Alix", "Mail": "alix@exemple.test", "Métier": "IDE"}

    staged = lines(territory, ";".join((right | cells)[name] for name in HEADER.split(";")))

    assert codes(staged, 2) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("remark", "mended"),
    [
        (f"Disponible de suite. N° {NIR}. Permis B", "Disponible de suite. Permis B"),
        (f"Dispo de nuit, NIR {NIR}", "Dispo de nuit"),
        ("En mi-temps thérapeutique", ""),
    ],
)
def test_forbidden_words_are_refused_with_the_text_that_would_do(territory, remark, mended):
    row = f"FICTIVE;Alix;alix@exemple.test;IDE;{remark}"

    staged = lines(territory, row, header="Nom;Prénom;Mail;Métier;Observations")

    assert counted(staged) == {"read": 1, "rejected": 1}
    assert [one["suggestion"] for one in staged.rows.get(line=2).problems] == [mended]


@pytest.mark.django_db
def test_number_is_compared_with_the_loaded_directory(territory):
    DirectoryEntry.objects.create(
        rpps="10000000017", name_key="alix fictive", profession_code="60"
    )
    header = "Nom;Prénom;Mail;Métier;RPPS"

    staged = lines(
        territory,
        "FICTIVE;Alix;a@exemple.test;IDE;10000000017",
        "AUTRE;Nom;b@exemple.test;IDE;10000000017",
        "ABSENTE;Ange;c@exemple.test;IDE;10000000025",
        header=header,
    )

    assert codes(staged, 2) == []
    assert ("rpps", "check", "other_name") in codes(staged, 3)
    assert codes(staged, 4) == [("rpps", "note", "absent")]
    apply(staged)
    assert person("Alix").rpps_state == RppsState.FOUND


@pytest.mark.django_db
def test_accepted_line_leaves_out_what_could_not_be_read(territory):
    staged = lines(
        territory,
        "FICTIVE;Alix;a@exemple.test;Atlantis;IDE;10102727017",
        header="Nom;Prénom;Mail;Ville;Métier;RPPS",
    )

    row = staged.rows.get(line=2)

    assert (row.outcome, row.can_be_accepted) == ("to_check", True)
