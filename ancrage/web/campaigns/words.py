"""Figures of a campaign in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LABELS: Mapping[str, Any] = {
    "present_fte": gettext_lazy("Présents et payés (ETP)"),
    "vacant_fte": gettext_lazy("Vacants (ETP)"),
    "target_3y_fte": gettext_lazy("Cible à 3 ans (ETP)"),
    "target_5y_fte": gettext_lazy("Cible à 5 ans (ETP)"),
    "departures": gettext_lazy("Départs connus (personnes)"),
}


def figure_text(name: str, value: int | None) -> str:
    """« 12,5 » for FTE in hundredths, « 3 » for people; nothing when it is not known."""
    if value is None:
        return ""
    if name == "departures":
        return str(value)
    text = f"{value / 100:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def figure_number(name: str, value: int | None) -> float | int | None:
    """The same for a spreadsheet: a number that adds up."""
    return value if value is None or name == "departures" else value / 100


def change_text(name: str, value: int | None) -> str:
    """« 3,5 de plus », « 2 de moins », « inchangé »; nothing when there is nothing to compare."""
    if value is None:
        return ""
    if value == 0:
        return _("inchangé")
    figure = figure_text(name, abs(value))
    text = _("%(figure)s de plus") if value > 0 else _("%(figure)s de moins")
    return text % {"figure": figure}


def trend_of(value: int | None) -> str:
    """The arrow beside a change: up, down, stable, or nothing."""
    if value is None:
        return ""
    return "stable" if value == 0 else "up" if value > 0 else "down"


def structures_text(count: int) -> str:
    """« 12 structures »."""
    return ngettext("%(count)d structure", "%(count)d structures", count) % {"count": count}
