"""Specialties of dental surgeons and of nurses in advanced practice."""

from ancrage.professions.enums import SpecialtyGroup
from ancrage.professions.reference.shapes import SpecialtyRow

DENTAL_AND_NURSING = (
    SpecialtyRow(
        code="SCD01",
        label_fr="Orthopédie dento-faciale",
        label_en="Orthodontics",
        profession="dentist",
        group=SpecialtyGroup.DENTAL,
        practitioners=(
            "orthodontiste",
            "spécialiste en orthopédie dento-faciale",
            "chirurgien-dentiste orthodontiste",
        ),
        disciplines=("orthopédie dento-faciale", "orthodontie", "ODF"),
    ),
    SpecialtyRow(
        code="SCD02",
        label_fr="Chirurgie orale (chirurgien-dentiste)",
        label_en="Oral surgery (dental surgeon)",
        profession="dentist",
        group=SpecialtyGroup.DENTAL,
        disciplines=("chirurgie orale",),
    ),
    SpecialtyRow(
        code="SCD03",
        label_fr="Médecine bucco-dentaire",
        label_en="Oral medicine",
        profession="dentist",
        group=SpecialtyGroup.DENTAL,
        disciplines=("médecine bucco-dentaire",),
    ),
    SpecialtyRow(
        code="SI01",
        label_fr="Pratique avancée : pathologies chroniques stabilisées",
        label_en="Advanced practice: stable chronic conditions",
        profession="advanced_practice_nurse",
        group=SpecialtyGroup.NURSING,
        disciplines=("pathologies chroniques stabilisées", "pathologies chroniques", "PCS"),
    ),
    SpecialtyRow(
        code="SI02",
        label_fr="Pratique avancée : oncologie et hémato-oncologie",
        label_en="Advanced practice: oncology",
        profession="advanced_practice_nurse",
        group=SpecialtyGroup.NURSING,
        disciplines=("oncologie", "oncologie et hémato-oncologie", "onco-hématologie"),
    ),
    SpecialtyRow(
        code="SI03",
        label_fr="Pratique avancée : maladie rénale chronique",
        label_en="Advanced practice: chronic kidney disease",
        profession="advanced_practice_nurse",
        group=SpecialtyGroup.NURSING,
        disciplines=(
            "maladie rénale chronique",
            "néphrologie",
            "dialyse",
            "transplantation rénale",
        ),
    ),
    SpecialtyRow(
        code="SI04",
        label_fr="Pratique avancée : santé mentale",
        label_en="Advanced practice: mental health",
        profession="advanced_practice_nurse",
        group=SpecialtyGroup.NURSING,
        disciplines=("psychiatrie", "santé mentale", "psychiatrie et santé mentale", "PSM"),
    ),
    SpecialtyRow(
        code="SI05",
        label_fr="Pratique avancée : urgences",
        label_en="Advanced practice: emergency care",
        profession="advanced_practice_nurse",
        group=SpecialtyGroup.NURSING,
        disciplines=("urgences",),
    ),
)
