"""What a report or a figure is about: a whole territory, or a part of it that has a name.

A part is one of the intercommunalities of the territory (its communes that are in the territory)
or one of its living areas. Intercommunalities do not overlap; living areas may, and whoever keeps
the territory draws them: what follows for counts of people is said in `measures`.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from ancrage.territory.enums import PerimeterKind
from ancrage.territory.models import Commune, LivingArea, Territory


class UnknownPerimeter(LookupError):
    """The territory has no such part."""


@dataclass(frozen=True)
class Perimeter:
    """A whole territory, or one part of it.

    `key` names the part for good (« epci:200067346 », « area:4 »), empty for the whole; `communes`
    are the primary keys of the communes of a part.
    """

    territory: Territory
    kind: PerimeterKind = PerimeterKind.WHOLE
    key: str = ""
    name: str = ""
    communes: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Say whether it is the whole territory."""
        return self.kind == PerimeterKind.WHOLE

    def holds(self, field: str) -> Q:
        """Return the condition that a row, by its `field` that names a commune, is inside.

        For the whole there is none: rows belong to a territory by other ways than their commune.
        """
        return Q() if self.is_whole else Q(**{f"{field}__in": sorted(self.communes)})


def parts_of(territories: Collection[Territory]) -> list[Perimeter]:
    """Return the parts of territories, in their order: the intercommunalities of each, then its
    living areas, by name.

    An intercommunality that is the whole territory is no part of it. Two queries.
    """
    held = {one.pk: one for one in territories}
    size: Counter[int] = Counter()
    found: dict[tuple[int, PerimeterKind, str, str], set[int]] = {}
    communes = Commune.objects.filter(territories__in=list(held)).order_by("epci__name", "pk")
    for territory, pk, siren, name in communes.values_list(
        "territories", "pk", "epci__siren", "epci__name"
    ):
        size[territory] += 1
        if siren is not None:
            part = (territory, PerimeterKind.EPCI, f"epci:{siren}", name)
            found.setdefault(part, set()).add(pk)
    areas = LivingArea.objects.filter(
        territory__in=list(held), communes__territories=F("territory")
    ).order_by("name", "pk", "communes")
    for territory, area, name, pk in areas.values_list("territory", "pk", "name", "communes"):
        part = (territory, PerimeterKind.AREA, f"area:{area}", name)
        found.setdefault(part, set()).add(pk)
    return [
        Perimeter(held[territory], kind, key, name, frozenset(inside))
        for pk in held
        for (territory, kind, key, name), inside in found.items()
        if territory == pk and (kind != PerimeterKind.EPCI or len(inside) < size[pk])
    ]


def perimeter_of(territory: Territory, key: str) -> Perimeter:
    """Return the whole territory for an empty key, else its part of that key.

    Raises:
        UnknownPerimeter: it has no such part, or no longer.

    """
    if not key:
        return Perimeter(territory)
    for part in parts_of([territory]):
        if part.key == key:
            return part
    raise UnknownPerimeter(key)


def epci_keys(territory: Territory) -> Mapping[int, str]:
    """Return the key of the intercommunality of each commune of a territory; those that have none
    are left out. One query."""
    rows = Commune.objects.filter(territories=territory, epci__isnull=False)
    return {pk: f"epci:{siren}" for pk, siren in rows.values_list("pk", "epci__siren")}
