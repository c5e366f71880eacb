"""The columns of a file of registrations, under the names that forms give them.

An answer is recognised by what it means, whatever the words of the question.
"""

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.services.imports.cells import (
    is_email_like,
    is_phone_like,
    parse_name,
    parse_names,
)
from ancrage.events.enums import Meaning
from ancrage.kit.imports import Column
from ancrage.kit.tabular.parsers import parse_email, parse_phone, text_parser

COLUMNS: tuple[Column, ...] = (
    Column(
        "last_name",
        _("Nom"),
        parse_name,
        synonyms=("Nom de famille", "Nom d’usage", "Nom du participant", "Votre nom"),
        help=_("Obligatoire, sauf si une colonne réunit nom et prénom."),
        example="Fictive",
    ),
    Column(
        "first_name",
        _("Prénom"),
        parse_name,
        synonyms=("Prénoms", "Prénom du participant", "Votre prénom"),
        example="Alix",
    ),
    Column(
        "full_name",
        _("Nom et prénom"),
        parse_names,
        synonyms=(
            "Nom Prénom", "Nom, prénom", "Nom / Prénom", "Nom complet", "Participant",
            "Nom et prénom du participant", "Vos nom et prénom", "Identité",
        ),
        help=_("Si votre fichier les réunit : « FICTIVE Alix »."),
    ),
    Column(
        "email",
        _("Adresse électronique"),
        parse_email,
        synonyms=(
            "E-mail", "Email", "Mail", "Courriel", "Adresse mail", "Adresse e-mail", "Mèl",
            "Votre adresse mail", "Adresse de messagerie",
        ),
        help=_("La personne y reçoit la confirmation et le lien de son inscription."),
        example="alix.fictive@exemple.test",
        hint=is_email_like,
        width=28,
    ),
    Column(
        "phone",
        _("Téléphone"),
        parse_phone,
        synonyms=(
            "Tél", "Tel.", "Portable", "Mobile", "Numéro de téléphone", "N° de téléphone",
            "Téléphone portable", "Votre téléphone",
        ),
        example="06 12 34 56 78",
        identifier=True,
        hint=is_phone_like,
    ),
    Column(
        "organisation",
        _("Cabinet, structure ou faculté"),
        text_parser(160),
        synonyms=(
            "Structure", "Cabinet", "Établissement", "Faculté", "Maison de santé", "MSP",
            "Lieu d’exercice", "Organisme", "Société", "Entreprise",
        ),
        example="Cabinet fictif",
        width=24,
    ),
    Column(
        "profession",
        _("Métier"),
        text_parser(120),
        synonyms=("Profession", "Fonction", "Emploi", "Vous êtes"),
    ),
    Column(
        "remark",
        _("Remarque"),
        text_parser(300),
        synonyms=("Remarques", "Commentaire", "Commentaires", "Observations", "Message"),
        help=_("Lue par l’organisation seulement."),
        free_text=True,
        width=30,
    ),
    Column(
        Meaning.MODE.value,
        _("Mode d’exercice"),
        text_parser(300),
        synonyms=(
            "Recherche", "Que recherchez-vous ?", "Vous recherchez", "Type de remplacement",
            "Mode d’exercice recherché", "Mode d’exercice proposé", "Offre", "Projet",
        ),
        help=_("Plusieurs réponses : séparées par un point-virgule."),
        example="Remplacement régulier",
        width=24,
    ),
    Column(
        "commune",
        _("Commune"),
        text_parser(80),
        synonyms=(
            "Ville", "Commune du cabinet", "Lieu", "Code postal", "CP", "Secteur",
            "Autour de quelle commune ?", "Secteur recherché", "Zone", "Localisation",
        ),
        help=_("Son nom, son code postal ou son code INSEE."),
    ),
    Column(
        Meaning.REACH.value,
        _("Distance acceptée (km)"),
        text_parser(40),
        synonyms=("Rayon", "Distance", "Périmètre", "Jusqu’à quelle distance ?", "Mobilité"),
        example="30",
    ),
    Column(
        Meaning.SPECIALTY.value,
        _("Spécialité"),
        text_parser(160),
        synonyms=("Spécialité médicale", "Discipline"),
    ),
    Column(
        Meaning.START.value,
        _("À partir de quand"),
        text_parser(60),
        synonyms=(
            "Disponibilité", "Date de début", "Disponible à partir du", "À partir de",
            "À partir de quand ?", "Date souhaitée",
        ),
        example="01/03/2027",
    ),
    Column(
        Meaning.DAYS.value,
        _("Jours"),
        text_parser(120),
        synonyms=("Quels jours ?", "Jours de la semaine", "Jours proposés", "Jours souhaités"),
        example="Lundi ; Jeudi",
    ),
    Column(
        Meaning.LICENCE.value,
        _("Licence de remplacement"),
        text_parser(120),
        synonyms=("Licence", "Avez-vous une licence de remplacement ?", "Thèse et licence"),
    ),
    Column(
        Meaning.TOGETHER.value,
        _("À deux professionnels"),
        text_parser(60),
        synonyms=("Binôme", "À deux", "Venez-vous à deux ?", "Cherchez-vous à deux ?"),
        help=_("Deux professionnels de santé ; jamais la situation de famille."),
    ),
)  # fmt: skip
