"""The words that people write in a column of values, and the value each stands for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Choices as Enumeration

from ancrage.candidates.enums import DiplomaState, Experience
from ancrage.kit.tabular.parsers import Choices
from ancrage.kit.tabular.problems import source_text
from ancrage.kit.tabular.wording import key_of
from ancrage.professions.enums import ContractKind


def _choices(enumeration: type[Enumeration], spellings: Mapping[Any, Iterable[str]]) -> Choices:
    return Choices.build(
        (str(one.value), one.label, (source_text(one.label), *spellings.get(one, ())))
        for one in enumeration
    )


DIPLOMAS = _choices(
    DiplomaState,
    {
        DiplomaState.HELD: (
            "oui", "obtenu", "diplômé", "diplômée", "diplômé(e)", "titulaire du diplôme",
            "diplôme d’État", "DE", "acquis", "validé", "x",
        ),
        DiplomaState.IN_TRAINING: (
            "en cours", "en formation", "étudiant", "étudiante", "étudiant(e)", "en études",
            "élève", "interne", "apprenti", "apprentie", "préparation du diplôme",
        ),
        DiplomaState.ABROAD: (
            "étranger", "diplôme étranger", "hors France", "PAE", "autorisation d’exercice",
            "PADHUE", "hors UE", "diplôme européen",
        ),
        DiplomaState.AIMED_AT: (
            "non", "sans diplôme", "pas de diplôme", "aucun", "visé", "projet", "reconversion",
            "pas encore",
        ),
    },
)  # fmt: skip

EXPERIENCES = _choices(
    Experience,
    {
        Experience.TRAINING: ("en formation", "étudiant", "étudiante", "élève", "stagiaire"),
        Experience.UNDER_2: (
            "débutant", "débutante", "jeune diplômé", "jeune diplômée", "moins de deux ans",
            "première expérience", "sans expérience",
        ),
        Experience.YEARS_2_5: ("2 à 5 ans", "2-5 ans"),
        Experience.YEARS_5_10: ("5 à 10 ans", "5-10 ans", "confirmé", "confirmée"),
        Experience.YEARS_10_20: ("10 à 20 ans", "10-20 ans", "senior"),
        Experience.OVER_20: ("20 ans et plus", "+ de 20 ans"),
    },
)  # fmt: skip

CONTRACTS = _choices(
    ContractKind,
    {
        ContractKind.CIVIL_SERVANT: (
            "titulaire", "fonctionnaire", "fonction publique", "mutation", "détachement",
        ),
        ContractKind.CDI: ("durée indéterminée", "contrat à durée indéterminée", "permanent"),
        ContractKind.CDD: (
            "durée déterminée", "contrat à durée déterminée", "temporaire", "saisonnier",
            "job d’été",
        ),
        ContractKind.VACATION: (
            "vacations", "vacataire", "intérim", "intérimaire", "pool", "extras",
        ),
        ContractKind.APPRENTICESHIP: (
            "apprenti", "apprentie", "alternance", "contrat d’apprentissage",
            "contrat de professionnalisation",
        ),
        ContractKind.LOCUM: (
            "remplacement", "remplacements", "remplaçant", "remplaçante", "remplaçant(e)",
        ),
        ContractKind.ASSOCIATE: (
            "collaboration", "collaborateur", "collaboratrice", "assistanat",
        ),
        ContractKind.PARTNER_DOCTOR: ("associé", "associée", "association en cabinet"),
        ContractKind.SUCCESSOR: ("successeur", "reprise", "reprise de patientèle"),
        ContractKind.SALARIED: ("salarié", "salariée", "salariat", "médecin salarié"),
        ContractKind.JUNIOR_DOCTOR: ("docteur junior",),
    },
)  # fmt: skip

# Open to every tie: said by naming none.
ANY_CONTRACT = frozenset(
    map(
        key_of,
        (
            "tous", "tout", "tous les contrats", "tous contrats", "tout type",
            "tout type de contrat", "tous types", "indifférent", "peu importe", "ouvert",
            "ouvert à tout",
        ),
    )
)  # fmt: skip
