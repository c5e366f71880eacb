"""The columns of a file of people, under the names that coordinations give them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.services.imports.cells import (
    is_email_like,
    is_phone_like,
    parse_contracts,
    parse_diploma,
    parse_experience,
    parse_fte,
    parse_hours,
    parse_name,
    parse_names,
    parse_reach,
)
from ancrage.candidates.services.imports.vocabulary import CONTRACTS, DIPLOMAS, EXPERIENCES
from ancrage.kit.imports import Column
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.parsers import date_parser, parse_email, parse_phone, text_parser
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Parsed


def _professions(context: Any) -> Sequence[str]:
    return list(context.profession_labels)


def _number(value: CellValue) -> Parsed[str]:
    return written(value) or None


COLUMNS: tuple[Column, ...] = (
    Column(
        "last_name",
        _("Nom"),
        parse_name,
        synonyms=(
            "Nom de famille", "Nom d’usage", "Nom usuel", "Nom d’exercice", "NOM candidat",
            "Nom du candidat",
        ),
        help=_("Obligatoire, sauf si une colonne réunit nom et prénom."),
        example="Fictive",
    ),
    Column(
        "first_name",
        _("Prénom"),
        parse_name,
        synonyms=("Prénoms", "Prénom usuel", "Prénom d’exercice", "Prénom du candidat"),
        example="Alix",
    ),
    Column(
        "full_name",
        _("Nom et prénom"),
        parse_names,
        synonyms=(
            "Nom Prénom", "Nom, prénom", "Nom / Prénom", "Candidat", "Candidate", "Personne",
            "Identité", "Nom complet", "Contact",
        ),
        help=_("Si votre fichier les réunit : « FICTIVE Alix »."),
    ),
    Column(
        "email",
        _("Adresse électronique"),
        parse_email,
        synonyms=(
            "E-mail", "Email", "Mail", "Courriel", "Adresse mail", "Adresse e-mail", "Mèl",
        ),
        help=_("Une adresse ou un téléphone. La personne y reçoit le lien pour répondre."),
        example="alix.fictive@exemple.test",
        hint=is_email_like,
        width=28,
    ),
    Column(
        "phone",
        _("Téléphone"),
        parse_phone,
        synonyms=("Tél", "Tel.", "Portable", "Mobile", "Numéro de téléphone", "N° de téléphone",
                  "Téléphone portable"),
        example="06 12 34 56 78",
        identifier=True,
        hint=is_phone_like,
    ),
    Column(
        "commune",
        _("Commune"),
        text_parser(80),
        synonyms=("Ville", "Code postal", "CP", "Lieu", "Résidence", "Lieu de résidence",
                  "Commune de résidence", "Localisation", "Secteur", "Code INSEE"),
        help=_("Son nom, son code postal ou son code INSEE."),
    ),
    Column(
        "profession",
        _("Métier"),
        text_parser(200),
        synonyms=(
            "Profession", "Métiers", "Emploi", "Fonction", "Emploi recherché", "Métier recherché",
            "Métier exercé", "Poste recherché", "Poste souhaité", "Qualification", "Profil",
            "Métier visé", "Poste",
        ),
        required=True,
        help=_("Comme on le dit : IDE, kiné… Plusieurs métiers : séparés par un point-virgule."),
        example="Infirmier",
        choices=_professions,
        width=28,
    ),
    Column(
        "specialty",
        _("Spécialité"),
        text_parser(160),
        synonyms=("spécialité médicale", "discipline", "spe"),
        help=_("Pour les métiers qui en ont : gériatrie, cardiologie…"),
    ),
    Column(
        "diploma",
        _("Diplôme"),
        parse_diploma,
        synonyms=("État du diplôme", "Diplôme obtenu", "Diplômé", "Situation du diplôme",
                  "Diplôme d’État"),
        help=_("Vide : obtenu."),
        choices=DIPLOMAS.labels,
        width=24,
    ),
    Column(
        "rpps",
        _("Numéro RPPS"),
        _number,
        synonyms=("RPPS", "N° RPPS", "Identifiant RPPS", "n° RPPS ou ADELI"),
        help=_("Facultatif, 11 chiffres. Sa clé est vérifiée, et l’annuaire s’il est chargé."),
        identifier=True,
    ),
    Column(
        "experience",
        _("Expérience"),
        parse_experience,
        synonyms=("Années d’expérience", "Ancienneté", "Expérience professionnelle"),
        choices=EXPERIENCES.labels,
    ),
    Column(
        "available_from",
        _("Disponible à partir du"),
        date_parser(asap=True),
        synonyms=(
            "Disponibilité", "Disponible", "Date de disponibilité", "Disponible le", "Dispo",
            "Quand", "À partir de",
        ),
        help=_("Une date, un mois (mars 2027) ou « dès que possible »."),
        example="01/02/2027",
    ),
    Column(
        "available_until",
        _("Jusqu’au"),
        date_parser(bound="end"),
        synonyms=("Fin de disponibilité", "Disponible jusqu’au"),
    ),
    Column(
        "contracts",
        _("Contrats souhaités"),
        parse_contracts,
        synonyms=("Contrat", "Contrats", "Type de contrat", "Contrat souhaité", "Statut souhaité"),
        help=_("Un ou plusieurs : CDI, vacation… Vide : tous."),
        example="CDI",
        choices=CONTRACTS.labels,
        width=24,
    ),
    Column(
        "fte",
        _("Temps de travail"),
        parse_fte,
        synonyms=("Quotité", "ETP", "Temps de travail souhaité", "Quotité souhaitée", "Temps",
                  "Taux d’activité"),
        help=_("80 %, de 50 % à 80 %, au moins 50 %, mi-temps."),
        example="80 %",
    ),
    Column(
        "hours",
        _("Horaires"),
        parse_hours,
        synonyms=("Horaires acceptés", "Rythme", "Roulement"),
        help=_("Jour, nuit, 12 h, week-end."),
    ),
    Column(
        "reach",
        _("Zone"),
        parse_reach,
        synonyms=("Rayon", "Rayon (km)", "Distance", "Mobilité", "Rayon d’action", "Jusqu’à",
                  "Distance maximale", "Km", "Temps de trajet"),
        help=_("30 km, ou 20 minutes."),
        example="30 km",
    ),
    Column(
        "origin",
        _("Origine"),
        text_parser(300),
        synonyms=("Source", "Provenance", "Origine du contact", "Connu par", "Rencontré"),
        help=_("D’où vient ce contact : un salon, un stage. Gardé dans la note."),
        free_text=True,
    ),
    Column(
        "remark",
        _("Remarque"),
        text_parser(3000),
        synonyms=("Remarques", "Observations", "Observation", "Commentaire", "Commentaires",
                  "Note", "Notes", "Précisions"),
        help=_("Ni santé, ni famille, ni numéro de sécurité sociale : la ligne serait refusée."),
        free_text=True,
        width=40,
    ),
)  # fmt: skip
