"""What a new list of communes would change: who enters, who leaves, what stays behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from ancrage.needs.models import Need
from ancrage.needs.queries.board import needs_in_progress
from ancrage.partners.queries import present_in_communes
from ancrage.territory.models import Commune, LivingArea, Territory


@dataclass(frozen=True)
class Leaving:
    """A commune that would leave, and what the territory has there."""

    commune: Commune
    seats: int
    sites: int
    needs: int
    areas: tuple[str, ...]

    @property
    def is_used(self) -> bool:
        """Whether something of the territory lies there."""
        return bool(self.seats or self.sites or self.needs or self.areas)


@dataclass(frozen=True)
class PerimeterChange:
    """The difference between two lists of communes."""

    entering: tuple[Commune, ...]
    leaving: tuple[Leaving, ...]
    total: int

    def __bool__(self) -> bool:
        return bool(self.entering or self.leaving)

    @property
    def in_use(self) -> int:
        """How many of the communes that leave are in use."""
        return sum(one.is_used for one in self.leaving)


@dataclass(frozen=True)
class Group:
    """The communes of one EPCI, each with whether it is ticked."""

    name: str
    choices: list[tuple[Commune, bool]]


def change_of(
    territory: Territory, held: Iterable[Commune], wanted: list[Commune]
) -> PerimeterChange:
    """Compare; what lies in the communes that leave is read in four queries."""
    before = {commune.pk: commune for commune in held}
    after = {commune.pk: commune for commune in wanted}
    gone = [before[pk] for pk in before if pk not in after]
    codes = [commune.pk for commune in gone]
    seats, sites = present_in_communes(territory, codes) if gone else ({}, {})
    needs = _needs_in(territory, codes) if gone else {}
    areas = _areas_of(territory, codes) if gone else {}
    return PerimeterChange(
        entering=tuple(after[pk] for pk in after if pk not in before),
        leaving=tuple(
            Leaving(
                commune,
                seats.get(commune.pk, 0),
                sites.get(commune.pk, 0),
                needs.get(commune.pk, 0),
                tuple(areas.get(commune.pk, ())),
            )
            for commune in sorted(gone, key=lambda one: one.search_name)
        ),
        total=len(after),
    )


def groups_of(communes: Iterable[Commune], ticked: set[int]) -> list[Group]:
    """Return the communes by EPCI, each ticked or not."""
    ordered = sorted(communes, key=lambda one: (_epci(one), one.search_name, one.pk))
    return [
        Group(name, [(one, one.pk in ticked) for one in rows])
        for name, rows in groupby(ordered, key=_epci)
    ]


def _epci(commune: Commune) -> str:
    return commune.epci.name if commune.epci else _("Sans intercommunalité connue")


def _needs_in(territory: Territory, communes: list[int]) -> dict[int, int]:
    rows = Need.objects.filter(partner__territory=territory, commune__in=communes)
    counted = needs_in_progress(rows).order_by().values("commune").annotate(total=Count("pk"))
    return {row["commune"]: row["total"] for row in counted}


def _areas_of(territory: Territory, communes: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    areas = LivingArea.objects.filter(territory=territory, communes__in=communes)
    for commune, name in areas.order_by("name", "pk").values_list("communes", "name"):
        if commune in communes:
            found.setdefault(commune, []).append(name)
    return found
