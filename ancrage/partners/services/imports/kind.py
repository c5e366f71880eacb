"""The import of FINESS extracts: sites created, kept up to date, given to their structure.

A site whose legal body is no structure of the territory is kept without one: it joins the
structure the day that one is entered. With the option `create_partners`, a structure « à
compléter » is made for each legal body that has a site in the territory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import differences
from ancrage.kit.audit import record as record_line
from ancrage.kit.imports import ImportKind, ImportRow, ImportRun, Plan, PlannedRow, register
from ancrage.kit.imports.kinds import WRITTEN, Outcome
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.partners.enums import PartnerEvent
from ancrage.partners.models import Facility, FacilityCategory, Partner
from ancrage.partners.queries import scope_of
from ancrage.partners.services.imports.columns import COLUMNS, POSITIONAL
from ancrage.partners.services.imports.merge import (
    COLUMN_OF,
    LABELS,
    Known,
    Merge,
    held_values,
    merge,
    proposed_values,
    shown,
    write_values,
)
from ancrage.partners.services.imports.record import (
    FacilityRecord,
    PositionRecord,
    is_foreign,
    is_heading,
    is_position,
    kind_of,
    position_of,
    record_of,
)
from ancrage.partners.services.structures import create_partner, refresh_search
from ancrage.partners.validators import check_finess
from ancrage.territory.models import Commune, Territory
from ancrage.territory.validators import NotACommuneCode, normal_insee

SOURCE = "FINESS"
_MADE = "partner_made"


def owner_key_of(territory: Territory) -> str:
    """Return the scope of the imports of a territory."""
    return f"territory:{territory.pk}"


@dataclass
class Context:
    """What the lines need, loaded a batch at a time."""

    territory: Territory
    inside: frozenset[str]
    creates_partners: bool
    by: Any
    now: datetime
    categories: dict[str, FacilityCategory] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)
    facilities: dict[str, Facility] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    # Legal bodies to make a structure for: the name each will have, said by its first line.
    to_make: dict[str, str] = field(default_factory=dict)
    # Those made by this very run, and the sites met earlier in the file: what the dry run
    # announced must read the same while it is being written.
    made: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Writing:
    """What `apply` needs to write one site."""

    record: FacilityRecord
    known: Known
    fields: list[str]


@register
class FacilityImport(ImportKind):
    """Sites of an official list. `owner_key` is `owner_key_of(territory)`."""

    key = "facilities"
    limits = Limits(file_bytes=20 * MEBIBYTE)
    label = _("Sites de la liste officielle (FINESS)")
    columns = COLUMNS
    positional = POSITIONAL
    instructions = (
        _("Un extrait du fichier FINESS des établissements, avec ou sans ligne d’en-tête."),
        _("Une ligne par site ; le numéro FINESS géographique désigne le site."),
    )

    def prepare(self, run: ImportRun) -> Context:
        """Read the territory of the run, its communes, and the categories."""
        territory = Territory.objects.get(pk=int(run.owner_key.partition(":")[2]))
        return Context(
            territory=territory,
            inside=frozenset(territory.communes.order_by("pk").values_list("insee", flat=True)),
            creates_partners=bool(run.options.get("create_partners")),
            by=run.by,
            now=run.now,
            categories={row.code: row for row in FacilityCategory.objects.order_by("pk")},
        )

    def template_context(self, run: ImportRun) -> None:
        """Nothing: no column has a list of values, and an empty model is of no territory."""

    def prepare_batch(self, rows: Sequence[ImportRow], context: Context) -> None:
        """Load the sites, structures and communes that these lines name: three queries."""
        finess = {check_finess(row.raw["nofinesset"]).value for row in rows}
        legal = {check_finess(row.raw["nofinessej"]).value for row in rows} - {""}
        context.facilities = {
            site.finess_et: site
            for site in Facility.objects.filter(finess_et__in=finess - {""})
            .select_related("partner", "commune", "category")
            .order_by("pk")
        }
        legal |= {site.finess_ej for site in context.facilities.values()} - {""}
        context.partners = {
            partner.finess_ej: partner
            for partner in Partner.objects.filter(
                territory=context.territory, finess_ej__in=legal
            ).order_by("pk")
        }
        if context.creates_partners:
            _plan_partners(rows, context)
        wanted = {code for row in rows if (code := _quiet_insee(row))}
        context.communes = {
            commune.insee: commune
            for commune in Commune.objects.filter(insee__in=wanted).order_by("pk")
        }

    def resolve(self, row: ImportRow, context: Context) -> Plan:
        """Say what one line would do."""
        if is_heading(row):
            row.note("", _("Première ligne du fichier officiel : elle n’est pas un site."))
            return Plan.ignore()
        if is_position(row):
            return _resolve_position(row, context)
        if is_foreign(row):
            row.note(
                "line_type",
                _("Ligne d’un autre type que « structureet » : elle n’est pas lue ici."),
            )
            return Plan.ignore()
        record = record_of(row)
        if record is None or row.failed:
            return Plan.none()
        return _resolve_site(row, record, context)

    def apply(self, rows: Sequence[PlannedRow], context: Context) -> None:
        """Write sites first, then the positions that name them."""
        touched: dict[int, Partner] = {}
        for item in rows:
            if isinstance(item.plan.data, Writing):
                partner = _write_site(item.plan.data, context)
                if partner is not None:
                    touched[partner.pk] = partner
        for item in rows:
            if isinstance(item.plan.data, PositionRecord):
                _write_position(item.plan.data)
        for partner in touched.values():
            refresh_search(partner=partner)


def structures_to_make(staged: StagedImport) -> list[str]:
    """Return « Name (FINESS) » of the structures that applying this import would create."""
    written = staged.rows.filter(outcome__in=[outcome.value for outcome in WRITTEN])
    remarks = written.order_by("line").values_list("problems", flat=True)
    told = (one["facts"] for problems in remarks for one in problems if one["code"] == _MADE)
    return list(dict.fromkeys(f"{facts['name']} ({facts['legal']})" for facts in told))


def _quiet_insee(row: ImportRow) -> str:
    written = row.raw["cog"].strip() or row.raw["commune"].strip()
    try:
        return normal_insee(written, department=row.raw["departement"].strip())
    except NotACommuneCode:
        return ""


def _plan_partners(rows: Sequence[ImportRow], context: Context) -> None:
    """Note the legal bodies without structure that have a site in the territory."""
    for row in rows:
        legal = check_finess(row.raw["nofinessej"]).value
        name = row.raw["rslongue"].strip() or row.raw["rs"].strip()
        if (
            legal
            and name
            and legal not in context.partners
            and _quiet_insee(row) in context.inside
        ):
            context.to_make.setdefault(legal, " ".join(name.split())[:160])


def _resolve_site(row: ImportRow, record: FacilityRecord, context: Context) -> Plan:
    context.met.add(record.finess_et)
    facility = context.facilities.get(record.finess_et)
    if facility is not None and _is_elsewhere(facility, context):
        row.note("nofinesset", _("Ce site est celui d’une structure d’un autre territoire."))
        return Plan.ignore()
    known = Known(context.categories.get(record.category), context.communes.get(record.insee))
    _say_unknown(row, record, known)
    found = merge(facility, proposed_values(record, known), record)
    _say_edited(row, found)
    pairs = {**found.changes, **found.disputed}
    changes: dict[Any, tuple[Any, Any]] = {
        LABELS[name]: (shown(name, old), shown(name, new)) for name, (old, new) in pairs.items()
    }
    structure = _structure_joined(row, record, known, facility, context)
    if structure:
        changes[_("Structure")] = (None, structure)
    if facility is None:
        outcome = Outcome.CREATED
    else:
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Plan(outcome, record.finess_et, changes, Writing(record, known, list(pairs)))


def _is_elsewhere(facility: Facility, context: Context) -> bool:
    partner = facility.partner
    return partner is not None and partner.territory_id != context.territory.pk


def _structure_joined(
    row: ImportRow,
    record: FacilityRecord,
    known: Known,
    facility: Facility | None,
    context: Context,
) -> str:
    """The name of the structure that the site would join; "" when it has one or none is known."""
    legal = record.finess_ej
    partner = context.partners.get(legal)
    placed = known.commune is not None or (facility is not None and facility.commune is not None)
    if facility is not None and facility.partner is not None:
        just_claimed = legal in context.made and facility.partner == partner
        return context.to_make[legal] if just_claimed else ""
    if not placed:
        return ""
    if legal in context.to_make:
        row.note(
            "nofinessej",
            _("La structure %(name)s (FINESS juridique %(legal)s) est créée, « à compléter »."),
            code=_MADE,
            name=context.to_make[legal],
            legal=legal,
        )
        return context.to_make[legal]
    if partner is None:
        row.note(
            "nofinessej",
            _(
                "Aucune structure du territoire ne porte le FINESS juridique %(legal)s : le site "
                "est gardé, et la rejoindra le jour où elle sera ajoutée."
            ),
            code="no_partner",
            legal=legal or "—",
        )
        return ""
    return partner.name


def _say_unknown(row: ImportRow, record: FacilityRecord, known: Known) -> None:
    if known.commune is None:
        row.note(
            "commune",
            _(
                "La commune %(insee)s (%(town)s) n’est pas encore chargée : le site est gardé et "
                "attend d’être placé. Importez les communes, puis de nouveau ce fichier."
            ),
            code="commune_not_loaded",
            insee=record.insee,
            town=record.town or "—",
        )
    if record.category and known.category is None:
        row.note(
            "categetab",
            _("La catégorie %(category)s n’est pas connue de la plateforme : laissée vide."),
            code="category_unknown",
            category=record.category,
        )


def _say_edited(row: ImportRow, found: Merge) -> None:
    for name in found.kept:
        row.note(
            COLUMN_OF[name],
            _("%(field)s : la valeur saisie ici est gardée, le fichier n’a rien de neuf."),
            code="kept",
            field=LABELS[name],
        )
    for name, (held, proposed) in found.disputed.items():
        row.check(
            COLUMN_OF[name],
            _(
                "%(field)s modifié ici (« %(held)s ») et différent dans le fichier "
                "(« %(proposed)s ») : acceptez la ligne pour suivre le fichier ; sinon, la "
                "valeur d’ici reste."
            ),
            code="disputed",
            field=LABELS[name],
            held=held,
            proposed=proposed,
        )


def _resolve_position(row: ImportRow, context: Context) -> Plan:
    position = position_of(row)
    if position is None:
        return Plan.ignore()
    facility = context.facilities.get(position.finess_et)
    if facility is None and position.finess_et not in context.met:
        row.note("nofinesset", _("Coordonnées d’un site que ni le fichier ni la base ne portent."))
        return Plan.ignore()
    if facility is not None and _is_elsewhere(facility, context):
        row.note("nofinesset", _("Ce site est celui d’une structure d’un autre territoire."))
        return Plan.ignore()
    key = f"{position.finess_et}|position"
    new = {"latitude": position.latitude, "longitude": position.longitude}
    old: dict[str, Any] = {"latitude": None, "longitude": None}
    if facility is not None:
        old = {name: getattr(facility, name) for name in new}
        last = {name: facility.imported.get(name) for name in new}
        if old["latitude"] is not None and old != new and last != old:
            row.check("nofinessej", _("Position modifiée ici et différente dans le fichier."))
    changes: dict[Any, tuple[Any, Any]] = {
        LABELS[name]: (old[name], value) for name, value in new.items() if old[name] != value
    }
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Plan(outcome, key, changes, position)


def _write_site(writing: Writing, context: Context) -> Partner | None:
    """Write one site; return its structure, whose search text is to be renewed."""
    record, known = writing.record, writing.known
    facility = context.facilities.get(record.finess_et)
    if facility is None:
        facility = Facility(finess_et=record.finess_et, revision=0)
    before = held_values(facility)
    write_values(facility, record, known, writing.fields)
    if facility.partner is None and facility.commune is not None:
        facility.partner = _partner_for(record, known, context)
    facility.insee = record.insee
    facility.imported = {**facility.imported, **proposed_values(record, known)}
    facility.source, facility.version = SOURCE, record.version
    facility.revision += 1
    facility.save()
    if facility.partner is not None:
        held = held_values(facility)
        record_line(
            action=PartnerEvent.SITE_IMPORTED,
            target=facility,
            by=context.by,
            now=context.now,
            scope=scope_of(facility.partner),
            changes=differences(before, held),
        )
    return facility.partner


def _partner_for(record: FacilityRecord, known: Known, context: Context) -> Partner | None:
    legal = record.finess_ej
    partner = context.partners.get(legal)
    if partner is None and legal in context.to_make:
        partner = create_partner(
            territory=context.territory,
            kind=kind_of(record),
            name=context.to_make[legal],
            finess_ej=legal,
            commune=known.commune,
            to_complete=True,
            by=context.by,
            now=context.now,
        )
        context.partners[legal] = partner
        context.made.add(legal)
    return partner


def _write_position(position: PositionRecord) -> None:
    facility = Facility.objects.get(finess_et=position.finess_et)
    point = {"latitude": position.latitude, "longitude": position.longitude}
    facility.latitude, facility.longitude = position.latitude, position.longitude
    facility.imported = {**facility.imported, **point}
    facility.revision += 1
    facility.save(update_fields=["latitude", "longitude", "imported", "revision"])
