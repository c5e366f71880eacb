"""Resources from a spreadsheet: the columns, what a line would do, how lines are written."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.changes import ChangeSource
from ancrage.kit.imports import (
    Column,
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    RowRefused,
    register,
)
from ancrage.kit.imports.kinds import Outcome
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
from ancrage.kit.tabular.wording import key_of
from ancrage.partners.models import Partner
from ancrage.partners.queries import scope_of
from ancrage.professions.queries import profession_reader
from ancrage.resources.enums import CLOSED_STATUSES, ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import editing, lifecycle
from ancrage.resources.services.facts import facts_of
from ancrage.resources.services.rows import with_all
from ancrage.resources.validators import LENGTHS, MAX_QUANTITY, validate_facts
from ancrage.territory.models import Commune
from ancrage.territory.queries import communes_in, current_communes

PUBLISH = "publish"
"""The option of an import: share what it creates (True when nothing is said)."""

_GIVEN = "import-"
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
}  # fmt: skip
KINDS = Choices.build(
    (kind.value, kind.label, (source_text(kind.label), *_KINDS[kind])) for kind in ResourceKind
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
)
_COLUMN_OF = {"fte_hundredths": "fte"}


class PartnerGone(Exception):
    """The structure of an import does not exist any more, or has left."""


@dataclass(slots=True)
class Context:
    """For whom the lines are read, and the resources and communes that they may be about."""

    run: ImportRun
    partner: Partner
    professions: Any
    today: date
    home: dict[str, Commune]
    communes: dict[str, Commune] = field(default_factory=dict)
    existing: dict[str, Resource] = field(default_factory=dict)

    @property
    def publish(self) -> bool:
        return bool(self.run.options.get(PUBLISH, True))


def owner_of(partner: Partner) -> str:
    """Return the owner key of the imports of a structure."""
    return scope_of(partner)


@register
class ResourcesImport(ImportKind):
    """What one structure shares, as its own file tells it."""

    key = "resources"
    label = _("Ressources")
    columns = COLUMNS
    instructions = (
        _("Une ligne par ressource : sa nature, un intitulé, un lieu, une période."),
        _(
            "La même référence interne modifie la ressource, une nouvelle en crée une. Une "
            "cellule vide ne change rien, et une ressource absente du fichier reste en place."
        ),
        _("Aucun nom de personne : donnez la boîte d’un service comme contact."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Load the structure, the communes of its territory and the professions."""
        partner = _partner_of(run.owner_key)
        return Context(
            run=run,
            partner=partner,
            professions=profession_reader(),
            today=timezone.localdate(run.now),
            home=_known(communes_in(partner.territory)),
        )

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the resources and the communes that these lines name: two queries."""
        keys = {_reference_of(row) for row in rows}
        found = with_all(Resource.objects.filter(partner=context.partner, reference__in=keys))
        context.existing = {row.reference: row for row in found.order_by("pk")}
        texts = {row.values["commune"] for row in rows if row.values["commune"]}
        away = [text for text in texts if key_of(text) not in context.home]
        named = current_communes().filter(search_name__in=[key_of(text) for text in away])
        coded = current_communes().filter(insee__in=away)
        context.communes = _known((named | coded).order_by("insee")) | context.home

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say what the line would do to which resource, and every doubt about it."""
        key = _reference_of(row)
        resource = context.existing.get(key)
        before = facts_of(resource or Resource())
        facts = {**_facts(row, context, is_new=resource is None), "reference": key}
        whole = {**before, **facts}
        if not row.failed and whole["commune"] is not None:
            _check(row, whole, resource, context)
        if row.failed or whole["commune"] is None:
            return Plan.none()
        if resource is None:
            return Plan.create(key, _shown(facts), data=(None, facts))
        old = {name: before[name] for name in facts}
        plan = Plan.update(key, _shown(old), _shown(facts), data=(resource, facts))
        if resource.status in CLOSED_STATUSES and plan.outcome is Outcome.CHANGED:
            row.check(
                "reference",
                _(
                    "Cette ressource n’est plus proposée (%(status)s). Donnez une autre référence "
                    "s’il s’agit d’une nouvelle ; acceptez la ligne pour la partager de nouveau."
                ),
                code="closed",
                status=ResourceStatus(resource.status).label,
            )
        return plan

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write these lines through the services of resources."""
        for item in rows:
            resource, facts = item.plan.data
            try:
                _write(resource, facts, context)
            except ValidationError as refused:
                raise RowRefused(item.row.line, " ".join(refused.messages)) from refused


def _partner_of(owner_key: str) -> Partner:
    kind, _colon, pk = owner_key.partition(":")
    found = None
    if kind == "partner" and pk.isdecimal():
        rows = Partner.objects.filter(pk=int(pk), left_at__isnull=True)
        found = rows.select_related("territory", "commune").first()
    if found is None:
        raise PartnerGone
    return found


def _known(communes: Any) -> dict[str, Commune]:
    """By name and by code; where two share a name, the first."""
    known: dict[str, Commune] = {}
    for commune in communes:
        known.setdefault(commune.search_name, commune)
        known[commune.insee.lower()] = commune
    return known


def _reference_of(row: ImportRow) -> str:
    """The reference of a line, else a digest of what it shares and where."""
    if row.values["reference"]:
        return str(row.values["reference"])
    said = "|".join(key_of(row.raw[code]) for code in ("kind", "title", "commune", "profession"))
    digest = hashlib.blake2b(said.encode(), digest_size=5).hexdigest()
    return f"{_GIVEN}{digest}" + (f"-{row.occurrence}" if row.occurrence > 1 else "")


def _facts(row: ImportRow, context: Context, *, is_new: bool) -> dict[str, Any]:
    same = (
        "kind",
        "title",
        "quantity",
        "days",
        "available_from",
        "available_to",
        "description",
        "contact_email",
    )
    facts = {name: row.values[name] for name in same if row.values[name] is not None}
    if row.values["fte"] is not None:
        facts["fte_hundredths"] = row.values["fte"]
    if is_new:
        facts.setdefault("available_from", context.today)
    commune = _commune(row, context, is_new=is_new)
    if commune is not None:
        facts["commune"] = commune
    if row.values["profession"]:
        facts["profession"] = _profession(row, context)
    return facts


def _commune(row: ImportRow, context: Context, *, is_new: bool) -> Commune | None:
    text = row.values["commune"]
    if text is None:
        if is_new and context.partner.commune is None:
            row.error("commune", _("Indiquez la commune de cette ressource."), code="required")
        return context.partner.commune if is_new else None
    found = context.communes.get(key_of(text))
    if found is None:
        names = [commune.name for commune in context.home.values()]
        close = get_close_matches(text, names, n=1, cutoff=0.6)
        row.error(
            "commune",
            _("Commune inconnue : « %(text)s ». Écrivez son nom ou son code INSEE."),
            close[0] if close else "",
            code="unknown_commune",
            text=text,
        )
    return found


def _profession(row: ImportRow, context: Context) -> Any:
    match = context.professions.find(row.values["profession"])
    if match.profession is None:
        nearest = [source_text(one.profession.label_fr) for one in match.suggestions]
        row.error(
            "profession",
            _("Métier inconnu : « %(text)s »."),
            nearest[0] if nearest else "",
            code="unknown_profession",
            text=row.values["profession"],
        )
    return match.profession


def _check(
    row: ImportRow, whole: Mapping[str, Any], resource: Resource | None, context: Context
) -> None:
    """Refuse what a resource may not say, by the same rules as the form."""
    try:
        validate_facts(whole, on=context.today)
    except ValidationError as refused:
        for name, messages in refused.message_dict.items():
            for message in messages:
                row.error(_COLUMN_OF.get(name, name), _("%(reason)s"), reason=message)
    opens = context.publish or (resource and resource.status == ResourceStatus.PUBLISHED)
    end = whole["available_to"]
    if opens and end is not None and end < context.today:
        row.error(
            "available_to",
            _("La fin est déjà passée : cette ressource ne peut pas être partagée."),
            code="over",
        )


def _shown(facts: Mapping[str, Any]) -> dict[Any, Any]:
    """The facts as the report names them."""
    return {
        Resource._meta.get_field(name).verbose_name: _worded(name, value)  # type: ignore[union-attr]
        for name, value in facts.items()
        if name != "reference"
    }


def _worded(name: str, value: Any) -> Any:
    if name == "kind":
        return ResourceKind(value).label
    if isinstance(value, Commune):
        return value.name
    return getattr(value, "label_fr", value)


def _write(resource: Resource | None, facts: dict[str, Any], context: Context) -> None:
    how: dict[str, Any] = {
        "by": context.run.by,
        "now": context.run.now,
        "source": ChangeSource.IMPORT,
    }
    if resource is None:
        editing.create_resource(partner=context.partner, publish=context.publish, **how, **facts)
        return
    changed = editing.edit_resource(resource=resource, revision=resource.revision, **how, **facts)
    if changed.status in CLOSED_STATUSES:
        lifecycle.reopen_resource(resource=changed, **how)
    elif changed.status == ResourceStatus.DRAFT and context.publish:
        lifecycle.publish_resource(resource=changed, **how)
