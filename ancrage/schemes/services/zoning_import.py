"""Official zonings taken in through the import engine: tried line by line, then written.

Lists stand side by side. A new one that renews a commune ends its former period the day before;
one that is whole for a département ends, the same way, what it does not name. What a list ended
begins again when that list is withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ancrage.core.eligibility.zones import Span
from ancrage.kit.imports import (
    Column,
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    register,
)
from ancrage.kit.imports.kinds import Changes
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers import date_parser, text_parser
from ancrage.kit.tabular.problems import source_text
from ancrage.kit.tabular.wording import key_of
from ancrage.schemes.enums import OF_DOCTORS, Zone
from ancrage.schemes.models import Zoning
from ancrage.schemes.services.zonings import save_whole_lists
from ancrage.territory.models import Commune
from ancrage.territory.validators import NotACommuneCode, normal_insee

OWNER = "reference:zonings"
"""The lists are the platform's, not a structure's."""
SOURCE, VINTAGE, LICENCE = "source", "vintage", "licence"
SINCE, DEPARTMENTS = "since", "departments"

# How lists say it when they do not write the letters.
_SAID: Mapping[Zone, tuple[str, ...]] = {
    Zone.ZIP: ("intervention prioritaire",),
    Zone.ZAC: ("action complementaire",),
    Zone.ZAR: ("accompagnement regional",),
    Zone.QPV: ("quartier prioritaire",),
    Zone.FRR: ("france ruralites", "frr"),
    Zone.ZRR: ("revitalisation rurale",),
}
_NO_ZONE = frozenset({"hors zone", "hors vivier", "hors zonage", "vigilance", "zone de vigilance",
                      "non", "neant", "aucune", "hv", "zv"})  # fmt: skip


@dataclass(slots=True)
class _Context:
    """What the lines need: how the list was described, what is held of their communes."""

    run: ImportRun
    source: str
    licence: str
    since: date | None
    departments: frozenset[str]
    communes: dict[str, Commune] = field(default_factory=dict)
    held: dict[str, list[Zoning]] = field(default_factory=dict)
    # Zones that lines of the list name, with their first day.
    zones: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Period:
    """A line to write, and the row that it ends or mends."""

    insee: str
    zone: Zone
    starts_on: date
    ends_on: date | None
    row: Zoning | None


def source_of(options: Mapping[str, Any]) -> str:
    """Return how the rows of an import name their source: who publishes it, and its version."""
    told = (str(options.get(SOURCE) or ""), str(options.get(VINTAGE) or ""))
    return ", ".join(one for one in told if one)


@register
class ZoningsImport(ImportKind):
    """A list of communes and of the official zone that each lies in."""

    key = "zonings"
    label = _("Zonages des communes")
    limits = Limits(file_bytes=20 * MEBIBYTE)
    columns = (
        Column(
            "insee",
            _("Code INSEE de la commune"),
            text_parser(20),
            synonyms=(
                "code insee",
                "code commune",
                "insee",
                "codgeo",
                "depcom",
                "code commune insee",
                "commune",
            ),
            required=True,
            example="44131",
        ),
        Column(
            "zone",
            _("Zone"),
            text_parser(120),
            synonyms=("zone", "zonage", "classement", "zonage mg", "zonage medecin"),
            required=True,
            example="ZIP",
            choices=tuple(zone.value for zone in Zone),
            help=_("ZIP, ZAC, ZAR, QPV, FRR, ZRR, ou le nom entier de la zone."),
        ),
        Column(
            "starts_on",
            _("Depuis"),
            date_parser(),
            synonyms=("debut", "du", "date d’effet", "from"),
            help=_("Vide : le jour dit au dépôt."),
            example=date(2026, 1, 1),
        ),
        Column(
            "ends_on",
            _("Jusqu’au"),
            date_parser(),
            synonyms=("fin", "au", "to", "jusqu a"),
            help=_("Vide : sans fin connue."),
        ),
    )
    instructions = (
        _("Une ligne par commune et par zone ; la commune est reconnue à son code INSEE."),
        _(
            "Une commune que la liste ne nomme pas reste comme elle est, sauf dans les "
            "départements dont vous dites la liste complète : elle sort alors de la zone la "
            "veille, et l’ancienne période reste."
        ),
    )

    def prepare(self, run: ImportRun) -> _Context:
        """Remember how the list was described; communes are looked up batch by batch."""
        options = run.options
        departments = str(options.get(DEPARTMENTS) or "").replace(";", ",").split(",")
        return _Context(
            run,
            source_of(options),
            str(options.get(LICENCE) or ""),
            parse_date(str(options.get(SINCE) or "")),
            frozenset(code.strip().upper() for code in departments if code.strip()),
        )

    def prepare_batch(self, rows: Sequence[ImportRow], context: _Context) -> None:
        """Load the communes of these lines and their zonings, in two queries."""
        codes = {code for row in rows if (code := _code_of(row)) is not None}
        communes = Commune.objects.filter(insee__in=codes).order_by("pk")
        context.communes = {one.insee: one for one in communes}
        context.held = {}
        zonings = Zoning.objects.filter(commune__insee__in=codes).select_related("commune")
        for zoning in zonings.order_by("starts_on", "pk"):
            context.held.setdefault(zoning.commune.insee, []).append(zoning)

    def resolve(self, row: ImportRow, context: _Context) -> Plan:
        """Say what the line would do, and every doubt about it."""
        zone = _zone_of(row)
        if zone is None and key_of(row.values["zone"] or "") in _NO_ZONE:
            row.note("zone", _("Hors zone : rien à écrire."), code="no_zone")
            return Plan.ignore()
        insee = _checked_code(row, context)
        starts_on, ends_on = _checked_days(row, context)
        if zone is None or insee is None or starts_on is None or row.failed:
            return Plan.none()
        first = context.zones.get(zone.value, starts_on)
        context.zones[zone.value] = min(first, starts_on)
        return _planned(row, context, _Period(insee, zone, starts_on, ends_on, None))

    def apply(self, rows: Sequence[PlannedRow], context: _Context) -> None:
        """Write these periods; end or mend those that they meet."""
        new = []
        for item in rows:
            period: _Period = item.plan.data
            if period.row is not None and period.row.starts_on == period.starts_on:
                period.row.ends_on, period.row.ended_by = period.ends_on, ""
                period.row.source, period.row.licence = context.source, context.licence
                period.row.save()
                continue
            if period.row is not None:
                _end(period.row, period.starts_on, context.source)
            new.append(
                Zoning(
                    commune=context.communes[period.insee],
                    zone=period.zone,
                    starts_on=period.starts_on,
                    ends_on=period.ends_on,
                    source=context.source,
                    licence=context.licence,
                )
            )
        Zoning.objects.bulk_create(new)
        save_whole_lists(
            context.zones, context.departments, source=context.source, licence=context.licence
        )

    def existing_keys(self, context: _Context) -> Iterable[str]:
        """Return what lies, without an end, in the zones of the list and its départements."""
        rows = _open_in(context).values_list("commune__insee", "zone")
        return (_key(insee, zone) for insee, zone in rows)

    def describe_missing(self, keys: Sequence[str], context: _Context) -> Mapping[str, Changes]:
        """Say which communes leave a zone, and when."""
        rows = _open_in(context).select_related("commune")
        found = {_key(row.commune.insee, row.zone): row for row in rows}
        return {
            key: {
                f"{row.commune.name}, {row.zone}": (
                    None,
                    context.zones[row.zone] - timedelta(days=1),
                )
            }
            for key in keys
            if (row := found.get(key)) is not None
        }

    def close_missing(self, keys: Sequence[str], context: _Context) -> None:
        """End, never delete, what a whole list does not name."""
        wanted = set(keys)
        for row in _open_in(context).select_related("commune"):
            if _key(row.commune.insee, row.zone) in wanted:
                _end(row, context.zones[row.zone], context.source)


def _key(insee: str, zone: str) -> str:
    return f"{insee}:{zone}"


def _open_in(context: _Context) -> Any:
    """The periods without an end that began before the list, where it is whole."""
    before = Q(pk__in=[])
    for zone, first in context.zones.items():
        before |= Q(zone=zone, starts_on__lt=first)
    rows = Zoning.objects.filter(
        before, ends_on__isnull=True, commune__department__code__in=context.departments
    )
    return rows.order_by("commune__insee", "zone")


def _end(row: Zoning, starts_on: date, source: str) -> None:
    row.ends_on, row.ended_by = starts_on - timedelta(days=1), source
    row.save(update_fields=["ends_on", "ended_by"])


def _code_of(row: ImportRow) -> str | None:
    try:
        return normal_insee(row.values["insee"]) if row.values["insee"] else None
    except NotACommuneCode:
        return None


def _zone_of(row: ImportRow) -> Zone | None:
    """The zone of a line. What is no zone is told, unless it says that there is none."""
    text = row.values["zone"]
    if text is None:
        return None
    key = key_of(text)
    if key.upper() in Zone.values:
        return Zone(key.upper())
    for zone, pieces in _SAID.items():
        if any(piece in key for piece in pieces):
            return zone
    if key not in _NO_ZONE:
        row.error(
            "zone",
            _("Zone inconnue : « %(text)s ». Attendu : %(known)s."),
            code="zone",
            text=text,
            known=", ".join(Zone.values),
        )
    return None


def _checked_code(row: ImportRow, context: _Context) -> str | None:
    text, insee = row.values["insee"], _code_of(row)
    if text is None:
        return None
    if insee is None:
        refused = NotACommuneCode(text)
        row.error("insee", refused.message, code="insee", text=text)
    elif insee not in context.communes:
        row.error(
            "insee",
            _("La commune %(insee)s n’est pas connue : importez d’abord les communes."),
            code="unknown_commune",
            insee=insee,
        )
    elif insee != text.upper():
        row.note(
            "insee",
            _("Code commune rétabli : « %(text)s » est lu %(read)s."),
            suggestion=insee,
            code="restored",
            text=text,
            read=insee,
        )
    return insee


def _checked_days(row: ImportRow, context: _Context) -> tuple[date | None, date | None]:
    starts_on, ends_on = row.values["starts_on"] or context.since, row.values["ends_on"]
    if starts_on is None:
        row.error(
            "starts_on",
            _("La date « depuis » manque : dites-la dans le fichier, ou au dépôt pour toutes."),
            code="no_start",
        )
    elif ends_on is not None and ends_on < starts_on:
        row.error("ends_on", _("La fin précède le début."), code="disorder")
    return starts_on, ends_on


def _planned(row: ImportRow, context: _Context, period: _Period) -> Plan:
    held = [one for one in context.held.get(period.insee, ()) if one.zone == period.zone]
    key = _key(period.insee, period.zone)
    same = next((one for one in held if one.starts_on == period.starts_on), None)
    shown = _shown(period.zone, period.starts_on, period.ends_on)
    if same is not None:
        before = _shown(period.zone, same.starts_on, same.ends_on)
        return Plan.update(key, before, shown, data=_with(period, same))
    renewed = next(
        (one for one in held if one.ends_on is None and one.starts_on < period.starts_on), None
    )
    span = Span(period.starts_on, period.ends_on)
    for one in held:
        if one is not renewed and span.meets(Span(one.starts_on, one.ends_on)):
            row.error(
                "starts_on",
                _("Cette période en rencontre une autre de la zone, qui commence le %(day)s."),
                code="overlap",
                day=f"{one.starts_on:%d/%m/%Y}",
            )
            return Plan.none(key)
    _check_other_zone(row, context, period)
    if renewed is None:
        return Plan.create(key, shown, data=period)
    before = _shown(period.zone, renewed.starts_on, renewed.ends_on)
    return Plan.update(key, before, shown, data=_with(period, renewed))


def _check_other_zone(row: ImportRow, context: _Context, period: _Period) -> None:
    """Ask, where a commune would lie in two zones of doctors, whether that is meant."""
    if period.zone not in OF_DOCTORS or context.departments:
        return
    for one in context.held.get(period.insee, ()):
        other = one.zone in OF_DOCTORS and one.zone != period.zone
        if other and Span(period.starts_on, period.ends_on).meets(
            Span(one.starts_on, one.ends_on)
        ):
            row.check(
                "zone",
                _(
                    "Cette commune est aussi en %(zone)s depuis le %(day)s. Si la liste est "
                    "complète pour le département, dites-le : l’autre zone finira la veille."
                ),
                code="other_zone",
                zone=one.zone,
                day=f"{one.starts_on:%d/%m/%Y}",
            )


def _with(period: _Period, row: Zoning) -> _Period:
    return _Period(period.insee, period.zone, period.starts_on, period.ends_on, row)


def _shown(zone: Zone, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    return {
        source_text(_("Zone")): zone.value,
        source_text(_("Depuis")): starts_on,
        source_text(_("Jusqu’au")): ends_on,
    }
