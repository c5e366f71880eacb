"""The import of a directory in data·inclusion v1: what each line would do, and its writing.

Structures come before the services that name them, in the same file or in an earlier one. A
structure is recognised before one is made; a service keeps its number at its source, so that the
same file again changes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import (
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    RowRefused,
    register,
)
from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.problems import source_text
from ancrage.partners.models import Partner
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune, Territory
from ancrage.welcome.models import ServiceOrigin, StructureOrigin, WelcomeTerms
from ancrage.welcome.reference import kind_for
from ancrage.welcome.reference.schema import SERVICE, STRUCTURE, Field
from ancrage.welcome.services.inclusion.columns import COLUMNS
from ancrage.welcome.services.inclusion.facts import facts_of_offer, facts_of_partner
from ancrage.welcome.services.inclusion.known import Context, context_of, identities, load
from ancrage.welcome.services.inclusion.merge import Merge, merge, say_edited
from ancrage.welcome.services.inclusion.reading import (
    is_service,
    record_of,
    service_facts,
    siret_of,
    structure_facts,
    zones_of,
)
from ancrage.welcome.services.inclusion.writing import (
    ServiceToWrite,
    StructureToWrite,
    write_service,
    write_structure,
)

PUBLISH = "publish"
# A published offer that the file still names is thereby confirmed, now and then.
_CONFIRMED_FOR = timedelta(days=14)
_LONGEST_SOURCE, _LONGEST_ID, _LONGEST_KEY = 120, 250, 190


def owner_key_of_directory(territory: Territory) -> str:
    """Return the scope of the imports of directories of a territory."""
    return f"territory:{territory.pk}"


@register
class InclusionImport(ImportKind):
    """A directory of structures and services. `owner_key` names the territory."""

    key = "data_inclusion"
    label = _("Annuaire de services (data·inclusion)")
    columns = COLUMNS
    limits = Limits(
        file_bytes=200 * MEBIBYTE, rows=60_000, cells=6_000_000, characters=200_000_000
    )

    def prepare(self, run: ImportRun) -> Context:
        """Read the territory of the run, and what overlaps it."""
        return context_of(run)

    def template_context(self, run: ImportRun) -> None:
        """Nothing: no column has a list of values."""

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the rows that these lines may be about."""
        load(rows, context)

    def marks(self, row: ImportRow, context: Context) -> Iterable[str]:
        """By what a structure is known, so that two lines of one file make one of ours."""
        values = row.values
        if is_service(row):
            return [_digest("structure", values["source"], values["structure_id"])]
        siret = siret_of(_silent(row), values)
        own = _digest("structure", values["source"], values["id"])
        return [own, *map(_digest, identities(row, siret, context.commune_of(row)))]

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say what one line would do."""
        source, name = row.values["source"] or "", row.values["id"] or ""
        if source == context.own_source:
            row.note("source", _("Cette ligne vient d’ici : elle se modifie sur sa page."))
            return Plan.ignore()
        if len(source) > _LONGEST_SOURCE or len(name) > _LONGEST_ID:
            row.error("id", _("Cet identifiant est trop long : 250 signes au plus."))
        return (_resolve_service if is_service(row) else _resolve_structure)(row, context)

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write structures, then the services that name them."""
        for item in rows:
            if isinstance(item.plan.data, StructureToWrite):
                write_structure(item.plan.data, context)
        for item in rows:
            if isinstance(item.plan.data, ServiceToWrite):
                try:
                    write_service(item.plan.data, context)
                except ValidationError as refused:
                    raise RowRefused(item.row.line, " ".join(refused.messages)) from refused


