"""A report on paper: what the page says, handed to its typst template. In French, as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from ancrage.kit.pdf import PACKAGE, print_pdf
from ancrage.roadmap.services import aims_in_words
from ancrage.web.charts.export import standalone_lines
from ancrage.web.maps import printed_map
from ancrage.web.reports.kept import COLUMNS, Kept
from ancrage.web.reports.shown import Shown, map_of

TEMPLATE = PACKAGE / "web" / "templates" / "reports" / "report.typ"
MOST_BARS = 10


def paper_of(shown: Shown, *, now: datetime) -> bytes:
    """Return the report as a PDF/UA, on A4."""
    contents = shown.contents
    with translation.override("fr"):
        drawing = map_of(shown)
        data = {
            "territory": contents["territory"],
            "period": contents["period"],
            "missing": shown.missing,
            "mark": "Brouillon" if shown.is_draft else f"Version {shown.version}",
            "computed": contents["computed"],
            "summary": contents["summary"],
            "highlights": [_highlight(large, one) for large, one in shown.highlights],
            "parts": [_part(shown, part) for part in contents["parts"]],
            "kept": _kept(shown.kept),
            "professions": contents["professions"][:MOST_BARS],
            "communes": contents["communes"][:MOST_BARS],
            "map": printed_map(drawing) if drawing else None,
            "roadmap": shown.roadmap or {},
            "state": shown.state,
            "untold": shown.untold,
            "comments": {
                "summary": shown.summary_comment,
                "axes": shown.axes_comment,
                "changes": shown.changes_comment,
            },
            "words": _words(shown),
        }
        return print_pdf(TEMPLATE, data, title=shown.report.title, now=now).content


def _highlight(large: str, figure: Mapping[str, Any]) -> dict[str, str]:
    known = figure["before_value"] is not None
    return {
        "label": figure["name"],
        "figure": large,
        "note": f"{figure['before']} à la période précédente" if known else "",
    }


def _part(shown: Shown, part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "section": part["section"],
        "title": part["title"],
        "sentences": part["sentences"],
        "figures": part["figures"],
        "has_before": any(one["before"] for one in part["figures"]),
        "comment": shown.comments.get(part["section"], ""),
    }


def _kept(kept: Kept | None) -> dict[str, Any]:
    if kept is None:
        return {}
    return {
        "title": "Combien de temps reste-t-on\u00a0?",
        "sentence": kept.sentence,
        "chart": standalone_lines(kept.chart),
        "chart_words": f"{kept.chart.title}. {kept.chart.description}",
        "caption": kept.chart.title,
        "columns": ["À", *COLUMNS],
        "months": [[line.label, *line.cells] for line in kept.months],
        "note": (
            "Estimation de Kaplan-Meier\u00a0: chacun compte tant qu’on a de ses nouvelles. Rien "
            "n’est montré sous cinq personnes, ni ce qui le ferait retrouver."
        ),
        "groups": [
            {
                "title": group.title,
                "columns": [group.head, *group.columns],
                "lines": [[line.label, *line.cells] for line in group.lines],
            }
            for group in kept.groups
        ],
    }


def _words(shown: Shown) -> dict[str, Any]:
    mark = "Brouillon" if shown.is_draft else f"Version {shown.version}"
    computed, roadmap = shown.contents["computed"], shown.roadmap
    return {
        "comment": "Commentaire de la coordination",
        "rule": f"{mark}, chiffres calculés le {computed}. {shown.rule}",
        "panel": "À retenir",
        "contents": "Sommaire",
        "missing": "Ce que ce rapport ne dit pas",
        "where": "Où et quels métiers",
        "profession": "Métier",
        "commune": "Commune",
        "posts": "Postes",
        "posts_note": (
            f"Postes des besoins en cours au {computed}\u00a0; les {MOST_BARS} premières lignes."
        ),
        "roadmap": _roadmap_title(roadmap["title"]) if roadmap else "",
        "aims": aims_in_words(roadmap) if roadmap else "",
        "axis": "Axe",
        "action_columns": ["Action", "Pilote", "Fin prévue", "État"],
        "milestones": "Jalons\u00a0:",
        "late": "en retard",
        "indicator_columns": ["Indicateur", "Valeur", "Cible", "Où en est-on"],
        "reached": "cible atteinte",
        "not_reached": "pas encore",
        "no_target": "sans cible",
        "changes": "Ce qui a changé",
        "columns": ["Mesure", "Valeur", "Période précédente"],
        "definitions": "Définitions",
        "unprintable": "lettre qu’aucune police ne dessine ici",
    }


def _roadmap_title(title: str) -> str:
    """Say what it is, unless its title does."""
    said = title.lower().startswith("feuille de route")
    return title if said else f"Feuille de route\u00a0: {title}"
