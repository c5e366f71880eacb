"""One cell, one meaning: what each column and each remark is read as."""

from datetime import date

import pytest

from ancrage.kit.imports import services as imports
from ancrage.needs.enums import Audience, NeedReason, NeedStatus, StartPrecision, Urgency
from ancrage.needs.models import Need
from ancrage.needs.services.imports.cells import parse_contract, parse_percent, parse_reason
from ancrage.needs.services.imports.freetext import (
    end_after,
    hours_in,
    offers_housing,
    pay_in,
)
from ancrage.professions.enums import ContractKind
from tests.factories import FacilityFactory, PartnerFactory
from tests.factories.moments import NOW, TODAY
from tests.needs.imports.helpers import apply, counted, lines, need_called, remarks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "own_column", "expected"),
    [
        ("nuit 12h", False, {"works_nights", "works_12h"}),
        ("week-end 1/2", False, {"works_weekends"}),
        ("1 samedi sur 3, postes de jour", False, {"works_weekends", "works_days"}),
        ("hôpital de jour", False, set()),
        ("jour, nuit", True, {"works_days", "works_nights"}),
        ("pas de nuit, sans week-end", False, set()),
        ("permis B", False, set()),
    ],
)
def test_hours_are_read_where_they_are_affirmed(text, own_column, expected):
    assert hours_in(text, own_column=own_column) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("logement possible", True), ("studio meublé", True), ("sans logement", False), ("", False)],
)
def test_housing_is_read_where_it_is_affirmed(text, expected):
    assert offers_housing(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("salaire 2 200 à 2 600 € brut", (220_000, 260_000, "month")),
        ("permis B, 13,50 € de l’heure", (1_350, 1_350, "hour")),
        ("poste de 12 h, 2 à 3 nuits", None),
        ("réf. 2026 - 2027", None),
    ],
)
def test_pay_is_read_beside_a_word_of_money_only(text, expected):
    pay = pay_in(text)

    assert (pay and (pay.low_cents, pay.high_cents, pay.period)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CDD 6 mois", date(2027, 5, 14)),
        ("CDD de 3 semaines", date(2026, 12, 5)),
        ("CDD 1 an", date(2027, 11, 14)),
        ("CDI", None),
    ],
)
def test_length_of_a_contract_gives_its_last_day(text, expected):
    assert end_after(text, date(2026, 11, 15)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CDI", ContractKind.CDI),
        ("titulaire", ContractKind.CIVIL_SERVANT),
        ("Mutation", ContractKind.CIVIL_SERVANT),
        ("remplaçant", ContractKind.LOCUM),
        ("successeur", ContractKind.SUCCESSOR),
        ("collaboratrice", ContractKind.ASSOCIATE),
        ("associé(e)", ContractKind.PARTNER_DOCTOR),
        ("Contrat d'apprentissage", ContractKind.APPRENTICESHIP),
        ("vacataire", ContractKind.VACATION),
        ("docteur junior", ContractKind.JUNIOR_DOCTOR),
    ],
)
def test_contract_is_known_by_the_words_in_use(text, expected):
    assert parse_contract(text) == expected


def test_contract_open_to_several_is_held_for_a_person():
    read = parse_contract("contractuel")

    assert (read.value, read.problem.level, read.problem.code) == ("cdd", "check", "either")


def test_unknown_reason_keeps_the_need_and_its_words(hospital):
    apply(lines(hospital, "A1;IDE;;1;1;CDI;01/02/2027;;projet d’établissement;"))

    need = need_called("A1")
    assert (need.reason, need.description) == (
        NeedReason.OTHER,
        "Motif\u00a0: projet d’établissement",
    )
    assert parse_reason("retraite ou création").value == NeedReason.RETIREMENT


@pytest.mark.parametrize(
    ("value", "expected"), [("80 %", 80), (0.8, 80), ("80", 80), ("0,7", 70), (1.0, 100)]
)
def test_percentage_is_read_however_it_is_written(value, expected):
    assert parse_percent(value) == expected


@pytest.mark.parametrize("value", ["beaucoup", "120 %", "-5"])
def test_percentage_out_of_reach_is_refused(value):
    assert parse_percent(value).code == "percent"


