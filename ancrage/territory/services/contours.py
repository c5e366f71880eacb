"""Contours of communes, from a GeoJSON file to small shapes that share their borders.

The file becomes a table (code, name, contour) that the import engine stages like any other: the
same dry run, the same report, the same all or nothing.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

import numpy as np
import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from ancrage.kit.audit import record
from ancrage.kit.imports import (
    Column,
    ImportKind,
    ImportRow,
    ImportRun,
    Plan,
    PlannedRow,
    register,
)
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.tabular import CellValue, TableError, as_text
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers import text_parser
from ancrage.kit.tabular.problems import Parsed, error, source_text
from ancrage.territory.enums import TerritoryEvent
from ancrage.territory.models import Commune
from ancrage.territory.queries import current_communes
from ancrage.territory.services.communes import search_name
from ancrage.territory.validators import NotACommuneCode, department_of, normal_insee

OWNER = "reference:contours"

SIMPLIFY_DEGREES = 0.0003
"""Detail smaller than about thirty metres is dropped: less than a pixel on a territory's map."""

_LONGEST_CELL = 30_000
_DECIMALS = 5
_CODES = ("code_insee", "insee_com", "insee", "codgeo", "code", "com", "depcom")
_ARTICLES = frozenset({"l", "la", "le", "les"})
_SHORT = {"st": "saint", "ste": "sainte"}
_NAMES = ("nom", "nom_com", "nom_com_m", "libgeo", "libelle", "name")


class NotAFeatureCollection(TableError):
    """The file is not a GeoJSON collection of features with a commune code."""

    code = "not_a_feature_collection"
    sentence = _(
        "Ce fichier n’est pas une collection GeoJSON de communes. Attendu : un objet "
        "« FeatureCollection » dont chaque élément a une propriété « code » ou « insee_com »."
    )


class NotInDegrees(TableError):
    """Coordinates are metres of a projection, not degrees."""

    code = "not_in_degrees"
    sentence = _(
        "Les coordonnées de ce fichier ne sont pas des degrés (peut-être du Lambert 93). "
        "Exportez-le en WGS 84 (EPSG:4326), puis recommencez."
    )


@dataclass(slots=True)
class _Context:
    run: ImportRun
    held: dict[str, Commune] = field(default_factory=dict)


def parse_contour(value: CellValue) -> Parsed[str]:
    """Read a contour written as GeoJSON text: a valid Polygon or MultiPolygon, in degrees."""
    try:
        shape = shapely.from_geojson(as_text(value))
    except shapely.GEOSException:
        shape = None
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        return error(
            _("Contour illisible ou sans surface : il n’est pas importé."), code="no_surface"
        )
    if not shape.is_valid:
        return error(_("Contour dont les bords se croisent."), code="crossing")
    return as_text(value)


