"""The zones of communes, from a file of one line a commune: code, zone, from, to.

A list with a doubtful line is not written at all: half a zoning would answer « no » to people who
are in the zone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.core.eligibility.zones import Span, ZonePeriod, overlaps
from ancrage.kit.audit import record
from ancrage.kit.tabular.cells import CellValue, as_text
from ancrage.kit.tabular.reading.opening import open_table
from ancrage.kit.text import fold
from ancrage.schemes.enums import SchemeEvent, Zone
from ancrage.schemes.models import Zoning, ZoningList
from ancrage.territory.models import Commune, Department
from ancrage.territory.validators import normal_insee

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "insee": ("commune", "code commune", "code insee", "insee", "codgeo"),
    "zone": ("zone", "zonage"),
    "starts_on": ("depuis", "debut", "du", "from"),
    "ends_on": ("jusqu'au", "jusqu’au", "fin", "au", "to"),
}
_NEEDED = ("insee", "zone", "starts_on")
_LABELS: Mapping[str, str | Promise] = {
    "insee": gettext_lazy("commune"),
    "zone": gettext_lazy("zone"),
    "starts_on": gettext_lazy("depuis"),
}


class ZoningsRefused(ValidationError):
    """A file of zonings that cannot be read: one sentence a line at fault."""


@dataclass(frozen=True, slots=True)
class ZoningLine:
    """One line of a file; `number` is the one a spreadsheet shows."""

    number: int
    insee: str
    zone: Zone
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SavedZonings:
    """How many rows a list created, changed and left as they were, and the lists now whole."""

    created: int
    changed: int
    unchanged: int
    lists: int


def read_zonings(stream: BinaryIO, *, filename: str) -> list[ZoningLine]:
    """Read a table (CSV, XLSX, ODS) of communes and zones.

    Raises:
        TableError: this is no table.
        ZoningsRefused: a column is missing, or lines are wrong, each told by its number.
    """
    with open_table(stream, filename=filename) as table:
        rows = list(table.rows())
    if not rows:
        raise ZoningsRefused([_error(0, _("le fichier est vide."))])
    places = _places(rows[0].cells)
    lines: list[ZoningLine] = []
    faults: list[ValidationError] = []
    for row in rows[1:]:
        cells = {
            name: row.cells[place] if place < len(row.cells) else None
            for name, place in places.items()
        }
        try:
            lines.append(_line(row.number, cells))
        except ValidationError as fault:
            faults += [_error(row.number, message) for message in fault.messages]
    if faults:
        raise ZoningsRefused(faults)
    return lines


@transaction.atomic
def save_zonings(
    *,
    lines: Sequence[ZoningLine],
    source: str,
    by: Any,
    now: datetime,
    licence: str = "",
    whole_departments: frozenset[str] = frozenset(),
) -> SavedZonings:
    """Write the zones of communes; a row of the same commune, zone and first day is mended.

    Args:
        lines: from `read_zonings`.
        source: who publishes the list, « arrêté ARS Pays de la Loire, 2025 ».
        by: the person, or None for a command.
        now: when.
        licence: of the list, where it tells one.
        whole_departments: codes of the départements whose list is whole for the zones of the
            file: their communes that no line names are outside the zone.

    Raises:
        ZoningsRefused: a commune or a département is unknown, an end comes before its beginning,
            two rows of a commune and a zone overlap; nothing is written.
    """
    communes = {
        commune.insee: commune
        for commune in Commune.objects.filter(insee__in={line.insee for line in lines}).order_by(
            "pk"
        )
    }
    held = {
        (row.commune_id, row.zone, row.starts_on): row
        for row in Zoning.objects.filter(commune__in=communes.values()).order_by("pk")
    }
    faults = [*_unknown(lines, communes, whole_departments), *_disordered(lines)]
    if not faults:
        faults = list(_overlapping(lines, communes, held.values()))
    if faults:
        raise ZoningsRefused(faults)
    created, changed = 0, 0
    for line in lines:
        commune = communes[line.insee]
        row = held.get((commune.pk, line.zone.value, line.starts_on))
        if row is None:
            created += 1
            Zoning.objects.create(
                commune=commune,
                zone=line.zone,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                source=source,
                licence=licence,
            )
        elif row.ends_on != line.ends_on:
            changed += 1
            row.ends_on, row.source, row.licence = line.ends_on, source, licence
            row.ended_by = ""
            row.save(update_fields=["ends_on", "source", "licence", "ended_by"])
    since = _first_days((line.zone, line.starts_on) for line in lines)
    lists = save_whole_lists(since, whole_departments, source=source, licence=licence)
    saved = SavedZonings(created, changed, len(lines) - created - changed, lists)
    if created or changed or lists:
        record(
            action=SchemeEvent.ZONINGS_SAVED,
            target=communes[lines[0].insee],
            by=by,
            now=now,
            scope="reference",
            changes={
                "created": [0, created],
                "changed": [0, changed],
                "source": ["", source],
            },
        )
    return saved


def _places(cells: Sequence[CellValue]) -> dict[str, int]:
    """Return the place of each column of the header."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        title = fold(as_text(cell)).strip()
        for name, writings in _COLUMNS.items():
            if title in {fold(writing) for writing in writings}:
                found.setdefault(name, place)
    missing = [str(_LABELS[name]) for name in _NEEDED if name not in found]
    if missing:
        message = _("il manque les colonnes : %(columns)s. Attendu : commune, zone, depuis, fin.")
        raise ZoningsRefused([_error(1, message % {"columns": ", ".join(missing)})])
    return found