def test_start_is_kept_as_it_was_said(hospital):
    apply(
        lines(
            hospital,
            "A1;IDE;;1;1;CDI;dès que possible;;;",
            "A2;IDE;;1;1;CDI;mars 2027;;;",
            "A3;IDE;;1;1;CDI;2e trimestre 2027;;;",
            "A4;IDE;;1;1;CDI;02/03/2027;;;",
        )
    )

    starts = Need.objects.order_by("reference").values_list("starts_on", "start_precision")
    assert list(starts) == [
        (TODAY, StartPrecision.ASAP),
        (date(2027, 3, 1), StartPrecision.MONTH),
        (date(2027, 4, 1), StartPrecision.QUARTER),
        (date(2027, 3, 2), StartPrecision.DAY),
    ]


def test_year_alone_has_to_be_made_precise(hospital):
    staged = lines(hospital, "A1;IDE;;1;1;CDI;2027;;;")

    assert remarks(staged, 2) == [
        (
            "Début",
            "check",
            "« 2027 » ne donne qu’une année : précisez le mois ou le trimestre.",
            "1er trimestre 2027",
        )
    ]


def test_template_columns_are_all_read(hospital):
    header = (
        "reference_interne;metier;nombre_postes;etp_par_poste;type_contrat;date_debut;date_fin;"
        "urgence;horaires;logement_propose;aide_possible;salaire_min;salaire_max;periode_salaire;"
        "description;contact_fonctionnel;diffusion;commune_insee"
    )
    staged = lines(
        hospital,
        "R1;Aide-soignant;2;0,8;CDD;01/02/2027;31/07/2027;4;nuit, 12 h;oui;prime de 500;2100;2400;"
        "mois;Une équipe;rh@hopital.example;interne PTRH;44186",
        header=header,
    )
    apply(staged)

    need = need_called("R1")
    assert (need.positions, need.fte_hundredths, need.urgency, need.audience) == (
        2, 80, Urgency.CRITICAL, Audience.MEMBERS,
    )  # fmt: skip
    assert (need.pay_min_cents, need.pay_max_cents, need.pay_period) == (210_000, 240_000, "month")
    assert (need.works_nights, need.works_12h, need.housing_offered) == (True, True, True)
    assert need.description == "Une équipe\nAide possible\u00a0: prime de 500"
    assert (need.commune.name, need.contact_email) == ("Sainte-Pazanne", "rh@hopital.example")


def test_specialty_or_service_is_told_apart(hospital):
    header = "Réf;ETP;Métier;Spécialité / service;Statut;Début"
    apply(
        lines(
            hospital,
            "A1;1;Médecin spécialiste;Cardiologie;CDI;01/02/2027",
            "A2;1;IDE;Cardiologie;CDI;01/02/2027",
            header=header,
        )
    )

    doctor, nurse = need_called("A1"), need_called("A2")
    assert (doctor.specialty and doctor.specialty.label_fr, doctor.unit) == (
        "Cardiologie et maladies vasculaires",
        "",
    )
    assert (nurse.specialty, nurse.unit) == (None, "Cardiologie")


def test_doubtful_profession_offers_its_readings(hospital):
    staged = lines(hospital, "A1;médecin;;1;1;CDI;01/02/2027;;;")

    (remark,) = remarks(staged, 2)
    assert (remark.level, remark.suggestion) == ("check", "Médecin généraliste")
    assert not staged.rows.get(line=2).can_be_accepted


def test_site_is_found_by_its_number_or_its_name(hospital):
    site = FacilityFactory(partner=hospital, name="EHPAD Les Flots", finess_et="440000016")
    header = "Réf;ETP;Métier;Service;FINESS;Statut;Début"
    staged = lines(
        hospital,
        "A1;1;AS;EHPAD Les Flots;;CDI;01/02/2027",
        "A2;1;AS;SSR;440000016;CDI;01/02/2027",
        "A3;1;AS;SSR;440000057;CDI;01/02/2027",
        header=header,
    )
    apply(staged)

    found = Need.objects.order_by("reference").values_list("facility", "unit", "commune")
    assert list(found) == [
        (site.pk, "", site.commune_id),
        (site.pk, "SSR", site.commune_id),
    ]
    assert remarks(staged, 4)[0].level == "check"