@register
class ContoursImport(ImportKind):
    """The contours of communes that we know; they never create a commune."""

    key = "contours"
    label = _("Contours des communes")
    limits = Limits(file_bytes=200 * MEBIBYTE)
    columns = (
        Column(
            "insee",
            _("Code INSEE"),
            text_parser(20),
            synonyms=_CODES,
            required=True,
            example="44131",
        ),
        Column("name", _("Nom de la commune"), text_parser(120), synonyms=_NAMES),
        Column(
            "contour",
            _("Contour"),
            parse_contour,
            synonyms=("geometry", "geojson"),
            required=True,
            free_text=True,
        ),
        Column("repair", _("Réparation"), text_parser(40)),
    )
    instructions = (
        _("Une ligne par commune ; le contour est du texte GeoJSON, en degrés (WGS 84)."),
    )

    def prepare(self, run: ImportRun) -> _Context:
        """Remember for whom."""
        return _Context(run)

    def prepare_batch(self, rows: Sequence[ImportRow], context: _Context) -> None:
        """Load the communes of these lines, those that ended included, in one query."""
        codes = [code for row in rows if (code := _code_of(row))]
        found = Commune.objects.filter(insee__in=codes).order_by("pk")
        context.held = {commune.insee: commune for commune in found}

    def resolve(self, row: ImportRow, context: _Context) -> Plan:
        """Say whether the contour is new, another, the same, or for nobody."""
        code, text = _code_of(row), row.values["contour"]
        if code is None and row.values["insee"] is not None:
            refused = NotACommuneCode(row.values["insee"])
            row.error("insee", refused.message, code="insee", text=row.values["insee"])
        if row.values["repair"]:
            row.note("contour", _("Contour invalide dans le fichier : il a été réparé."))
        if code is None or text is None or row.failed:
            return Plan.none()
        commune = context.held.get(code)
        if commune is None or commune.valid_to is not None:
            row.note(
                "insee",
                _(
                    "Aucune commune d’aujourd’hui n’a le code %(insee)s : elle a pu fusionner "
                    "depuis le millésime du fichier. Son contour est laissé de côté."
                ),
                code="no_commune",
                insee=code,
            )
            return Plan.ignore()
        named = row.values["name"]
        if named and _bare(named) != _bare(commune.name):
            row.note(
                "name",
                _(
                    "Le fichier nomme cette commune « %(theirs)s », nous « %(ours)s » : son "
                    "périmètre a pu changer depuis ce millésime."
                ),
                code="renamed",
                theirs=named,
                ours=commune.name,
            )
        vintage = vintage_label(context.run.options)
        old = {_label("contour"): describe(commune.contour), _label("vintage"): _held(commune)}
        new = {_label("contour"): describe(text), _label("vintage"): vintage or None}
        return Plan.update(code, old, new, data=text)

    def apply(self, rows: Sequence[PlannedRow], context: _Context) -> None:
        """Write the contours of these lines."""
        save_contours(
            contours={item.plan.key: item.plan.data for item in rows},
            vintage=vintage_label(context.run.options),
            by=context.run.by,
            now=context.run.now,
        )


def _bare(name: str) -> list[str]:
    """Return what tells a name from another: lists write or leave out the article, the hyphens."""
    words = search_name(name).split()
    return sorted(_SHORT.get(word, word) for word in words if word not in _ARTICLES)


@transaction.atomic
def save_contours(*, contours: Mapping[str, str], vintage: str, by: Any, now: datetime) -> int:
    """Give communes that exist their contour, by INSEE code; return how many.

    Args:
        contours: INSEE code → GeoJSON geometry in degrees, as text.
        vintage: what they come from, « IGN Admin Express 2018 », shown under the maps.
        by: the person, or None for a command.
        now: when.
    """
    communes = list(Commune.objects.filter(insee__in=contours).order_by("insee"))
    for commune in communes:
        commune.contour = contours[commune.insee]
        commune.contour_vintage = vintage
    Commune.objects.bulk_update(communes, ["contour", "contour_vintage"], batch_size=200)
    if communes:
        record(
            action=TerritoryEvent.CONTOURS_SAVED,
            target=communes[0],
            by=by,
            now=now,
            scope="reference",
            changes={"contours": [0, len(communes)], "vintage": ["", vintage]},
        )
    return len(communes)


def without_contour(staged: StagedImport) -> list[Commune]:
    """Return the communes of the departments of a file for which it has no contour."""
    named = set(staged.rows.exclude(key="").order_by("pk").values_list("key", flat=True))
    departments = {department_of(code) for code in named}
    held = current_communes().filter(department__code__in=departments).order_by("insee")
    return [commune for commune in held if commune.insee not in named]


def remarked(staged: StagedImport, code: str) -> list[str]:
    """Return « Name (code) » of the lines that bear a remark: `no_commune`, `renamed`."""
    lines = staged.rows.filter(line__isnull=False).exclude(problems=[]).order_by("line")
    return [
        f"{row.cells[1]} ({row.cells[0]})"
        for row in lines.iterator(chunk_size=500)
        if any(problem["code"] == code for problem in row.problems)
    ]


def vintage_label(options: Mapping[str, Any]) -> str:
    """Return « IGN Admin Express 2018 » from the source and the vintage of an import."""
    return f"{options.get('source', '')} {options.get('vintage', '')}".strip()[:60]