def _resolve_structure(row: ImportRow, context: Context) -> Plan:
    record = record_of(row, STRUCTURE)
    siret = siret_of(row, record)
    facts = structure_facts(row, record)
    commune = context.commune_of(row)
    facts["commune"] = commune.insee if commune else ""
    if row.failed:
        return Plan.none()
    origin = context.known_structure((record["source"], record["id"]))
    if origin is not None and _is_older(row, record, origin.updated_on):
        return Plan.ignore()
    partner = context.recognised(row, siret)
    if partner is None and not _serves(row, commune, context):
        row.note(
            "code_insee",
            _("Ni cette structure ni ses services ne sont du territoire."),
            code="outside",
        )
        return Plan.ignore()
    if partner is not None and partner.left_at is not None:
        row.note(
            "nom",
            _("Cette structure a quitté la plateforme : elle n’est pas reprise."),
            code="left",
        )
        return Plan.ignore()
    earlier = _earlier_line(row, record)
    found = Merge()
    if partner is not None:
        held = facts_of_partner(partner)
        last = origin.facts if origin is not None else None
        found = merge(held=held, last=last, proposed=facts)
        say_edited(row, found, _PARTNER_LABELS)
    elif earlier is None:
        found = Merge({name: (None, value) for name, value in facts.items() if value})
    writing = StructureToWrite(
        record=record,
        facts=facts,
        siret=siret,
        commune=commune,
        origin=origin,
        partner=partner,
        changed=tuple(found.pairs),
        identities=tuple(identities(row, siret, commune)),
    )
    changes = _shown(found, _PARTNER_LABELS)
    if origin is None and partner is not None:
        changes[source_text(_("Structure"))] = (None, partner.name)
    elif origin is None and earlier is not None:
        changes[source_text(_("Même structure que la ligne"))] = (None, earlier)
    changes |= _shown_record(STRUCTURE, origin, record)
    return _plan("structure", record, origin, changes, writing)


def _resolve_service(row: ImportRow, context: Context) -> Plan:
    record = record_of(row, SERVICE)
    facts = service_facts(row, record)
    if row.failed:
        return Plan.none()
    origin = context.services.get((record["source"], record["id"]))
    if origin is not None and _is_older(row, record, origin.updated_on):
        return Plan.ignore()
    kind = kind_for(facts["themes"])
    if origin is None and kind is None:
        row.note(
            "thematiques",
            _("Aucune de ses thématiques n’aide à s’installer : laissé de côté."),
            code="no_welcome",
        )
        return Plan.ignore()
    commune = _commune_of_service(row, context)
    if origin is None and not _reaches(record, commune, context):
        row.note(
            "zone_eligibilite",
            _("Ce service n’est ni dans le territoire, ni pour lui."),
            code="outside",
        )
        return Plan.ignore()
    _check_structure(row, record, context)
    if commune is None and origin is None:
        row.error("code_insee", _("Indiquez la commune de ce service, ou celle de sa structure."))
    if row.failed:
        return Plan.none(_key("service", record))
    if commune is not None:
        facts["commune"] = commune.insee
    resource = origin.resource if origin is not None else None
    found = _merged_service(row, facts, origin)
    writing = ServiceToWrite(
        record=record,
        facts=facts,
        kind=kind,
        commune=commune,
        origin=origin,
        changed=tuple(found.pairs),
        publish=bool(context.run.options.get(PUBLISH, True)),
    )
    changes = _shown(found, _OFFER_LABELS)
    if origin is None:
        told = row.values["structure_nom"] or record["structure_id"]
        changes[source_text(_("Structure"))] = (None, told)
    changes |= _shown_record(SERVICE, origin, record)
    if resource is not None and _needs_confirming(resource, context.today):
        changes[source_text(_("Toujours proposé à la source"))] = (None, True)
    return _plan("service", record, origin, changes, writing)


def _merged_service(row: ImportRow, facts: dict[str, Any], origin: ServiceOrigin | None) -> Merge:
    if origin is None:
        return Merge(
            {
                name: (None, value)
                for name, value in facts.items()
                if value not in ("", None, [], False)
            }
        )
    resource = origin.resource
    held = facts_of_offer(resource, resource.welcome_terms)
    found = merge(held=held, last=origin.facts, proposed=facts)
    say_edited(row, found, _OFFER_LABELS)
    if resource.status != ResourceStatus.PUBLISHED:
        row.note(
            "id",
            _("Cette offre est ici dans l’état « %(status)s » : elle y reste."),
            code="status",
            status=ResourceStatus(resource.status).label,
        )
    return found


def _check_structure(row: ImportRow, record: Mapping[str, Any], context: Context) -> None:
    """Refuse a service whose structure is neither known nor told earlier in the file."""
    known = context.known_structure((record["source"], record["structure_id"]))
    if known is not None and known.partner.left_at is not None:
        row.error("structure_id", _("Sa structure a quitté la plateforme."), code="left")
    elif known is None and _earlier_line(row, record, "structure_id") is None:
        row.error(
            "structure_id",
            _(
                "La structure « %(name)s » n’est ni dans ce fichier, ni connue : importez d’abord "
                "les structures, ou les deux ensemble."
            ),
            code="unknown_structure",
            name=record["structure_id"],
        )


