"""Places as people name them in a list: a département, an EPCI, a commune, one on each line."""

from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.text import fold
from ancrage.territory.models import Commune, Department, Epci
from ancrage.territory.queries import commune_search, current_communes

_MOST_SUGGESTIONS = 4
_MOST_LINES = 500


class PlaceUnclear(ValidationError):
    """A line names no place, or several."""

    def __init__(self, line: str, suggestions: Iterable[str]) -> None:
        names = ", ".join(suggestions)
        if names:
            message = _("« %(line)s » désigne plusieurs lieux : %(names)s. Précisez-le.")
        else:
            message = _(
                "« %(line)s » n’est pas un lieu connu. Écrivez une commune, un EPCI ou un"
                " département, par son nom ou son code ; sinon, importez d’abord la liste"
                " officielle."
            )
        super().__init__(message, code="place", params={"line": line, "names": names})


def communes_named(*, text: str) -> list[Commune]:
    """Return the communes of the places named, one place a line, by code.

    A line is a département (« 44 », « Loire-Atlantique »), an EPCI (its SIREN or its name) or a
    commune (its INSEE code, postcode or name).

    Raises:
        ValidationError: with one `PlaceUnclear` for each line that cannot be understood.
    """
    lines = [line for raw in text.splitlines() if (line := " ".join(raw.split()))]
    if len(lines) > _MOST_LINES:
        raise ValidationError(
            _("Pas plus de %(most)d lignes à la fois."),
            code="too_many",
            params={"most": _MOST_LINES},
        )
    read = _reader()
    found: dict[int, Commune] = {}
    unclear: list[PlaceUnclear] = []
    for line in lines:
        try:
            found |= {commune.pk: commune for commune in read(line)}
        except PlaceUnclear as refusal:
            unclear.append(refusal)
    if unclear:
        raise ValidationError(unclear)
    return sorted(found.values(), key=lambda commune: commune.insee)


def _reader() -> Callable[[str], list[Commune]]:
    """Read the names of départements and EPCI once for all the lines."""
    areas: list[Department | Epci] = [*Department.objects.order_by("code")]
    areas += Epci.objects.order_by("name", "pk")
    named: dict[str, list[Department | Epci]] = {}
    for one in areas:
        for key in _keys(one):
            named.setdefault(key, []).append(one)

    def read(line: str) -> list[Commune]:
        meant = named.get(fold(line).replace(" ", ""), named.get(fold(line), []))
        if len(meant) > 1:
            raise PlaceUnclear(line, map(str, meant[:_MOST_SUGGESTIONS]))
        rows = _inside(meant[0]) if meant else []
        return rows or [_commune(line)]

    return read


def _keys(area: Department | Epci) -> Iterator[str]:
    yield fold(area.code if isinstance(area, Department) else area.siren)
    yield fold(area.name)


def _inside(area: Department | Epci) -> list[Commune]:
    rows = current_communes()
    rows = rows.filter(department=area) if isinstance(area, Department) else rows.filter(epci=area)
    return list(rows.select_related("epci").order_by("insee"))


def _commune(line: str) -> Commune:
    found = list(commune_search(line).select_related("epci")[: _MOST_SUGGESTIONS + 1])
    exact = [one for one in found if fold(line) in (fold(one.name), one.insee.lower())]
    meant = exact or found
    if len(meant) != 1:
        raise PlaceUnclear(line, (f"{one} ({one.insee})" for one in meant[:_MOST_SUGGESTIONS]))
    return meant[0]
