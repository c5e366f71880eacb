"""The columns of a file of needs, under the names that structures give them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import Column
from ancrage.kit.tabular.parsers import (
    choice_parser,
    date_parser,
    fte_parser,
    identifier_parser,
    integer_parser,
    money_parser,
    parse_bool,
    parse_email,
    parse_phone,
    text_parser,
)
from ancrage.needs.services.imports.cells import (
    held_back,
    parse_contract,
    parse_housing,
    parse_percent,
    parse_reason,
    parse_start,
    parse_status,
)
from ancrage.needs.services.imports.vocabulary import (
    AUDIENCES,
    CONTRACTS,
    PERIODS,
    PRECISIONS,
    REASONS,
    STATUSES,
    URGENCIES,
)
from ancrage.needs.validators import LENGTHS, MAX_POSITIONS, PRACTICE_LENGTHS

_YES_NO = (_("oui"), _("non"))


def _professions(context: Any) -> Sequence[str]:
    return list(context.profession_labels)


COLUMNS: tuple[Column, ...] = (
    Column(
        "reference",
        _("Référence interne"),
        identifier_parser(),
        synonyms=(
            "reference_interne", "N°", "No", "Num", "numéro", "Réf", "Ref.", "référence", "id",
            "n° de poste", "numéro de poste", "code poste", "n° ligne", "n° besoin",
        ),
        help=_(
            "Le numéro que vous donnez à ce besoin : il permet de le retrouver au prochain "
            "import. Sans lui, la ligne est reconnue à son contenu."
        ),
        example="RH-2027-01",
        identifier=True,
    ),
    Column(
        "profession",
        _("Métier"),
        text_parser(200),
        synonyms=(
            "Emploi", "Poste", "Profession", "Fonction", "Métiers", "Intitulé",
            "Intitulé du poste",
            "Intitulé de l’emploi", "Qualification", "Grade", "Libellé emploi", "Profil",
            "Profil recherché", "Poste à pourvoir", "Métier recherché",
            "Catégorie professionnelle",
        ),
        required=True,
        help=_("Le libellé ou l’abréviation d’usage : aide-soignant, IDE, kiné…"),
        example="Aide-soignant",
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
        "unit",
        _("Service"),
        text_parser(LENGTHS["unit"]),
        synonyms=(
            "Unité", "Pôle", "Secteur", "Service d’affectation", "Affectation", "UF",
            "Unité de soins",
        ),
        help=_("Le service ou l’unité d’affectation."),
        example="SSR",
    ),
    Column(
        "specialty_or_unit",
        _("Spécialité ou service"),
        text_parser(LENGTHS["unit"]),
        synonyms=("Spécialité / service", "Service / spécialité", "Service ou spécialité"),
        help=_(
            "Si vos fichiers mêlent les deux : la spécialité est reconnue, le reste est un "
            "service."
        ),
    ),
    Column(
        "posts",
        _("Nombre de postes"),
        integer_parser(minimum=1, maximum=MAX_POSITIONS),
        synonyms=(
            "nombre_postes", "Nb postes", "Nb", "Nbre", "Nombre", "Effectif", "Nbre de postes",
            "Postes", "Quantité", "Nb de postes", "Nbre postes",
        ),
        help=_("Vide : un poste."),
        example=2,
    ),
    Column(
        "fte",
        _("ETP par poste"),
        fte_parser(minimum=1, maximum=100),
        synonyms=(
            "etp_par_poste", "ETP", "Quotité", "Temps de travail", "Quotité de travail", "Taux",
            "Taux d’emploi", "%", "Temps", "Durée de travail",
        ),
        help=_(
            "Le temps de travail d’un poste : 0,8, 80 %, mi-temps, 28 h. Vide : calculé "
            "d’après les heures ou les jours par semaine, sinon demandé."
        ),
        example="0,8",
    ),
    Column(
        "contract",
        _("Type de contrat"),
        parse_contract,
        synonyms=(
            "type_contrat", "Contrat", "Statut", "Nature du contrat", "type_recherche",
            "Type de recherche", "Recherche", "Nature", "Lien", "Forme du contrat",
        ),
        required=True,
        help=_(
            "CDI, CDD, titulaire, vacation, apprentissage ; pour un cabinet : remplaçant, "
            "collaborateur, associé, successeur."
        ),
        example="CDI",
        choices=CONTRACTS.labels,
        width=26,
    ),
    Column(
        "reason",
        _("Motif"),
        parse_reason,
        synonyms=(
            "Raison", "Motif du besoin", "Motif de recrutement", "Cause", "Origine du besoin",
        ),
        example="Départ à la retraite",
        choices=REASONS.labels,
        width=24,
    ),
    Column(
        "starts_on",
        _("Date de début"),
        parse_start,
        synonyms=(
            "date_debut", "Début", "Date de prise de poste", "Prise de poste", "Date souhaitée",
            "Date", "À partir de", "Date d’arrivée", "Échéance", "Date d’embauche",
            "Disponible le",
            "Date de besoin", "Pour quand",
        ),
        required=True,
        help=_(
            "Une date, un mois (mars 2027), un trimestre (1er trimestre 2027) ou « dès que "
            "possible »."
        ),
        example="01/02/2027",
    ),
    Column(
        "ends_on",
        _("Date de fin"),
        date_parser(bound="end"),
        synonyms=("Fin", "Jusqu’au", "Fin de contrat", "Date fin contrat", "Terme"),
        help=_("Pour les contrats à terme."),
    ),
    Column(
        "start_precision",
        _("Précision de la date"),
        choice_parser(PRECISIONS),
        help=_("À cette date, dans le mois, dans le trimestre, dès que possible."),
        choices=PRECISIONS.labels,
    ),
    Column(
        "urgency",
        _("Urgence"),
        choice_parser(URGENCIES),
        synonyms=("Urgent", "Priorité", "Niveau d’urgence", "Prioritaire"),
        help=_("De 1 (peut attendre) à 4 (critique), ou oui / non."),
        choices=URGENCIES.labels,
    ),
    Column(
        "hours",
        _("Horaires"),
        text_parser(200),
        synonyms=(
            "Horaire", "Rythme", "Roulement", "Planning", "Amplitude", "Cycle",
            "Temps de présence",
        ),
        help=_("Les mots jour, nuit, 12 h et week-end sont reconnus."),
        example="nuit, 12 h",
    ),
    Column("works_days", _("Travail de jour"), parse_bool, choices=_YES_NO),
    Column("works_nights", _("Travail de nuit"), parse_bool, choices=_YES_NO),
    Column("works_12h", _("Postes de 12 h"), parse_bool, choices=_YES_NO),
    Column("works_weekends", _("Travail le week-end"), parse_bool, choices=_YES_NO),
    Column(
        "housing",
        _("Logement proposé"),
        parse_housing,
        synonyms=("logement_propose", "Logement", "Hébergement", "Possibilité de logement"),
        choices=_YES_NO,
    ),
    Column(
        "pay",
        _("Rémunération"),
        money_parser(),
        synonyms=(
            "Salaire", "Fourchette de salaire", "Salaire brut", "Rémunération brute", "Paie",
        ),
        help=_("Une fourchette en toutes lettres : 2 200 à 2 600 € brut par mois."),
    ),
    Column(
        "pay_min",
        _("Salaire, de"),
        money_parser(),
        synonyms=("salaire_min", "Salaire minimum", "Salaire mini", "Rémunération min"),
    ),
    Column(
        "pay_max",
        _("Salaire, à"),
        money_parser(),
        synonyms=("salaire_max", "Salaire maximum", "Salaire maxi", "Rémunération max"),
    ),
    Column(
        "pay_period",
        _("Période du salaire"),
        choice_parser(PERIODS),
        synonyms=("periode_salaire", "Période", "Périodicité"),
        choices=PERIODS.labels,
    ),
    Column(
        "pay_note", _("Précision sur la rémunération"), text_parser(LENGTHS["pay_note"])
    ),
    Column(
        "description",
        _("Description"),
        text_parser(LENGTHS["description"] - 400),
        synonyms=(
            "Observations", "Commentaire", "Commentaires", "Remarques", "Remarque", "Observation",
            "Précisions", "Missions", "Notes", "Détails", "Information", "Informations", "Divers",
        ),
        free_text=True,
        width=40,
    ),
    Column(
        "aid",
        _("Aide possible"),
        text_parser(300),
        synonyms=("aide_possible", "Aides", "Prime", "Avantages"),
        help=_("Prime, aide à l’installation… : ajoutée à la description."),
        free_text=True,
    ),
    Column(
        "structure",
        _("Structure"),
        text_parser(200),
        synonyms=("Employeur", "Nom de la structure", "Organisme", "Entité", "Raison sociale"),
        help=_("Sert à vérifier que la ligne vous concerne."),
    ),
    Column(
        "facility",
        _("Établissement"),
        text_parser(200),
        synonyms=("Site", "Nom de l’établissement", "Lieu d’exercice", "Lieu d’affectation"),
        help=_("Le nom d’un de vos sites."),
    ),
    Column(
        "finess_et",
        _("FINESS de l’établissement"),
        held_back(identifier_parser(length=9, pattern=r"[0-9][0-9AB][0-9]{7}")),
        synonyms=("FINESS", "FINESS ET", "FINESS géographique", "N° FINESS"),
        identifier=True,
        help=_("Le numéro FINESS géographique d’un de vos sites."),
    ),
    Column(
        "siret",
        _("SIRET"),
        held_back(identifier_parser(length=14, pattern=r"\d{14}")),
        synonyms=("N° SIRET", "Numéro SIRET"),
        identifier=True,
        help=_("Le SIRET d’un de vos sites."),
    ),
    Column(
        "commune",
        _("Commune"),
        text_parser(120),
        synonyms=(
            "commune_insee", "Code INSEE", "Ville", "Lieu", "Code commune", "INSEE",
            "Localisation",
            "Lieu de travail", "Code postal", "Localité", "Nom commune",
        ),
        help=_("Nom ou code INSEE. Vide : la commune du site, sinon celle de la structure."),
        example="44131",
        identifier=True,
    ),
    Column(
        "contact_email",
        _("Boîte du service"),
        parse_email,
        synonyms=(
            "contact_fonctionnel", "Contact", "E-mail", "Email", "Mail", "Courriel",
            "Adresse électronique", "Mail de contact",
        ),
        help=_("La boîte d’un service, jamais celle d’une personne."),
        example="recrutement@structure.example",
        width=30,
    ),
    Column(
        "contact_phone",
        _("Téléphone du service"),
        parse_phone,
        synonyms=("Téléphone", "Tél", "Tel", "N° de téléphone"),
        identifier=True,
    ),
    Column(
        "audience",
        _("Diffusion"),
        choice_parser(AUDIENCES),
        synonyms=("Visibilité", "Public", "Publication"),
        help=_("Tout public, ou membres du territoire seulement. Vide : tout public."),
        choices=AUDIENCES.labels,
        width=26,
    ),
    Column(
        "status",
        _("État"),
        parse_status,
        help=_(
            "Un brouillon n’est pas publié, un besoin clos n’est pas créé. L’état d’un besoin "
            "connu ne change pas par un fichier."
        ),
        choices=STATUSES.labels,
    ),
    Column(
        "patients",
        _("Patients suivis"),
        integer_parser(minimum=0, maximum=20_000),
        synonyms=("patientele", "Patientèle", "Nombre de patients", "File active"),
        help=_("Pour un cabinet : les colonnes qui suivent forment sa fiche."),
    ),
    Column(
        "days",
        _("Jours travaillés"),
        text_parser(PRACTICE_LENGTHS["days"]),
        synonyms=("jours", "Jours d’exercice", "Jours de remplacement", "Jours proposés"),
    ),
    Column(
        "home_visits",
        _("Visites à domicile par semaine"),
        integer_parser(minimum=0, maximum=500),
        synonyms=("visites", "Visites à domicile", "VAD"),
    ),
    Column(
        "rent",
        _("Loyer mensuel"),
        money_parser(period="month"),
        synonyms=("loyer_mensuel", "Loyer", "Redevance"),
    ),
    Column(
        "retrocession",
        _("Rétrocession"),
        parse_percent,
        synonyms=("Taux de rétrocession", "Rétrocession %"),
        help=_("La part des honoraires gardée par le remplaçant, en pour cent."),
    ),
    Column(
        "partners_count",
        _("Associés au cabinet"),
        integer_parser(minimum=0, maximum=100),
        synonyms=("associes", "Nombre d’associés", "Nb associés", "Nb médecins"),
    ),
    Column(
        "legal_form",
        _("Forme juridique"),
        text_parser(PRACTICE_LENGTHS["legal_form"]),
        synonyms=("SCM", "Structure juridique", "Forme"),
    ),
    Column(
        "software",
        _("Logiciel métier"),
        text_parser(PRACTICE_LENGTHS["software"]),
        synonyms=("Logiciel",),
    ),
    Column(
        "secretariat",
        _("Secrétariat"),
        text_parser(PRACTICE_LENGTHS["secretariat"]),
        synonyms=("Secrétaire",),
    ),
    Column(
        "couple",
        _("Place pour un couple"),
        parse_bool,
        synonyms=("couple", "Couple de médecins"),
        choices=_YES_NO,
    ),
)  # fmt: skip
