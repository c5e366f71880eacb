"""A report as a workbook: a sheet a part, the roadmap, the definitions. In French, as it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from ancrage.web.reports.kept import HIDDEN
from ancrage.web.reports.shown import Shown

# The title of a part that a sheet has no room for.
_SHORT_NAMES = {"safety": "Conditions de travail, sécurité"}


def workbook_of(shown: Shown) -> bytes:
    """Return an XLSX that says what the page says."""
    sheets = [_summary(shown), *(_part(part) for part in shown.contents["parts"])]
    sheets += _kept(shown.contents.get("retention"))
    if shown.roadmap is not None:
        sheets += [_actions(shown.roadmap), _indicators(shown.roadmap)]
    sheets += [
        _posts("Postes par métier", "Métier", shown.contents["professions"]),
        _posts("Postes par commune", "Commune", shown.contents["communes"]),
        _definitions(shown),
    ]
    stream = BytesIO()
    write_xlsx(stream, sheets)
    return stream.getvalue()


def _sheet(
    name: str, columns: Sequence[tuple[str, int]], lines: Iterable[Sequence[CellValue]]
) -> SheetToWrite:
    return SheetToWrite(
        name.replace("/", "-"),
        [ColumnToWrite(label, width=width, wrap=width > 40) for label, width in columns],
        [list(line) for line in lines],
    )


def _summary(shown: Shown) -> SheetToWrite:
    contents = shown.contents
    mark = "brouillon" if shown.is_draft else "publiée"
    lines = [
        ("Rapport", shown.report.title),
        ("Territoire", contents["territory"]),
        *(("Périmètre", name) for name in [shown.perimeter] if name),
        *(("Commune", one["label"]) for one in shown.communes_told),
        ("Période", contents["period"]),
        ("Version", f"{shown.version}, {mark}"),
        ("Calculé le", contents["computed"]),
        *(("L’essentiel", sentence) for sentence in contents["summary"]),
        *(("Feuille de route", sentence) for sentence in [shown.state, *shown.untold] if sentence),
        *_comments(shown),
        ("Règle", shown.rule),
        *(("Ailleurs", sentence) for sentence in [shown.missing] if sentence),
    ]
    return _sheet("En bref", [("Quoi", 40), ("Texte", 100)], lines)


def _comments(shown: Shown) -> list[tuple[str, str]]:
    """What the coordination says, of the whole then of each part, in their order."""
    told = [
        ("Commentaire", shown.summary_comment),
        ("Commentaire, feuille de route", shown.axes_comment),
        ("Commentaire, ce qui a changé", shown.changes_comment),
        *((f"Commentaire, {one.title.lower()}", one.comment) for one in shown.sections),
    ]
    return [(label, text) for label, text in told if text]


def _part(part: Mapping[str, Any]) -> SheetToWrite:
    return _sheet(
        _SHORT_NAMES.get(part["section"], part["title"]),
        [
            ("Mesure", 40),
            ("Valeur", 14),
            ("Unité", 24),
            ("Quand", 40),
            ("Période précédente", 20),
            ("Remarque", 60),
        ],
        (
            (
                one["name"],
                _number(one["value"], one["text"]),
                one["unit_label"],
                one["when"],
                _number(one["before_value"], one["before"]),
                one["note"],
            )
            for one in part["figures"]
        ),
    )


def _kept(retention: Mapping[str, Any] | None) -> list[SheetToWrite]:
    """Who stays: the months and the curve, then the groups; nothing without them."""
    if not retention:
        return []
    facts = [("Encore là, en %", 16), ("Au moins", 12), ("Au plus", 12), ("Suivies", 12)]
    lines: list[list[CellValue]] = [
        ["Lecture", one["months"], *_kept_cells(one)] for one in retention["readings"]
    ]
    lines += [["Courbe", *step] for step in retention["steps"]]
    groups: list[list[CellValue]] = [
        [kind, one["label"], months, *_kept_cells(reading)]
        for kind, found in (("Structure", retention["partners"]), ("Aide", retention["schemes"]))
        for one in found
        for months, reading in zip(retention["months"], one["readings"], strict=True)
    ]
    sheets = [_sheet("Fidélisation", [("Quoi", 12), ("Mois", 10), *facts], lines)]
    if groups:
        columns = [("Groupe", 12), ("Structure ou aide", 40), ("Mois", 10), *facts]
        sheets.append(_sheet("Fidélisation par groupe", columns, groups))
    return sheets


def _kept_cells(reading: Mapping[str, Any]) -> list[CellValue]:
    if reading["share"] is None:
        return [HIDDEN] * 4
    return [reading[key] for key in ("share", "low", "high", "at_risk")]


def _actions(roadmap: Mapping[str, Any]) -> SheetToWrite:
    return _sheet(
        "Actions",
        [
            ("Axe", 40),
            ("Action", 60),
            ("Pilote", 32),
            ("Fin prévue", 20),
            ("Jalons", 12),
            ("État", 14),
            ("En retard", 12),
            ("Raison de l’arrêt", 60),
        ],
        (
            (
                axis["title"],
                one["title"],
                one["led_by"],
                _date(one.get("ends_on"), one["ends"]),
                one["milestones"],
                one["state"],
                "oui" if one["late"] else "",
                one["reason"],
            )
            for axis in roadmap["axes"]
            for one in axis["actions"]
        ),
    )


def _indicators(roadmap: Mapping[str, Any]) -> SheetToWrite:
    reached = {True: "atteinte", False: "pas encore", None: ""}
    return _sheet(
        "Indicateurs",
        [
            ("Axe", 40),
            ("Indicateur", 60),
            ("Valeur", 16),
            ("Cible", 16),
            ("Unité", 16),
            ("À atteindre le", 20),
            ("Cible atteinte", 16),
            ("Écart", 26),
            ("Source", 60),
        ],
        (
            (
                axis["title"],
                one["title"],
                _number(one["value"], one["text"]),
                _number(one.get("target_value"), one["target"]),
                one.get("unit", ""),
                _date(one.get("target_day"), one["target_on"]),
                reached[one["reached"]],
                one.get("gap", ""),
                one["source"],
            )
            for axis in roadmap["axes"]
            for one in axis["indicators"]
        ),
    )


def _posts(name: str, label: str, rows: Iterable[Mapping[str, Any]]) -> SheetToWrite:
    lines = ((row["label"], row["posts"]) for row in rows)
    return _sheet(name, [(label, 40), ("Postes à pourvoir", 18)], lines)


def _definitions(shown: Shown) -> SheetToWrite:
    return _sheet(
        "Définitions",
        [("Partie", 32), ("Mesure", 40), ("Définition", 100), ("Unité", 24)],
        (
            (part["title"], one["name"], one["definition"], one["unit_label"])
            for part in shown.contents["parts"]
            for one in part["figures"]
        ),
    )


def _number(value: str | None, text: str) -> CellValue:
    return text if value is None else float(value)


def _date(day: str | None, text: str) -> CellValue:
    # A version published before days were kept has them in words only.
    return text if day is None else date.fromisoformat(day)
