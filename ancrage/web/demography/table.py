"""The table of communes: rows in values, filtered and sorted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ancrage.demography.services.model import (
    AgesTold,
    Place,
    Sector,
    TerritoryModel,
    ages_told,
    facts_of,
)
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.kit.text import words
from ancrage.web.demography.forms import OVER, UNDER, UNKNOWN, CommunesForm
from ancrage.web.demography.set_words import set_line
from ancrage.web.demography.words import published_label, sector_text
from ancrage.web.demography.zones import UNKNOWN_ZONE, OfficialZones


@dataclass(frozen=True)
class CommuneRow:
    """A commune as the page and the file show it.

    `lacks` is what its people lack together to reach the threshold, in the unit of the supply.
    """

    place: Place
    computed: float | None
    under: bool | None
    lacks: float | None
    sector: Sector | None = None
    zone: str = ""
    zone_key: str = UNKNOWN_ZONE

    @property
    def old_share(self) -> float | None:
        """The part of 60 or more in its sector, of a hundred; None: not told."""
        return None if self.sector is None else self.sector.share


def rows_of(model: TerritoryModel, form: CommunesForm, zones: OfficialZones) -> list[CommuneRow]:
    """Return the communes that the filters keep, in the order asked for."""
    asked = words(form.value("q"))
    state = form.value("etat")
    zone = form.value("zone")
    around = bool(form.value("couronne"))
    told = ages_told(model)
    rows = [
        row
        for rank in range(len(model.places))
        if (row := _row(model, rank, told, zones)).place.inside or around
        if _named(row.place, asked) and _in_state(row, state)
        if not zone or row.zone_key == zone
    ]
    return rows


def sorted_rows(rows: Iterable[CommuneRow], sort: str) -> list[CommuneRow]:
    """Return rows in an order of the heads of the table; what is not known comes last."""
    falling = sort.startswith("-")
    key = _KEYS.get(sort.lstrip("-"), _KEYS["nom"])
    named = sorted(rows, key=lambda row: (words(row.place.name), row.place.code))
    known = [row for row in named if key(row) is not None]
    known.sort(key=lambda row: key(row), reverse=falling)  # type: ignore[arg-type, return-value]
    return known + [row for row in named if key(row) is None]


def default_sort(model: TerritoryModel) -> str:
    """Where most is lacking first; by name where nothing says what lacking means."""
    return "nom" if model.parameters.threshold is None else "-manque"


def columns_of(model: TerritoryModel) -> list[ColumnToWrite]:
    """Return the heads of the file."""
    return [
        ColumnToWrite(_("Code INSEE"), 10),
        ColumnToWrite(_("Commune"), 28),
        ColumnToWrite(_("Du territoire"), 10),
        ColumnToWrite(_("Habitants"), 12),
        ColumnToWrite(_("Habitants standardisés"), 12),
        ColumnToWrite(published_label(model), 14),
        ColumnToWrite(_("Notre calcul (repère)"), 14),
        ColumnToWrite(_("Sous le seuil"), 10),
        ColumnToWrite(_("Manque"), 12),
        ColumnToWrite(_("Professionnels"), 12),
        ColumnToWrite(_("Secteur"), 40),
        ColumnToWrite(_("Professionnels du secteur"), 12),
        ColumnToWrite(_("60 ans et plus, dans le secteur"), 12),
        ColumnToWrite(_("Zone officielle"), 12),
        ColumnToWrite(_("Source du zonage"), 40),
        ColumnToWrite(_("Source"), 50),
    ]


def lines_of(
    model: TerritoryModel, rows: Iterable[CommuneRow], zones: OfficialZones
) -> Iterator[list[CellValue]]:
    """Return the lines of the file, each with its sources."""
    read = [f"{one.source} ({one.year}), {one.licence}" for one in model.used]
    source = " ; ".join([*read, set_line(facts_of(model.parameters))])
    for row in rows:
        place = row.place
        yield [
            place.code,
            place.name,
            _("oui") if place.inside else _("non"),
            place.people,
            round(float(model.state.people[model.ranks[place.code]]), 1),
            place.published,
            None if row.computed is None else round(row.computed, 3),
            "" if row.under is None else _("oui") if row.under else _("non"),
            None if row.lacks is None else round(row.lacks, 1),
            place.professionals,
            "" if row.sector is None else sector_text(model, row.sector),
            None if row.sector is None else round(row.sector.professionals, 2),
            None if row.sector is None else round(row.sector.old, 2),
            row.zone,
            _told(zones, place.code),
            source,
        ]


_KEYS: dict[str, Callable[[CommuneRow], object]] = {
    "nom": lambda row: words(row.place.name),
    "habitants": lambda row: row.place.people,
    "apl": lambda row: row.place.published,
    "calcul": lambda row: row.computed,
    "manque": lambda row: row.lacks,
    "effectif": lambda row: row.place.professionals,
    "ages": lambda row: row.old_share,
    "zone": lambda row: row.zone_key if row.zone else None,
}


def _row(
    model: TerritoryModel, rank: int, told: AgesTold | None, zones: OfficialZones
) -> CommuneRow:
    place = model.places[rank]
    threshold = model.parameters.threshold
    published = place.published
    known = published is not None and threshold is not None
    return CommuneRow(
        place=place,
        computed=float(model.computed[rank]) if model.has_supply else None,
        under=published < threshold if known else None,  # type: ignore[operator]
        lacks=max(threshold - published, 0.0) * float(model.state.people[rank])  # type: ignore[operator]
        if known
        else None,
        sector=None if told is None else told.by_rank.get(rank),
        zone=str(zones.label(place.code)),
        zone_key=zones.key(place.code),
    )


def _told(zones: OfficialZones, code: str) -> str:
    found = zones.by_code.get(code)
    if found is None:
        return ""
    since = date_format(found.since, "SHORT_DATE_FORMAT")
    return _("%(source)s, depuis le %(day)s") % {"source": found.source, "day": since}


def _named(place: Place, asked: list[str]) -> bool:
    held = words(place.name)
    return all(
        place.code.casefold().startswith(word) or any(one.startswith(word) for one in held)
        for word in asked
    )


def _in_state(row: CommuneRow, state: str) -> bool:
    if state == UNKNOWN:
        return row.place.published is None
    if state == UNDER:
        return row.under is True
    return row.under is False if state == OVER else True
