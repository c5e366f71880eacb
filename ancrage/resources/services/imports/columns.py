"""The columns that a table of resources may have, and what people write in them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import Column
from ancrage.kit.tabular.cells import as_text
from ancrage.kit.tabular.parsers import (
    Choices,
    choice_parser,
    date_parser,
    fte_parser,
    identifier_parser,
    integer_parser,
    parse_email,
    text_parser,
)
from ancrage.kit.tabular.problems import source_text
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.validators import LENGTHS, MAX_QUANTITY

_KINDS: Mapping[ResourceKind, tuple[str, ...]] = {
    ResourceKind.STAFF_TIME: (
        "temps de personnel", "mise à disposition", "temps partagé", "personnel", "MAD",
    ),
    ResourceKind.TRAINING_PLACE: (
        "terrain de stage", "maître de stage", "stage", "MSU", "place de stage",
    ),
    ResourceKind.TUTOR: ("tuteur", "tutrice", "tutorat"),
    ResourceKind.IMMERSION: ("immersion", "découverte", "découverte d’un métier", "PMSMP"),
    ResourceKind.HOUSING: ("logement", "hébergement", "studio", "chambre", "appartement"),
    ResourceKind.CHILDCARE: ("garde d’enfants", "crèche", "place en crèche", "berceau"),
    ResourceKind.VEHICLE: ("véhicule", "voiture", "vélo"),
    ResourceKind.ROOM: ("salle", "cabinet", "local", "bureau", "salle ou bureau"),
    ResourceKind.EXPERTISE: ("expertise", "conseil", "appui"),
    ResourceKind.SERVICE: ("service", "accompagnement", "permanence", "démarche"),
}  # fmt: skip
KINDS = Choices.build(
    (kind.value, kind.label, (source_text(kind.label), *_KINDS[kind])) for kind in ResourceKind
)
STATES = Choices.build(
    (state.value, state.label, (source_text(state.label),)) for state in ResourceStatus
)
COLUMNS: tuple[Column, ...] = (
    Column(
        "reference",
        _("Référence interne"),
        identifier_parser(),
        synonyms=("Référence", "Réf", "N°", "numéro"),
        help=_("Le numéro que vous lui donnez : il permet de la retrouver au prochain import."),
        example="LOG-01",
        identifier=True,
    ),
    Column(
        "kind",
        _("Nature"),
        choice_parser(KINDS),
        synonyms=("Type", "Catégorie", "Type de ressource"),
        required=True,
        choices=KINDS.labels,
        width=28,
    ),
    Column(
        "title",
        _("Intitulé"),
        text_parser(LENGTHS["title"]),
        synonyms=("Titre", "Ressource", "Libellé", "Désignation"),
        required=True,
        example="Studio meublé pour interne",
        width=32,
    ),
    Column(
        "commune",
        _("Commune"),
        text_parser(80),
        synonyms=("Ville", "Lieu", "Code INSEE"),
        help=_("Vide : celle de la structure."),
    ),
    Column("profession", _("Métier"), text_parser(200), synonyms=("Profession", "Emploi")),
    Column(
        "quantity",
        _("Nombre"),
        integer_parser(minimum=1, maximum=MAX_QUANTITY),
        synonyms=("Quantité", "Nb", "Places", "Nombre de places"),
    ),
    Column(
        "fte",
        _("Quotité"),
        fte_parser(minimum=1, maximum=100),
        synonyms=("Temps partagé", "ETP", "Temps de travail"),
    ),
    Column("days", _("Jours"), text_parser(LENGTHS["days"]), synonyms=("Jours et heures",)),
    Column(
        "available_from",
        _("Du"),
        date_parser(),
        synonyms=("Début", "Date de début", "Disponible à partir du", "À partir du"),
        help=_("Vide : dès aujourd’hui."),
    ),
    Column(
        "available_to",
        _("Au"),
        date_parser(bound="end"),
        synonyms=("Fin", "Date de fin", "Jusqu’au"),
    ),
    Column(
        "description",
        _("Description"),
        text_parser(LENGTHS["description"]),
        synonyms=("Commentaire", "Détails", "Précisions"),
        free_text=True,
        width=40,
    ),
    Column(
        "contact_email",
        _("Contact"),
        parse_email,
        synonyms=("Boîte du service", "Courriel", "E-mail", "Mail"),
        help=_("La boîte d’un service, jamais celle d’une personne."),
    ),
    Column(
        "status",
        _("État"),
        lambda value: STATES.exact(as_text(value)) or None,
        help=_(
            "Un brouillon n’est pas partagé, une ressource close n’est pas créée. L’état d’une "
            "ressource connue ne change pas par un fichier."
        ),
        choices=STATES.labels,
    ),
)