@pytest.mark.parametrize("text", ["Ste Pazanne", "SAINTE-PAZANNE CEDEX", "44186"])
def test_commune_is_found_however_it_is_written(hospital, text):
    apply(
        lines(
            hospital, f"A1;1;AS;{text};CDI;01/02/2027", header="Réf;ETP;Métier;Ville;Statut;Début"
        )
    )

    assert need_called("A1").commune.insee == "44186"


def test_unknown_commune_is_refused_with_the_nearest(hospital):
    staged = lines(
        hospital, "A1;1;AS;Pornik;CDI;01/02/2027", header="Réf;ETP;Métier;Ville;Statut;Début"
    )

    assert remarks(staged, 2) == [
        (
            "Ville",
            "error",
            "Commune inconnue : « Pornik ». Écrivez son nom ou son code INSEE.",
            "Pornic",
        )
    ]


def test_line_of_another_structure_is_held_back(hospital):
    PartnerFactory(territory=hospital.territory, name="EHPAD du Port (fictif)")
    header = "Structure;Réf;ETP;Métier;Statut;Début"
    staged = lines(
        hospital,
        "EHPAD du Port (fictif);A1;1;AS;CDI;01/02/2027",
        "Hôpital de la Côte;A2;1;AS;CDI;01/02/2027",
        "Le Nom d’avant;A3;1;AS;CDI;01/02/2027",
        header=header,
    )

    assert counted(staged) == {"read": 3, "created": 2, "to_check": 1}
    assert [remark.level for remark in remarks(staged, 4)] == ["note"]


def test_practice_columns_of_a_salaried_post_are_said_to_be_left(hospital):
    staged = lines(
        hospital, "A1;1;IDE;CDI;01/02/2027;1200", header="Réf;ETP;Métier;Statut;Début;Patientèle"
    )

    assert remarks(staged, 2)[0].sentence.startswith("Les colonnes du cabinet")


def test_personal_mailbox_and_wording_are_pointed_out(hospital):
    staged = lines(
        hospital,
        "A1;1;IDE;CDI;01/02/2027;marie.dupont@hopital.example;moins de 35 ans",
        header="Réf;ETP;Métier;Statut;Début;Contact;Observations",
    )

    assert counted(staged) == {"read": 1, "created": 1}
    assert [remark.column for remark in remarks(staged, 2)] == ["Observations", "Contact"]


def test_drafts_are_made_when_asked_for(hospital):
    apply(lines(hospital, "A1;IDE;;1;1;CDI;01/02/2027;;;", publish=False))

    assert need_called("A1").status == NeedStatus.DRAFT


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (";28 h par semaine;", (80, "note")),
        (";17h30 / sem;", (50, "note")),
        (";;35h hebdo, roulement", (100, "note")),
        (";39 h/semaine;", (100, "note")),
        (";;", (None, "check")),
        ("-;;", (None, "check")),
        ("0,8;28 h par semaine;", (80, "")),
    ],
)
def test_working_time_left_out_is_computed_or_asked(hospital, said, expected):
    header = "Réf;Métier;Statut;Début;ETP;Horaires;Observations"
    staged = lines(hospital, f"A1;IDE;CDI;01/02/2027;{said}", header=header)

    levels = {remark.level for remark in remarks(staged, 2)}
    if expected[0] is None:
        assert counted(staged) == {"read": 1, "to_check": 1}
        imports.decide_rows(staged=staged, lines=[2], accept=True, by=None, now=NOW)
    apply(staged)

    assert levels == ({expected[1]} if expected[1] else set())
    assert need_called("A1").fte_hundredths == (expected[0] or 100)


def test_working_time_left_out_changes_nothing_of_a_need_that_is_there(hospital):
    apply(lines(hospital, "A1;0,8;IDE;CDI;01/02/2027", header="Réf;ETP;Métier;Statut;Début"))

    again = lines(hospital, "A1;IDE;CDI;01/02/2027", header="Réf;Métier;Statut;Début")

    assert counted(again) == {"read": 1, "unchanged": 1}


def test_word_among_days_that_is_no_day_is_asked_about(hospital):
    header = "Réf;ETP;Métier;Statut;Début;Jours travaillés"
    staged = lines(
        hospital, "A1;1;Médecin généraliste;remplaçant;01/02/2027;lundi, zorgdi", header=header
    )

    assert [(one.column, one.level, one.sentence) for one in remarks(staged, 2)] == [
        ("Jours travaillés", "check", "« zorgdi » n’est pas un jour de la semaine.")
    ]
