"""What an import of a directory writes: through the services of structures and resources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.changes import ChangeSource
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.partners.services import create_partner, edit_partner
from ancrage.resources.enums import ResourceKind
from ancrage.resources.models import Resource
from ancrage.resources.services import create_resource, edit_resource
from ancrage.territory.models import Commune
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import ServiceOrigin, StructureOrigin
from ancrage.welcome.services.calendars import TermsFacts, set_terms
from ancrage.welcome.services.inclusion.known import Context, partners_known_as

_TERMS = frozenset(TermsFacts.__annotations__)


@dataclass(frozen=True)
class StructureToWrite:
    """A structure of the file: its record, what it says for us, and which of ours it is."""

    record: Mapping[str, Any]
    facts: Mapping[str, Any]
    siret: str
    commune: Commune | None
    origin: StructureOrigin | None
    partner: Partner | None
    changed: tuple[str, ...]
    identities: tuple[str, ...]


@dataclass(frozen=True)
class ServiceToWrite:
    """A service of the file: its record, what it says for us, what it is for."""

    record: Mapping[str, Any]
    facts: Mapping[str, Any]
    kind: WelcomeKind | None
    commune: Commune | None
    origin: ServiceOrigin | None
    changed: tuple[str, ...]
    publish: bool


def write_structure(wanted: StructureToWrite, context: Context) -> None:
    """Make a structure or complete the one it is, and keep where it comes from."""
    partner = wanted.partner or _made_meanwhile(wanted, context)
    if partner is None:
        partner = _create(wanted, context)
    elif wanted.partner is not None and wanted.changed:
        # Another line of the file may have just changed the same structure.
        partner = Partner.objects.select_related("commune", "territory").get(pk=partner.pk)
        values = {name: wanted.facts[name] for name in wanted.changed}
        if "commune" in values:
            values["commune"] = wanted.commune
        partner = edit_partner(
            partner=partner,
            revision=partner.revision,
            by=context.run.by,
            now=context.run.now,
            **values,
        )
    StructureOrigin.objects.update_or_create(
        territory=context.territory,
        source=wanted.record["source"],
        external_id=wanted.record["id"],
        defaults=_said(wanted),
        create_defaults={**_said(wanted), "partner": partner, "created_at": context.run.now},
    )


def write_service(wanted: ServiceToWrite, context: Context) -> None:
    """Make an offer or change the one it became. Raises ValidationError."""
    origin = wanted.origin
    if origin is None:
        resource = _create_offer(wanted, context)
        ServiceOrigin.objects.create(
            territory=context.territory,
            source=wanted.record["source"],
            external_id=wanted.record["id"],
            resource=resource,
            created_at=context.run.now,
            **_said(wanted),
        )
        return
    _change_offer(origin.resource, wanted, context)
    ServiceOrigin.objects.filter(pk=origin.pk).update(**_said(wanted))


def _create(wanted: StructureToWrite, context: Context) -> Partner:
    facts = {name: value for name, value in wanted.facts.items() if name != "commune"}
    return create_partner(
        territory=context.territory,
        kind=PartnerKind.WELCOME,
        siren=wanted.siret[:9],
        commune=wanted.commune,
        to_complete=True,
        by=context.run.by,
        now=context.run.now,
        **facts,
    )


def _made_meanwhile(wanted: StructureToWrite, context: Context) -> Partner | None:
    """The structure of ours that an earlier line of this very import has made."""
    found = partners_known_as([wanted.record], context)
    return next((found[key] for key in wanted.identities if key in found), None)


def _create_offer(wanted: ServiceToWrite, context: Context) -> Resource:
    facts, terms = _parted({**wanted.facts, "commune": wanted.commune})
    structure = StructureOrigin.objects.filter(
        territory=context.territory,
        source=wanted.record["source"],
        external_id=wanted.record["structure_id"],
    ).select_related("partner__territory")
    origin = structure.first()
    if origin is None:
        raise ValidationError(_("La structure de ce service n’a pas été reprise."))
    resource = create_resource(
        partner=origin.partner,
        publish=wanted.publish,
        by=context.run.by,
        now=context.run.now,
        source=ChangeSource.IMPORT,
        kind=ResourceKind.SERVICE,
        available_from=context.today,
        **facts,
    )
    set_terms(
        resource=resource,
        by=context.run.by,
        now=context.run.now,
        kind=wanted.kind or WelcomeKind.FORMALITIES,
        # The schema counts no places.
        has_places=False,
        **terms,
    )
    return resource


def _change_offer(resource: Resource, wanted: ServiceToWrite, context: Context) -> None:
    changed = {name: wanted.facts[name] for name in wanted.changed}
    if "commune" in changed:
        changed["commune"] = wanted.commune
    facts, terms = _parted(changed)
    how: dict[str, Any] = {"by": context.run.by, "now": context.run.now}
    edit_resource(
        resource=resource, revision=resource.revision, source=ChangeSource.IMPORT, **how, **facts
    )
    if terms:
        set_terms(resource=resource, **how, **terms)


def _parted(facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the resource says, and what its terms say."""
    return (
        {name: value for name, value in facts.items() if name not in _TERMS},
        {name: value for name, value in facts.items() if name in _TERMS},
    )


def _said(wanted: StructureToWrite | ServiceToWrite) -> dict[str, Any]:
    return {
        "record": dict(wanted.record),
        "facts": dict(wanted.facts),
        "updated_on": date.fromisoformat(wanted.record["date_maj"]),
    }
