"""Writing communes from an official list: created or changed by their INSEE code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.kit.text import words
from ancrage.territory.enums import TerritoryEvent
from ancrage.territory.models import Commune, CommunePostcode, Department, Epci
from ancrage.territory.reference import departments as official
from ancrage.territory.validators import department_of, validate_point

POINT_DECIMALS = 4
"""A commune is named by one point: eleven metres are precision enough, and lists that round
differently then agree."""

_BATCH = 500


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """What a list says of one commune; None or empty where it says nothing.

    Coordinates in degrees WGS 84, population in inhabitants (municipal).
    """

    insee: str
    name: str
    postcodes: tuple[str, ...] = ()
    epci_siren: str = ""
    epci_name: str = ""
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class SavedCommunes:
    """How many communes a list created, changed and left as they were."""

    created: int
    changed: int
    unchanged: int


def proper_name(text: str) -> str:
    """Return an official name with typographic apostrophes and single spaces.

    >>> proper_name("Noirmoutier-en-l'Île")
    'Noirmoutier-en-l’Île'
    """
    return " ".join(text.replace("'", "’").split())


def search_name(name: str) -> str:
    """Return the name as searches read it: « saint pere en retz »."""
    return " ".join(words(name))


def values_of(facts: CommuneFacts) -> dict[str, Any]:
    """Return the fields of a commune that a list speaks of; its silence changes nothing.

    A list without coordinates or population leaves those we hold: losing a point because one
    file lacks it would empty the maps.
    """
    values: dict[str, Any] = {"name": proper_name(facts.name)}
    if facts.postcodes:
        values["postcodes"] = tuple(sorted(set(facts.postcodes)))
    if facts.epci_siren:
        values["epci"] = facts.epci_siren
    if facts.population is not None:
        values["population"] = facts.population
    if facts.latitude is not None and facts.longitude is not None:
        values["latitude"] = round(facts.latitude, POINT_DECIMALS)
        values["longitude"] = round(facts.longitude, POINT_DECIMALS)
    return values


def held_values(communes: Iterable[Commune]) -> dict[str, dict[str, Any]]:
    """Return, by INSEE code, what we hold in the terms of `values_of`.

    The communes come with their `epci` and `postcodes` loaded.
    """
    return {
        commune.insee: {
            "name": commune.name,
            "postcodes": tuple(sorted(postcode.code for postcode in commune.postcodes.all())),
            "epci": commune.epci.siren if commune.epci else "",
            "population": commune.population,
            "latitude": commune.latitude,
            "longitude": commune.longitude,
            "ended": commune.valid_to is not None,
        }
        for commune in communes
    }


def save_departments() -> int:
    """Write the departments of the official list that are missing; return how many.

    Reference data of the project itself: no audit line.
    """
    known = set(Department.objects.values_list("code", flat=True))
    missing = [
        Department(
            code=code,
            name=name,
            region_code=region,
            source=official.SOURCE,
            version=official.VINTAGE,
        )
        for code, (name, region) in official.DEPARTMENTS.items()
        if code not in known
    ]
    Department.objects.bulk_create(missing, batch_size=_BATCH)
    return len(missing)


@transaction.atomic
def save_communes(
    *, facts: Sequence[CommuneFacts], source: str, version: str, by: Any, now: datetime
) -> SavedCommunes:
    """Create or change communes by their INSEE code; those the list does not name stay.

    A commune that an earlier list had ended and this one names again lives again. Silence
    changes nothing (see `values_of`). One audit line counts the whole list.

    Args:
        facts: at most one per INSEE code; the last wins.
        source: who publishes the list, « INSEE, COG ».
        version: its vintage, « 2024 ».
        by: the person, or None for a command.
        now: when.

    Raises:
        ValidationError: a point is half given or off the globe; nothing is written.
    """
    saved, codes = write_communes(facts=facts, source=source, version=version)
    if codes:
        record(
            action=TerritoryEvent.COMMUNES_SAVED,
            target=Commune.objects.get(insee=codes[0]),
            by=by,
            now=now,
            scope="reference",
            changes={
                "created": [0, saved.created],
                "changed": [0, saved.changed],
                "source": ["", f"{source} {version}".strip()],
            },
        )
    return saved


def write_communes(
    *, facts: Sequence[CommuneFacts], source: str, version: str
) -> tuple[SavedCommunes, tuple[str, ...]]:
    """Do what `save_communes` says, without a journal: for the tables the project carries.

    Return the counts and the codes created, then changed. Call it inside a transaction.
    """
    wanted = {one.insee: one for one in facts}
    for one in wanted.values():
        validate_point(one.latitude, one.longitude)
    save_departments()
    epcis = _epcis_for(wanted.values(), source=source, version=version)
    held = {
        commune.insee: commune
        for commune in Commune.objects.filter(insee__in=wanted)
        .select_related("epci")
        .prefetch_related("postcodes")
        .order_by("pk")
    }
    before = held_values(held.values())
    created = [one for insee, one in wanted.items() if insee not in held]
    changed = [one for insee, one in wanted.items() if insee in held and _differs(one, before)]
    _create(created, epcis, source=source, version=version)
    _change(changed, held, epcis, source=source, version=version)
    _set_postcodes([*created, *changed])
    saved = SavedCommunes(len(created), len(changed), len(wanted) - len(created) - len(changed))
    return saved, tuple(one.insee for one in (*created, *changed))


@transaction.atomic
def end_communes(*, communes: Sequence[Commune], by: Any, now: datetime) -> int:
    """Mark communes as no longer existing (merged, split) since a day; return how many.

    They keep their rows, for what was recorded there, but leave searches and new lists.
    """
    today = timezone.localdate(now)
    alive = [commune for commune in communes if commune.valid_to is None]
    for commune in alive:
        commune.valid_to = today
    Commune.objects.bulk_update(alive, ["valid_to"], batch_size=_BATCH)
    for commune in alive:
        record(
            action=TerritoryEvent.COMMUNES_ENDED,
            target=commune,
            by=by,
            now=now,
            scope="reference",
            changes={"valid_to": ["", today.isoformat()]},
        )
    return len(alive)


def _differs(facts: CommuneFacts, before: Mapping[str, Mapping[str, Any]]) -> bool:
    held = before[facts.insee]
    return held["ended"] or any(held[name] != value for name, value in values_of(facts).items())


def _epcis_for(facts: Iterable[CommuneFacts], *, source: str, version: str) -> dict[str, Epci]:
    """Return the groupings named, by SIREN, created or renamed as the list says."""
    names = {one.epci_siren: proper_name(one.epci_name) for one in facts if one.epci_siren}
    found = {epci.siren: epci for epci in Epci.objects.filter(siren__in=names).order_by("pk")}
    for siren, name in names.items():
        epci = found.get(siren)
        if epci is None:
            found[siren] = Epci.objects.create(
                siren=siren, name=name or siren, source=source, version=version
            )
        elif name and epci.name != name:
            epci.name, epci.source, epci.version = name, source, version
            epci.save(update_fields=["name", "source", "version"])
    return found


def _fill(commune: Commune, facts: CommuneFacts, epcis: Mapping[str, Epci]) -> None:
    values = values_of(facts)
    commune.name = values["name"]
    commune.search_name = search_name(commune.name)
    if "epci" in values:
        commune.epci = epcis[facts.epci_siren]
    for field in ("population", "latitude", "longitude"):
        if field in values:
            setattr(commune, field, values[field])


def _create(
    created: Sequence[CommuneFacts], epcis: Mapping[str, Epci], *, source: str, version: str
) -> None:
    departments = {department.code: department for department in Department.objects.order_by("pk")}
    rows = []
    for facts in created:
        code = department_of(facts.insee)
        if code not in departments:
            departments[code] = Department.objects.create(code=code, name=code, source=source)
        commune = Commune(
            insee=facts.insee, department=departments[code], source=source, version=version
        )
        _fill(commune, facts, epcis)
        rows.append(commune)
    Commune.objects.bulk_create(rows, batch_size=_BATCH)


def _change(
    changed: Sequence[CommuneFacts],
    held: Mapping[str, Commune],
    epcis: Mapping[str, Epci],
    *,
    source: str,
    version: str,
) -> None:
    rows = []
    for facts in changed:
        commune = held[facts.insee]
        _fill(commune, facts, epcis)
        commune.source, commune.version, commune.valid_to = source, version, None
        rows.append(commune)
    fields = ["name", "search_name", "epci", "population", "latitude", "longitude"]
    Commune.objects.bulk_update(
        rows, [*fields, "source", "version", "valid_to"], batch_size=_BATCH
    )


def _set_postcodes(facts: Sequence[CommuneFacts]) -> None:
    wanted = {one.insee: set(one.postcodes) for one in facts if one.postcodes}
    pks = dict(Commune.objects.filter(insee__in=wanted).values_list("insee", "pk"))
    held: dict[int, set[str]] = {}
    rows = CommunePostcode.objects.filter(commune__in=pks.values()).order_by("pk")
    for commune, code in rows.values_list("commune_id", "code"):
        held.setdefault(commune, set()).add(code)
    fresh = []
    for insee, codes in wanted.items():
        had = held.get(pks[insee], set())
        if gone := had - codes:
            CommunePostcode.objects.filter(commune=pks[insee], code__in=gone).delete()
        fresh += [CommunePostcode(commune_id=pks[insee], code=c) for c in sorted(codes - had)]
    CommunePostcode.objects.bulk_create(fresh, batch_size=_BATCH)
