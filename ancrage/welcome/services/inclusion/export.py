"""The directory of a territory in data·inclusion v1: structures and services, as records."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, TypeVar

from django.db.models import F, Max, QuerySet
from django.utils import timezone

from ancrage.kit.models import AuditLine
from ancrage.partners.enums import CheckState
from ancrage.partners.models import Facility, Partner
from ancrage.resources.models import Resource
from ancrage.resources.queries import shared_now
from ancrage.territory.models import Territory
from ancrage.welcome.models import ServiceOrigin, StructureOrigin
from ancrage.welcome.reference.schema import SERVICE, STRUCTURE
from ancrage.welcome.reference.vocabulary import SCHEMA_VERSION
from ancrage.welcome.services.inclusion.facts import (
    SAID_IN,
    facts_of_offer,
    facts_of_partner,
    mended,
    offer_record,
    partner_record,
)

LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
_BATCH = 500
_PIECE = 64 * 1024
_NO_ORIGIN = {"welcome_origin__isnull": True}

T = TypeVar("T")


def source_of(territory: Territory) -> str:
    """Return how this directory names itself as a producer of data."""
    return f"ancrage-{territory.slug}"


def open_offers(
    territory: Territory, offers: QuerySet[Resource], *, on: date
) -> QuerySet[Resource]:
    """Narrow offers (those the reader may see) to those that a territory gives that day."""
    ours = offers.filter(partner__territory=territory, welcome_terms__isnull=False)
    return shared_now(ours, on=on)


def service_records(territory: Territory, offers: QuerySet[Resource]) -> Iterator[dict[str, Any]]:
    """Yield the services, by number; those that the schema refuses are left out.

    A service that came from another directory keeps the name it has there, so that whoever
    reads both meets it once.
    """
    rows = offers.select_related(
        "welcome_terms", "welcome_origin", "partner", "commune", "facility"
    )
    rows = rows.prefetch_related("commune__postcodes").order_by("pk")
    for resource in rows.iterator(chunk_size=_BATCH):
        record = mended(_service(territory, resource), SERVICE)
        if record is not None:
            yield record


def structure_records(
    territory: Territory, offers: QuerySet[Resource]
) -> Iterator[dict[str, Any]]:
    """Yield the structures of these offers, by number; ours first, then those read elsewhere."""
    own, read = structures_of(territory, offers)
    yield from own_records(territory, own)
    yield from read_records(read)


def structures_of(
    territory: Territory, offers: QuerySet[Resource]
) -> tuple[QuerySet[Partner], QuerySet[StructureOrigin]]:
    """Return those that these offers name: structures of ours, and those of other directories."""
    own = Partner.objects.filter(pk__in=offers.filter(**_NO_ORIGIN).values("partner"))
    named = StructureOrigin.objects.filter(
        territory=territory,
        partner__resources__in=offers.values("pk"),
        partner__resources__welcome_origin__source=F("source"),
    )
    read = StructureOrigin.objects.filter(pk__in=named.values("pk"))
    return (
        own.select_related("commune").prefetch_related("commune__postcodes").order_by("pk"),
        read.select_related("partner__commune")
        .prefetch_related("partner__commune__postcodes")
        .order_by("pk"),
    )


def own_records(territory: Territory, partners: QuerySet[Partner]) -> Iterator[dict[str, Any]]:
    """Yield structures of ours as records."""
    for batch in _batches(partners.iterator(chunk_size=_BATCH)):
        sirets, changed = _sirets(batch), _last_changes(batch)
        for partner in batch:
            record = {
                **partner_record(partner, siret=sirets.get(partner.pk, "")),
                "source": source_of(territory),
                "id": _structure_id(territory, partner),
                "date_maj": _day(changed.get(str(partner.pk), partner.joined_at)),
            }
            kept = mended(record, STRUCTURE)
            if kept is not None:
                yield kept


def read_records(origins: QuerySet[StructureOrigin]) -> Iterator[dict[str, Any]]:
    """Yield structures read elsewhere as records, with what was changed here."""
    for batch in _batches(origins.iterator(chunk_size=_BATCH)):
        changed = _last_changes([origin.partner for origin in batch])
        for origin in batch:
            partner = origin.partner
            record = partner_record(partner, siret="")
            edited = _edited(origin.facts, facts_of_partner(partner))
            told = changed.get(str(partner.pk), partner.joined_at)
            day = _day(told) if edited else origin.updated_on.isoformat()
            said = _as_read(origin, {name: record[name] for name in edited})
            kept = mended({**said, "date_maj": day}, STRUCTURE)
            if kept is not None:
                yield kept


def directory_pieces(
    *, territory: Territory, offers: QuerySet[Resource], now: datetime
) -> Iterator[bytes]:
    """Yield one JSON document, piece by piece: who says it, under which licence, both lists."""
    head = {
        "source": source_of(territory),
        "territoire": territory.name,
        "schema": f"data·inclusion {SCHEMA_VERSION}",
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "date": _day(now),
    }
    lines = (f"{_text(name)}: {_text(value)},\n" for name, value in head.items())
    yield ("{\n" + "".join(lines) + '"structures": ').encode()
    yield from array_pieces(structure_records(territory, offers))
    yield b',\n"services": '
    yield from array_pieces(service_records(territory, offers))
    yield b"}\n"


def array_pieces(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Yield a JSON list, one record a line, in pieces of about 64 kB."""
    pending = io.StringIO()
    pending.write("[")
    separator = "\n"
    for record in records:
        pending.write(separator + _text(record))
        separator = ",\n"
        if pending.tell() > _PIECE:
            yield pending.getvalue().encode()
            pending = io.StringIO()
    yield (pending.getvalue() + "\n]").encode()