def _line(number: int, cells: Mapping[str, CellValue]) -> ZoningLine:
    insee = normal_insee(as_text(cells["insee"]))
    zone = as_text(cells["zone"]).strip().upper()
    if zone not in Zone.values:
        raise ValidationError(
            _("« %(zone)s » n’est pas une zone connue : %(known)s.")
            % {"zone": as_text(cells["zone"]), "known": ", ".join(Zone.values)}
        )
    starts_on = _day(cells["starts_on"])
    if starts_on is None:
        raise ValidationError(_("la date « depuis » manque."))
    return ZoningLine(number, insee, Zone(zone), starts_on, _day(cells.get("ends_on")))


def _day(cell: CellValue) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = as_text(cell).strip()
    if not text:
        return None
    for written in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 a day has no hour
        except ValueError:
            continue
    raise ValidationError(
        _("« %(text)s » n’est pas une date : écrivez-la comme 31/12/2026.") % {"text": text}
    )


def _unknown(
    lines: Sequence[ZoningLine],
    communes: Mapping[str, Commune],
    whole_departments: frozenset[str],
) -> Iterator[ValidationError]:
    for line in lines:
        if line.insee not in communes:
            yield _error(
                line.number,
                _(
                    "la commune %(insee)s n’est pas connue de la plateforme : importez d’abord "
                    "les communes."
                )
                % {"insee": line.insee},
            )
    known = Department.objects.filter(code__in=whole_departments).values_list("code", flat=True)
    for code in sorted(whole_departments - set(known)):
        yield ValidationError(
            _("Le département « %(code)s » n’existe pas.") % {"code": code}, code="department"
        )


def _disordered(lines: Sequence[ZoningLine]) -> Iterator[ValidationError]:
    for line in lines:
        if line.ends_on is not None and line.ends_on < line.starts_on:
            yield _error(
                line.number,
                _("la fin (%(end)s) précède le début (%(start)s).")
                % {"end": _said(line.ends_on), "start": _said(line.starts_on)},
            )


def _overlapping(
    lines: Sequence[ZoningLine], communes: Mapping[str, Commune], held: Any
) -> Iterator[ValidationError]:
    """Yield the lines whose period meets another of the same commune and zone, held or new."""
    written = {(communes[line.insee].pk, line.zone.value, line.starts_on) for line in lines}
    by_commune: dict[int, list[tuple[int, ZonePeriod]]] = {}
    for line in lines:
        period = ZonePeriod(line.zone.value, Span(line.starts_on, line.ends_on))
        by_commune.setdefault(communes[line.insee].pk, []).append((line.number, period))
    for row in held:
        if (row.commune_id, row.zone, row.starts_on) not in written:
            period = ZonePeriod(row.zone, Span(row.starts_on, row.ends_on))
            by_commune[row.commune_id].append((0, period))
    for numbered in by_commune.values():
        number_of = {id(period): number for number, period in numbered}
        for first, second in overlaps(period for _number, period in numbered):
            number = max(number_of[id(first)], number_of[id(second)])
            yield _error(
                number,
                _("deux périodes de la zone %(zone)s se chevauchent (%(first)s et %(second)s).")
                % {
                    "zone": first.zone,
                    "first": _period(first.span),
                    "second": _period(second.span),
                },
            )


def _first_days(told: Iterable[tuple[str, date]]) -> dict[str, date]:
    """Return the first day of each zone."""
    since: dict[str, date] = {}
    for zone, starts_on in told:
        since[str(zone)] = min(since.get(str(zone), starts_on), starts_on)
    return since


def save_whole_lists(
    since: Mapping[str, date], departments: frozenset[str], *, source: str, licence: str
) -> int:
    """Note the lists that are whole, each from a day on; return how many are new."""
    saved = 0
    for department in Department.objects.filter(code__in=departments).order_by("code"):
        for zone, starts_on in sorted(since.items()):
            _row, is_new = ZoningList.objects.update_or_create(
                department=department,
                zone=zone,
                starts_on=starts_on,
                defaults={"source": source, "licence": licence},
            )
            saved += is_new
    return saved


def _period(span: Span) -> str:
    if span.last is None:
        return _("depuis le %(start)s") % {"start": _said(span.first)}
    return _("du %(start)s au %(end)s") % {"start": _said(span.first), "end": _said(span.last)}


def _said(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _error(number: int, message: str) -> ValidationError:
    return ValidationError(
        _("Ligne %(line)s : %(message)s"),
        code="line",
        params={"line": number, "message": message},
    )
