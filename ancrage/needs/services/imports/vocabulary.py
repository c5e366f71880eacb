"""The words that structures write in a column of values, and the value each stands for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Choices as Enumeration

from ancrage.kit.tabular.parsers import Choices
from ancrage.kit.tabular.problems import source_text
from ancrage.needs.enums import (
    Audience,
    NeedReason,
    NeedStatus,
    PayPeriod,
    StartPrecision,
    Urgency,
)
from ancrage.professions.enums import ContractKind


def _choices(enumeration: type[Enumeration], spellings: Mapping[Any, Iterable[str]]) -> Choices:
    return Choices.build(
        (str(one.value), one.label, (source_text(one.label), *spellings.get(one, ())))
        for one in enumeration
    )


# A public post open to a contract, without saying which: fixed-term or not has to be asked.
EITHER_CONTRACT: tuple[str, ...] = (
    "contractuel",
    "contractuelle",
    "contrat",
    "agent contractuel",
    "praticien contractuel",
)

_CONTRACTS: Mapping[ContractKind, Iterable[str]] = {
    ContractKind.CIVIL_SERVANT: (
        "titulaire", "fonctionnaire", "fonction publique", "mutation", "détachement", "stagiaire",
        "stagiaire de la fonction publique", "statutaire", "concours", "PH", "PH temps plein",
        "praticien hospitalier", "mise en stage", "TITSTA",
    ),
    ContractKind.CDI: (
        "contrat à durée indéterminée", "durée indéterminée", "indéterminé", "permanent", "CDII",
        "CDI temps plein", "CDI temps partiel",
    ),
    ContractKind.CDD: (
        "contrat à durée déterminée", "durée déterminée", "déterminé", "temporaire", "saisonnier",
        "CDD de remplacement", "CDD remplacement", "contrat saisonnier", "job d’été",
        *EITHER_CONTRACT,
    ),
    ContractKind.VACATION: ("vacations", "vacataire", "pool", "intérim", "intérimaire"),
    ContractKind.APPRENTICESHIP: (
        "apprenti", "apprentie", "alternance", "alternant", "alternante",
        "contrat d’apprentissage", "contrat de professionnalisation", "professionnalisation",
    ),
    ContractKind.LOCUM: (
        "remplaçant", "remplaçante", "remplaçants", "remplaçant libéral", "remplacement",
        "remplaçant·e", "remplaçant(e)", "remplacement régulier", "remplacement fixe",
    ),
    ContractKind.ASSOCIATE: (
        "collaborateur", "collaboratrice", "collaborateur libéral", "collaboratrice libérale",
        "collaborateur(trice)", "collaborateur/trice", "collaboration", "assistanat",
    ),
    ContractKind.PARTNER_DOCTOR: (
        "associé", "associée", "associé(e)", "associés", "association en cabinet",
    ),
    ContractKind.SUCCESSOR: (
        "successeur", "successeure", "succession", "reprise", "reprise de patientèle", "cession",
        "repreneur",
    ),
    ContractKind.SALARIED: (
        "salarié", "salariée", "salariat", "médecin salarié", "exercice salarié",
    ),
    ContractKind.JUNIOR_DOCTOR: ("docteur junior", "Dr junior", "DJ", "interne phase 3"),
}  # fmt: skip

_REASONS: Mapping[NeedReason, Iterable[str]] = {
    NeedReason.DEPARTURE: (
        "départs", "démission", "mutation", "fin de contrat", "rupture", "licenciement",
        "remplacement départ", "remplacement d’un départ", "départ d’un agent",
    ),
    NeedReason.RETIREMENT: (
        "retraite", "départ retraite", "départ en retraite", "retraites", "départs à la retraite",
        "départs en retraite", "cessation d’activité", "remplacement départ retraite",
        "remplacement départ à la retraite",
    ),
    NeedReason.LEAVE: (
        "congé", "congés", "remplacement", "remplacement congé", "congé maternité", "maternité",
        "congé mat", "remplacement congé mat", "remplacement congé maternité", "congé parental",
        "arrêt maladie", "arrêt", "maladie", "arrêt de travail", "absence", "disponibilité",
        "remplacement arrêt maladie", "remplacement maladie", "longue maladie",
        "remplacement congé parental",
    ),
    NeedReason.CREATION: ("création", "nouveau poste", "ouverture", "extension", "créations"),
    NeedReason.SUMMER: (
        "été", "renfort été", "saison", "saisonnier", "renfort saisonnier", "congés d’été",
        "remplacement d’été", "remplacements d’été", "renfort estival", "période estivale",
    ),
    NeedReason.GROWTH: (
        "accroissement", "surcroît", "surcroît d’activité", "accroissement temporaire",
        "accroissement temporaire d’activité", "renfort",
    ),
    NeedReason.VACANCY: (
        "vacance", "vacant", "vacance de poste", "poste non pourvu", "non pourvu",
        "postes vacants",
    ),
    NeedReason.OTHER: ("autre",),
}  # fmt: skip

CONTRACTS = _choices(ContractKind, _CONTRACTS)
REASONS = _choices(NeedReason, _REASONS)
URGENCIES = _choices(
    Urgency,
    {
        Urgency.LOW: ("faible", "basse", "non urgent", "pas urgent"),
        Urgency.NORMAL: ("non", "n", "moyenne", "moyen", "normal", "no", "false", "faux"),
        Urgency.HIGH: (
            "oui", "o", "x", "urgent", "haute", "forte", "élevé", "yes", "vrai", "true",
            "prioritaire",
        ),
        Urgency.CRITICAL: ("très urgent", "critique", "bloquant", "très élevée", "maximale"),
    },
)  # fmt: skip
AUDIENCES = _choices(
    Audience,
    {
        Audience.MEMBERS: (
            "interne", "interne PTRH", "membres", "réservé aux membres", "restreinte", "privé",
            "partenaires",
        ),
        Audience.PUBLIC: ("publique", "externe", "tous", "internet", "grand public"),
    },
)  # fmt: skip
PERIODS = _choices(
    PayPeriod,
    {
        PayPeriod.HOUR: ("heure", "horaire", "h"),
        PayPeriod.DAY: ("jour", "journalier", "journée", "garde", "vacation", "j"),
        PayPeriod.MONTH: ("mois", "mensuel", "mensuelle", "m"),
        PayPeriod.YEAR: ("an", "année", "annuel", "annuelle"),
    },
)
PRECISIONS = _choices(StartPrecision, {})
STATUSES = _choices(NeedStatus, {})