def _commune_of_service(row: ImportRow, context: Context) -> Commune | None:
    """Where a service is given: its own commune, else that of its structure."""
    own = context.commune_of(row)
    if own is not None:
        return own
    told = context.communes.get(row.values["structure_insee"] or "")
    known = context.known_structure((row.values["source"] or "", row.values["structure_id"] or ""))
    return told or (known.partner.commune if known is not None else None)


def _serves(row: ImportRow, commune: Commune | None, context: Context) -> bool:
    served = set((row.values["dessert"] or "").split())
    return (commune is not None and commune.insee in context.inside) or bool(
        served & context.around
    )


def _reaches(record: Mapping[str, Any], commune: Commune | None, context: Context) -> bool:
    is_here = commune is not None and commune.insee in context.inside
    return is_here or bool(zones_of(record) & context.around)


def _is_older(row: ImportRow, record: Mapping[str, Any], held: date) -> bool:
    if date.fromisoformat(record["date_maj"]) >= held:
        return False
    row.note(
        "date_maj", _("Plus ancien que ce qui est déjà repris : laissé de côté."), code="older"
    )
    return True


def _needs_confirming(resource: Resource, today: date) -> bool:
    if resource.status != ResourceStatus.PUBLISHED or resource.confirmed_at is None:
        return False
    return today - timezone.localdate(resource.confirmed_at) >= _CONFIRMED_FOR


def _earlier_line(row: ImportRow, record: Mapping[str, Any], name: str = "id") -> int | None:
    """The earlier line of the file that is about the same structure."""
    own = _digest("structure", record["source"], record[name])
    if name == "structure_id":
        return row.alike.get(own)
    others = [line for mark, line in row.alike.items() if mark != own]
    return min(others, default=None)


def _plan(
    nature: str,
    record: Mapping[str, Any],
    origin: ServiceOrigin | StructureOrigin | None,
    changes: dict[Any, tuple[Any, Any]],
    data: StructureToWrite | ServiceToWrite,
) -> Plan:
    if origin is None:
        outcome = Outcome.CREATED
    else:
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Plan(outcome, _key(nature, record), changes, data)


def _shown(found: Merge, labels: Mapping[str, Any]) -> dict[Any, tuple[Any, Any]]:
    return {labels[name]: pair for name, pair in found.pairs.items()}


def _shown_record(
    fields: tuple[Field, ...],
    origin: ServiceOrigin | StructureOrigin | None,
    record: Mapping[str, Any],
) -> dict[Any, tuple[Any, Any]]:
    """What changed of the record that is kept whole beside our facts."""
    if origin is None:
        return {}
    return {
        source_text(field.label): (origin.record.get(field.name), record.get(field.name))
        for field in fields
        if origin.record.get(field.name) != record.get(field.name)
    }


def _key(nature: str, record: Mapping[str, Any]) -> str:
    key = f"{nature} {record['source']} {record['id']}"
    return key if len(key) <= _LONGEST_KEY else f"{nature} {_digest(key)}"


def _digest(*parts: Any) -> str:
    text = "|".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _silent(row: ImportRow) -> ImportRow:
    """The same line, whose remarks go nowhere."""
    return ImportRow(row.line, row.values, row.raw)


def _label(model: Any, name: str) -> Any:
    return model._meta.get_field(name).verbose_name


_OFFER_LABELS: Mapping[str, Any] = {
    **{
        name: _label(Resource, name)
        for name in ("title", "description", "commune", "contact_email", "contact_phone", "days")
    },
    **{
        name: _label(WelcomeTerms, name)
        for name in (
            "themes", "address", "comes_to_you", "area", "price_cents", "price_note",
            "opening_hours",
        )
    },
}  # fmt: skip
_PARTNER_LABELS: Mapping[str, Any] = {
    name: _label(Partner, name)
    for name in (
        "name", "address", "commune", "website", "contact_email", "contact_phone", "presentation",
    )
}  # fmt: skip

__all__ = ["PUBLISH", "InclusionImport", "StructureOrigin", "owner_key_of_directory"]
