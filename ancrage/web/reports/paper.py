"""A report on paper: what the page says, handed to its typst template. In French, as it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from ancrage.kit.pdf import PACKAGE, print_pdf
from ancrage.roadmap.services import aims_in_words
from ancrage.web.maps.export import standalone_svg
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
            "mark": "Brouillon" if shown.is_draft else f"Version {shown.version}",
            "computed": contents["computed"],
            "summary": contents["summary"],
            "highlights": [_highlight(large, one) for large, one in shown.highlights],
            "parts": [_part(shown, part) for part in contents["parts"]],
            "professions": contents["professions"][:MOST_BARS],
            "communes": contents["communes"][:MOST_BARS],
            "map": standalone_svg(drawing) if drawing else "",
            "map_words": f"{drawing.title}. {drawing.description}" if drawing else "",
            "roadmap": shown.roadmap or {},
            "state": shown.state,
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
        "title": part["title"],
        "sentences": part["sentences"],
        "figures": part["figures"],
        "has_before": any(one["before"] for one in part["figures"]),
        "comment": shown.comments.get(part["section"], ""),
    }


def _words(shown: Shown) -> dict[str, Any]:
    mark = "Brouillon" if shown.is_draft else f"Version {shown.version}"
    computed, roadmap = shown.contents["computed"], shown.roadmap
    return {
        "comment": "Commentaire de la coordination",
        "rule": (
            f"{mark}, chiffres calculés le {computed}. Le rapport porte sur le territoire "
            "entier\u00a0; les nombres de moins de cinq personnes sont masqués, et ceux qui "
            "permettraient de les retrouver."
        ),
        "panel": "À retenir",
        "where": "Où et quels métiers",
        "profession": "Métier",
        "commune": "Commune",
        "posts": "Postes",
        "posts_note": (
            f"Postes des besoins en cours au {computed}\u00a0; les {MOST_BARS} premières lignes."
        ),
        "roadmap": f"Feuille de route\u00a0: {roadmap['title']}" if roadmap else "",
        "aims": aims_in_words(roadmap) if roadmap else "",
        "axis": "Axe",
        "action_columns": ["Action", "Pilote", "Fin prévue", "État"],
        "milestones": "Jalons\u00a0:",
        "late": "en retard",
        "indicator_columns": ["Indicateur", "Valeur", "Cible", "Où en est-on"],
        "reached": "cible atteinte",
        "not_reached": "pas encore",
        "changes": "Ce qui a changé",
        "columns": ["Mesure", "Valeur", "Période précédente"],
        "definitions": "Définitions",
        "unprintable": "lettre qu’aucune police ne dessine ici",
    }
