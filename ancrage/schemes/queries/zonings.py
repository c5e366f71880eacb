"""Official zones: which one communes lie in on a day, and the lists that say so."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q

from ancrage.schemes.enums import OF_DOCTORS, Zone
from ancrage.schemes.models import Zoning, ZoningList
from ancrage.territory.validators import department_of


@dataclass(frozen=True, slots=True)
class OfficialZone:
    """The zone of a commune on a day; `zone` is None where it lies in none."""

    zone: Zone | None
    since: date
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class ListedZone:
    """What a list says of one zone."""

    zone: Zone
    communes: int
    starts_on: date
    # None: some have no end.
    ends_on: date | None
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOfZonings:
    """A list as it was brought: its source, its licence, what it says of each zone."""

    source: str
    licence: str
    zones: tuple[ListedZone, ...]


def zones_of_doctors(insee: Collection[str], *, on: date) -> Mapping[str, OfficialZone]:
    """Return the official zone of communes, as far as doctors are concerned, in two queries.

    A commune that no list names is outside where the lists of its département are whole for each
    zone; where they are not, nothing is said of it.
    """
    in_force = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    rows = Zoning.objects.filter(in_force, commune__insee__in=insee, zone__in=OF_DOCTORS)
    # The most recent is written last; where both hold, the one that weighs most.
    rows = rows.order_by("starts_on", "zone").select_related("commune")
    found = {
        row.commune.insee: OfficialZone(Zone(row.zone), row.starts_on, row.source, row.licence)
        for row in rows
    }
    whole: dict[str, dict[str, ZoningList]] = defaultdict(dict)
    lists = ZoningList.objects.filter(zone__in=OF_DOCTORS, starts_on__lte=on)
    for one in lists.select_related("department").order_by("starts_on"):
        whole[one.department.code][one.zone] = one
    for code in insee:
        of_department = whole.get(department_of(code), {})
        if code not in found and len(of_department) == len(OF_DOCTORS):
            last = max(of_department.values(), key=lambda one: one.starts_on)
            found[code] = OfficialZone(None, last.starts_on, last.source, last.licence)
    return found


def zoning_lists() -> list[ListOfZonings]:
    """Return the lists that are held, side by side, the most recent first, in two queries."""
    rows = Zoning.objects.values("source", "licence", "zone").annotate(
        communes=Count("commune", distinct=True),
        first=Min("starts_on"),
        last=Max("ends_on"),
        going_on=Count("pk", filter=Q(ends_on__isnull=True)),
    )
    departments: dict[tuple[str, str], set[str]] = defaultdict(set)
    whole = ZoningList.objects.values_list("source", "zone", "department__code")
    for source, zone, code in whole.order_by("department__code"):
        departments[source, zone].add(code)
    found: dict[tuple[str, str], list[ListedZone]] = defaultdict(list)
    for row in rows.order_by("-first", "source", "zone"):
        found[row["source"], row["licence"]].append(
            ListedZone(
                Zone(row["zone"]),
                row["communes"],
                row["first"],
                None if row["going_on"] else row["last"],
                tuple(sorted(departments[row["source"], row["zone"]])),
            )
        )
    return [
        ListOfZonings(source, licence, tuple(zones)) for (source, licence), zones in found.items()
    ]