def write_archive(
    *, stream: IO[bytes], territory: Territory, offers: QuerySet[Resource], now: datetime
) -> None:
    """Write a ZIP of `structures.json`, `services.json` and the licence."""
    moment = timezone.localtime(now).timetuple()[:6]
    licence = f"{territory.name}, {source_of(territory)}, {_day(now)}\n{LICENCE}\n{LICENCE_URL}\n"
    parts: tuple[tuple[str, Iterable[bytes]], ...] = (
        ("structures.json", array_pieces(structure_records(territory, offers))),
        ("services.json", array_pieces(service_records(territory, offers))),
        ("LICENCE.txt", [licence.encode()]),
    )
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts:
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as entry:
                for piece in pieces:
                    entry.write(piece)


def _service(territory: Territory, resource: Resource) -> dict[str, Any]:
    terms = resource.welcome_terms
    origin: ServiceOrigin | None = getattr(resource, "welcome_origin", None)
    record = offer_record(resource, terms)
    changed_on = max(resource.updated_at, terms.updated_at)
    if origin is None:
        source = source_of(territory)
        return {
            **record,
            "source": source,
            "id": f"{source}--{resource.pk}",
            "structure_id": _structure_id(territory, resource.partner),
            "date_maj": _day(changed_on),
        }
    edited = _edited(origin.facts, facts_of_offer(resource, terms))
    return {
        **_as_read(origin, {name: record[name] for name in edited}),
        "date_maj": _day(changed_on) if edited else origin.updated_on.isoformat(),
    }


def _edited(read: dict[str, Any], held: dict[str, Any]) -> set[str]:
    """The fields of the schema that were changed here since they were read."""
    changed = [name for name, value in read.items() if name in held and held[name] != value]
    return {field for name in changed for field in SAID_IN[name]}


def _as_read(origin: ServiceOrigin | StructureOrigin, edited: dict[str, Any]) -> dict[str, Any]:
    fields = SERVICE if isinstance(origin, ServiceOrigin) else STRUCTURE
    return {**{field.name: origin.record.get(field.name) for field in fields}, **edited}


def _structure_id(territory: Territory, partner: Partner) -> str:
    return f"{source_of(territory)}--{partner.slug}"


def _sirets(partners: Sequence[Partner]) -> dict[int, str]:
    """The checked SIRET of the site that stands where the structure does, by structure."""
    seats = {partner.pk: partner.commune_id for partner in partners}
    sites = Facility.objects.filter(
        partner__in=seats, siret_state=CheckState.VALID, closed_on__isnull=True
    ).order_by("-pk")
    return {
        site.partner_id: site.siret
        for site in sites
        if site.partner_id is not None and site.siret and site.commune_id == seats[site.partner_id]
    }


def _last_changes(partners: Iterable[Partner]) -> dict[str, datetime]:
    lines = AuditLine.objects.filter(
        target_type=Partner._meta.label_lower, target_id__in=[str(one.pk) for one in partners]
    )
    return dict(lines.order_by().values_list("target_id").annotate(last=Max("at")))


def _batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
