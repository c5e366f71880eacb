"""The three shapes that structures really send, retyped: merged titles, cp1252, a practice."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ancrage.kit.imports import services as imports
from ancrage.needs.enums import NeedReason, NeedStatus, StartPrecision
from ancrage.needs.models import Need
from ancrage.professions.enums import ContractKind
from tests.factories import PartnerFactory
from tests.factories.moments import NOW
from tests.needs.imports.helpers import apply, counted, need_called, remarks, stage

pytestmark = pytest.mark.django_db

HOSPITAL = [
    ["HÔPITAL DE LA CÔTE – Direction des ressources humaines"],
    ["Recensement des besoins au 15/10/2026 (document de travail)"],
    [],
    [],
    ["N°", "Métier ", "Spécialité / service", "Nb postes", "Quotité", "Type de contrat",
     "Date de prise de poste", "Motif", "Observations"],
    [1, "IDE", "Médecine A", 2, 1, "CDI", date(2026, 12, 1), "départ retraite", "nuit 12h"],
    [2, "Aide soignante", "USLD", 3, "100%", "CDD 6 mois", date(2026, 11, 15),
     "remplacement congé mat.", None],
    [4, "Médecin gériatre", "EHPAD / USLD", 1, "0,6 ETP", "PH ou contractuel",
     "dès que possible", "création", "logement possible"],
    [],
    [5, "Kiné", "SSR", 1, 0.5, "CDI", "01/02/2027", "vacance", "salaire 2 200 à 2 600 € brut"],
    [6, "Cadre de santé", "Pôle gériatrie", 1, 1, "Mutation", "1er trimestre 2027",
     "départ retraite 31/03/2027", None],
    [8, "Aide-soignant(e) de nuit", "EHPAD Les Flots", 2, "100", "titulaire",
     date(2026, 12, 1), "départ", None],
    [],
    [None, "TOTAL", None, "=SUM(D6:D12)"],
]  # fmt: skip
HOME_CARE = """Structure;Emploi;ETP;Statut;Début;Fin;Urgent;Commentaire
SSIAD de l'Estuaire;Aide-soignant;0,75;CDI;02/11/2026;;oui;secteur sud
SSIAD de l'Estuaire;Aide-soignant;0,75;CDI;02/11/2026;;oui;secteur sud
SSIAD de l'Estuaire;Infirmière coordinatrice;1;CDI;01/01/2027;;non;"départ ; tuilage"
SSIAD de l'Estuaire;Auxiliaire de vie;0,5;CDD;01/07/2027;31/08/2027;non;renfort d'été
SSIAD de l'Estuaire;Dompteur;1;CDI;01/01/2027;;non;
SSIAD de l'Estuaire;Aide-soignant;1,4;CDI;31/02/2027;;oui;
"""
PRACTICE = """reference_interne,metier,type_recherche,jours,date_debut,patientele,loyer_mensuel,\
retrocession,commune_insee,contact_fonctionnel
CAB-1,Médecin généraliste,remplaçant,lundi;mercredi,2026-12-15,1250,,80 %,44131,s@cabinet.example
CAB-2,Médecin généraliste,successeur,,2027-06-30,1800,400,,44131,s@cabinet.example
CAB-3,Sage-femme,collaboratrice,mardi,2027-01-01,,,,44186,s@cabinet.example
"""
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "needs"


def hospital_file() -> io.BytesIO:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for line in HOSPITAL:
        sheet.append(line)
    sheet.merge_cells("A1:I1")
    sheet.merge_cells("A2:I2")
    stream = io.BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return stream


def test_hospital_workbook_accounts_for_every_line(hospital):
    staged = stage(hospital, hospital_file(), "recensement.xlsx")

    assert counted(staged) == {"read": 7, "created": 5, "to_check": 1, "ignored": 1, "empty": 2}
    assert remarks(staged, 8) == [
        (
            "Type de contrat",
            "check",
            "« PH ou contractuel » désigne plusieurs valeurs (Fonction publique (titulaire, "
            "mutation), CDD) : gardez-en une.",
            "Fonction publique (titulaire, mutation)",
        ),
        ("Observations", "note", "Logement proposé : reconnu dans le texte.", ""),
    ]


def test_hospital_workbook_writes_what_its_cells_mean(hospital, pornic):
    apply(stage(hospital, hospital_file(), "recensement.xlsx"))

    nurse = need_called("1")
    assert (nurse.profession.code, nurse.unit, nurse.positions, nurse.fte_hundredths) == (
        "nurse", "Médecine A", 2, 100,
    )  # fmt: skip
    assert (nurse.works_nights, nurse.works_12h, nurse.works_weekends) == (True, True, False)
    assert (nurse.reason, nurse.commune, nurse.status) == (
        NeedReason.RETIREMENT, pornic, NeedStatus.PUBLISHED,
    )  # fmt: skip
    maternity = need_called("2")
    assert (maternity.contract, maternity.starts_on, maternity.ends_on, maternity.reason) == (
        ContractKind.CDD, date(2026, 11, 15), date(2027, 5, 14), NeedReason.LEAVE,
    )  # fmt: skip
    physio = need_called("5")
    assert (physio.pay_min_cents, physio.pay_max_cents, physio.pay_period, physio.pay_note) == (
        220_000, 260_000, "month", "brut",
    )  # fmt: skip
    manager = need_called("6")
    assert (manager.contract, manager.starts_on, manager.start_precision) == (
        ContractKind.CIVIL_SERVANT, date(2027, 1, 1), StartPrecision.QUARTER,
    )  # fmt: skip
    assert need_called("8").works_nights is True


def test_cp1252_file_holds_the_duplicate_and_refuses_what_cannot_be(hospital):
    staged = stage(hospital, io.BytesIO(HOME_CARE.encode("cp1252")))

    assert counted(staged) == {"read": 6, "created": 3, "to_check": 1, "rejected": 2}
    refusals = [one.sentence for one in remarks(staged, 7) if one.level == "error"]
    assert refusals == [
        "Un poste ne peut pas dépasser 1 ETP (lu : 1,4). S’il s’agit de plusieurs postes, "
        "indiquez leur nombre et le temps de travail de chacun.",
        "Le 31/02/2027 n’existe pas dans le calendrier.",
    ]  # fmt: skip
    assert remarks(staged, 6)[0] == (
        "Emploi",
        "error",
        "Métier inconnu : « Dompteur ». Choisissez un métier de la liste du modèle.",
        "",
    )
    apply(staged)
    assert sorted(Need.objects.values_list("urgency", "profession__code")) == [
        (2, "coordinating_nurse"), (2, "home_care_assistant"), (3, "care_assistant"),
    ]  # fmt: skip


def test_practice_file_writes_its_sheets(hospital):
    practice = PartnerFactory(
        territory=hospital.territory, practice=True, commune=hospital.commune
    )
    staged = stage(practice, io.BytesIO(("\ufeff" + PRACTICE).encode()))
    assert counted(staged) == {"read": 3, "created": 2, "to_check": 1}
    assert remarks(staged, 2)[-1].sentence == (
        "Temps de travail calculé : « lundi;mercredi », soit 40 % de 5 jours."
    )
    assert [(one.column, one.level, one.suggestion) for one in remarks(staged, 3)] == [
        ("ETP par poste", "check", "100 %")
    ]
    imports.decide_rows(staged=staged, lines=[3], accept=True, by=None, now=NOW)
    apply(staged)

    locum, successor, midwife = map(need_called, ("CAB-1", "CAB-2", "CAB-3"))
    assert [one.contract for one in (locum, successor, midwife)] == [
        "locum", "successor", "associate",
    ]  # fmt: skip
    sheet = locum.practice_sheet
    assert (sheet.patients, sheet.days, sheet.retrocession_percent, sheet.rent_cents) == (
        1250, "lundi;mercredi", 80, None,
    )  # fmt: skip
    assert successor.practice_sheet.rent_cents == 40_000
    assert [one.fte_hundredths for one in (locum, successor, midwife)] == [40, 100, 20]
    assert midwife.commune.insee == "44186"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files are not beside the project")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("besoins_hopital_titres_fusionnes.xlsx",
         {"read": 9, "created": 7, "to_check": 1, "ignored": 1, "empty": 2}),
        ("besoins_ssiad_cp1252.csv", {"read": 6, "created": 3, "to_check": 1, "rejected": 2}),
        ("besoins_cabinet_liberal.csv", {"read": 3, "created": 2, "to_check": 1}),
    ],
)  # fmt: skip
def test_sample_file_accounts_for_every_line(hospital, name, expected):
    staged = stage(hospital, io.BytesIO((SHARED / name).read_bytes()), name)

    assert counted(staged) == expected