def table_of_geojson(stream: BinaryIO) -> BinaryIO:
    """Turn a FeatureCollection into the CSV that the engine reads, contours made small.

    Features of one commune are joined; what crosses itself is repaired (`make_valid`) or, when no
    surface is left, kept as a line without contour, which the engine refuses with its reason.
    Neighbours are simplified together, so that their borders still coincide.

    Raises:
        NotAFeatureCollection: another kind of file, or no commune code in it.
        NotInDegrees: projected coordinates.
    """
    features = _features(stream)
    if not features:
        raise NotAFeatureCollection
    shapes = [one.shape for one in features]
    west, south, east, north = shapely.total_bounds(shapes)
    if min(west, south) < -180 or max(east, north) > 180:
        raise NotInDegrees
    simple = shapely.coverage_simplify(shapes, SIMPLIFY_DEGREES)
    text = io.StringIO()
    # A comma, like those inside the contours: whoever guesses the separator cannot be misled.
    writer = csv.writer(text)
    writer.writerow(("insee", "nom", "contour", "repair"))
    for one, shape in zip(features, simple, strict=True):
        writer.writerow((one.code, one.name, _written(shape), "oui" if one.repaired else ""))
    return io.BytesIO(text.getvalue().encode())


@dataclass(frozen=True, slots=True)
class _Feature:
    code: str
    name: str
    shape: BaseGeometry
    repaired: bool


def _features(stream: BinaryIO) -> list[_Feature]:
    try:
        collection = json.load(stream)
    except (ValueError, RecursionError) as problem:
        raise NotAFeatureCollection from problem
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise NotAFeatureCollection
    found: dict[str, _Feature] = {}
    for feature in features:
        told = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(told, dict):
            raise NotAFeatureCollection
        properties = {str(name).casefold(): value for name, value in told.items()}
        code = _first(properties, _CODES)
        if not code:
            raise NotAFeatureCollection
        shape, repaired = _surface(feature.get("geometry"))
        known = found.get(code)
        if known is not None:
            shape = shapely.union_all([known.shape, shape])
            repaired = repaired or known.repaired
        found[code] = _Feature(code, _first(properties, _NAMES), shape, repaired)
    return list(found.values())


def _first(properties: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((str(properties[name]) for name in names if properties.get(name)), "")


def _surface(geometry: Any) -> tuple[BaseGeometry, bool]:
    """Return the surface of a GeoJSON geometry, and whether it had to be repaired."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException:
        return shapely.MultiPolygon(), True
    if shape.is_valid and shape.geom_type in ("Polygon", "MultiPolygon"):
        return shapely.force_2d(shape), False
    return _polygons(shapely.make_valid(shapely.force_2d(shape))), True


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(shape))
    found = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return found[0] if len(found) == 1 else shapely.MultiPolygon(found)


def _written(shape: BaseGeometry) -> str:
    """Return GeoJSON text of a bounded length, coordinates to about a metre; empty for nothing."""
    tolerance = SIMPLIFY_DEGREES
    while True:
        rounded = shapely.transform(shape, lambda points: np.round(points, _DECIMALS))
        if not rounded.is_valid:
            rounded = _polygons(shapely.make_valid(rounded))
        if rounded.is_empty:
            return ""
        text = str(shapely.to_geojson(rounded))
        if len(text) <= _LONGEST_CELL:
            return text
        tolerance *= 2
        shape = shapely.simplify(shape, tolerance)


def describe(contour: str) -> str | None:
    """Return a contour for people and for comparison: its points and a short fingerprint."""
    if not contour:
        return None
    text = json.dumps(json.loads(contour), sort_keys=True)
    points = shapely.get_num_coordinates(shapely.from_geojson(text))
    return f"{points} points ({hashlib.blake2b(text.encode(), digest_size=4).hexdigest()})"


_LABELS = {"contour": _("Contour"), "vintage": _("Millésime du contour")}


def _label(name: str) -> str:
    return source_text(_LABELS[name])


def _held(commune: Commune) -> str | None:
    return commune.contour_vintage or None


def _code_of(row: ImportRow) -> str | None:
    try:
        return normal_insee(row.values["insee"]) if row.values["insee"] else None
    except NotACommuneCode:
        return None
