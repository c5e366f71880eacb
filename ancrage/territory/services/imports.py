"""Official lists of communes, taken in through the import engine: tried first, then written."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.tabular import CellValue, TableError, as_text
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers import (
    decimal_parser,
    identifier_parser,
    integer_parser,
    text_parser,
)
from ancrage.kit.tabular.problems import Parsed, error, source_text
from ancrage.territory.models import Commune
from ancrage.territory.queries import current_communes
from ancrage.territory.services.communes import (
    CommuneFacts,
    end_communes,
    held_values,
    save_communes,
    values_of,
)
from ancrage.territory.validators import (
    NotACommuneCode,
    department_of,
    normal_insee,
    normal_postcode,
    validate_point,
)

OWNER = "reference:communes"
"""The list is the platform's, not a structure's."""

_SPLIT = re.compile(r"[|;,/\s]+")
_HEADER = (
    "code_insee",
    "nom",
    "codes_postaux",
    "siren_epci",
    "nom_epci",
    "population_municipale",
    "latitude",
    "longitude",
)


class NotACommuneList(TableError):
    """The JSON file is not a list of communes as geo.api gives them."""

    code = "not_a_commune_list"
    sentence = _(
        "Ce fichier JSON n’est pas une liste de communes. Attendu : la réponse de geo.api "
        "(/communes) avec les champs nom, code, centre, codesPostaux, codeEpci, population."
    )


@dataclass(slots=True)
class _Context:
    """What the lines need: where the list comes from, and what we hold of their communes."""

    run: ImportRun
    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    departments: set[str] = field(default_factory=set)


def parse_postcodes(value: CellValue) -> Parsed[tuple[str, ...]]:
    """Read one or several postcodes: `44320|44680`, `44320, 44680`, the number 1000."""
    codes = []
    for text in _SPLIT.split(as_text(value)):
        if text:
            try:
                codes.append(normal_postcode(text))
            except ValidationError as refused:
                return error(refused.message, code="postcode", **(refused.params or {}))
    return tuple(sorted(set(codes))) or None


@register
class CommunesImport(ImportKind):
    """A list of communes: codes, names, postcodes, groupings, populations, points."""

    key = "communes"
    label = _("Communes")
    limits = Limits(file_bytes=20 * MEBIBYTE)
    columns = (
        Column(
            "insee",
            _("Code INSEE"),
            text_parser(20),
            synonyms=("code_insee", "code commune", "code", "insee", "codgeo", "com", "depcom"),
            required=True,
            example="44131",
        ),
        Column(
            "name",
            _("Nom de la commune"),
            text_parser(120),
            synonyms=("nom", "commune", "libelle", "libgeo", "nom_commune", "ncc", "nccenr"),
            required=True,
            example="Pornic",
        ),
        Column(
            "department",
            _("Code du département"),
            text_parser(3),
            synonyms=("code_departement", "departement", "dep", "codeDepartement"),
            help=_("Sert à compléter un code commune réduit à trois chiffres."),
            example="44",
        ),
        Column(
            "postcodes",
            _("Codes postaux"),
            parse_postcodes,
            synonyms=("codes_postaux", "code postal", "codesPostaux", "cp"),
            help=_("Plusieurs codes se séparent par une barre : 44320|44680."),
            example="44210",
        ),
        Column(
            "epci",
            _("SIREN de l’EPCI"),
            identifier_parser(length=9, pattern=r"\d{9}"),
            synonyms=("siren_epci", "codeEpci", "epci", "code_epci"),
            identifier=True,
            example="200067346",
        ),
        Column(
            "epci_name",
            _("Nom de l’EPCI"),
            text_parser(160),
            synonyms=("nom_epci", "raison_sociale", "libepci"),
            example="CA Pornic Agglo Pays de Retz",
        ),
        Column(
            "population",
            _("Population municipale"),
            integer_parser(minimum=0),
            synonyms=("population_municipale", "population", "pmun", "pop_mun"),
            example=17910,
        ),
        Column(
            "latitude",
            _("Latitude"),
            decimal_parser(minimum=-90, maximum=90),
            synonyms=("latitude", "lat", "y"),
            example="47,1224",
        ),
        Column(
            "longitude",
            _("Longitude"),
            decimal_parser(minimum=-180, maximum=180),
            synonyms=("longitude", "lon", "lng", "long", "x"),
            example="-2,0518",
        ),
    )
    instructions = (
        _("Une ligne par commune ; la commune est reconnue à son code INSEE."),
        _(
            "Une cellule vide ne change rien : ce que la liste ne dit pas reste tel quel. "
            "Une commune que la liste ne nomme pas reste aussi, sauf si vous cochez « liste "
            "complète » : elle est alors close, jamais supprimée."
        ),
    )

    def prepare(self, run: ImportRun) -> _Context:
        """Remember for whom; communes are looked up batch by batch."""
        return _Context(run)

    def prepare_batch(self, rows: Sequence[ImportRow], context: _Context) -> None:
        """Load the communes of these lines, in two queries."""
        codes = {code for row in rows if (code := _code_of(row)) is not None}
        communes = (
            Commune.objects.filter(insee__in=codes)
            .select_related("epci")
            .prefetch_related("postcodes")
            .order_by("pk")
        )
        context.held = held_values(communes)

    def resolve(self, row: ImportRow, context: _Context) -> Plan:
        """Say what the line would do, and every doubt about it."""
        insee = self._checked_code(row)
        self._check_point(row)
        if insee is None or row.failed or row.values["name"] is None:
            return Plan.none()
        context.departments.add(department_of(insee))
        facts = _facts(insee, row)
        wanted = {**values_of(facts), "ended": False}
        shown = {_label(name): _shown(value) for name, value in wanted.items()}
        held = context.held.get(insee)
        if held is None:
            shown.pop(_label("ended"))
            return Plan.create(insee, shown, data=facts)
        before = {_label(name): _shown(held[name]) for name in wanted}
        return Plan.update(insee, before, shown, data=facts)

    def apply(self, rows: Sequence[PlannedRow], context: _Context) -> None:
        """Write the communes of these lines."""
        save_communes(
            facts=[item.plan.data for item in rows],
            source=str(context.run.options.get("source", "")),
            version=str(context.run.options.get("vintage", "")),
            by=context.run.by,
            now=context.run.now,
        )

    def existing_keys(self, context: _Context) -> Iterable[str]:
        """Return the codes we hold in the departments of the list."""
        return (
            current_communes()
            .filter(department__code__in=context.departments)
            .order_by("insee")
            .values_list("insee", flat=True)
        )

    def describe_missing(self, keys: Sequence[str], context: _Context) -> Mapping[str, Changes]:
        """Say which commune closing a key would close."""
        names = dict(
            Commune.objects.filter(insee__in=keys).order_by("pk").values_list("insee", "name")
        )
        return {key: {names[key]: ("", _label("ended"))} for key in keys}

    def close_missing(self, keys: Sequence[str], context: _Context) -> None:
        """Close, never delete, the communes that a complete list does not name."""
        communes = list(Commune.objects.filter(insee__in=keys).order_by("insee"))
        end_communes(communes=communes, by=context.run.by, now=context.run.now)

    @staticmethod
    def _checked_code(row: ImportRow) -> str | None:
        text = row.values["insee"]
        if text is None:
            return None
        code = _code_of(row)
        if code is None:
            refused = NotACommuneCode(text)
            row.error("insee", refused.message, code="insee", text=text)
        elif code != text:
            row.note(
                "insee",
                _("Code commune rétabli : « %(text)s » est lu %(read)s."),
                suggestion=code,
                code="restored",
                text=text,
                read=code,
            )
        return code

    @staticmethod
    def _check_point(row: ImportRow) -> None:
        latitude, longitude = row.values["latitude"], row.values["longitude"]
        if row.failed:
            return
        try:
            validate_point(latitude, longitude)
        except ValidationError as refused:
            row.error("latitude", refused.message, code=refused.code or "")
            return
        if latitude is None:
            row.note(
                "latitude",
                _("Sans coordonnées : la commune est gardée, mais ne peut être placée."),
                code="no_point",
            )


def absent_from(staged: StagedImport) -> list[Commune]:
    """Return the communes we hold in the departments of a list, and that it does not name.

    They are only reported: a list that is partial on purpose closes nothing.
    """
    named = set(
        staged.rows.filter(line__isnull=False)
        .exclude(key="")
        .order_by("pk")
        .values_list("key", flat=True)
    )
    departments = {department_of(code) for code in named}
    held = current_communes().filter(department__code__in=departments).order_by("insee")
    return [commune for commune in held if commune.insee not in named]


def without_point(staged: StagedImport) -> int:
    """Return how many communes of a list come without coordinates."""
    remarked = staged.rows.exclude(problems=[])
    remarks = remarked.order_by("pk").values_list("problems", flat=True)
    return sum(any(one["code"] == "no_point" for one in problems) for problems in remarks)


def table_of_geoapi(stream: BinaryIO) -> BinaryIO:
    """Turn the JSON answer of geo.api (/communes) into the CSV that the engine reads.

    The centre is a GeoJSON point, longitude first; a commune without one keeps an empty cell.

    Raises:
        NotACommuneList: this is not JSON, or not such a list.
    """
    try:
        communes = json.load(stream)
    except (ValueError, RecursionError) as problem:
        raise NotACommuneList from problem
    if not isinstance(communes, list) or not all(
        isinstance(one, dict) and "code" in one and "nom" in one for one in communes
    ):
        raise NotACommuneList
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADER)
    for one in communes:
        longitude, latitude = _centre(one)
        grouping = one.get("epci") if isinstance(one.get("epci"), dict) else {}
        writer.writerow(
            [
                one["code"],
                one["nom"],
                "|".join(str(code) for code in one.get("codesPostaux") or ()),
                one.get("codeEpci") or grouping.get("code", ""),
                grouping.get("nom", ""),
                one.get("population", ""),
                latitude,
                longitude,
            ]
        )
    return io.BytesIO(text.getvalue().encode())


def _centre(commune: Mapping[str, Any]) -> tuple[Any, Any]:
    centre = commune.get("centre")
    coordinates = centre.get("coordinates") if isinstance(centre, dict) else None
    if isinstance(coordinates, list) and len(coordinates) >= 2:
        return coordinates[0], coordinates[1]
    return "", ""


def _code_of(row: ImportRow) -> str | None:
    if row.values["insee"] is None:
        return None
    try:
        return normal_insee(row.values["insee"], department=row.values["department"] or "")
    except NotACommuneCode:
        return None


def _facts(insee: str, row: ImportRow) -> CommuneFacts:
    latitude, longitude = row.values["latitude"], row.values["longitude"]
    return CommuneFacts(
        insee=insee,
        name=row.values["name"],
        postcodes=row.values["postcodes"] or (),
        epci_siren=row.values["epci"] or "",
        epci_name=row.values["epci_name"] or "",
        population=row.values["population"],
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
    )


_LABELS = {
    "name": _("Nom"),
    "postcodes": _("Codes postaux"),
    "epci": _("EPCI"),
    "population": _("Population municipale"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "ended": _("Commune close"),
}


def _label(name: str) -> str:
    return source_text(_LABELS[name])


def _shown(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(value)
    return Decimal(str(value)) if isinstance(value, float) else value
