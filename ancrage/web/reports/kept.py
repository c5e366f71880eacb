"""How long people stay, as a report prints it: the curve, its months, structures and aids.

In French, as the report is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ancrage.roadmap.services.report_words import agree
from ancrage.web.charts import LineChart, Series, line_chart

_NBSP = "\u00a0"
HIDDEN = "masqué"


@dataclass(frozen=True)
class Line:
    """A month, or a group at some months: its name and its cells."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Structures or aids, of which something may be told: the heads of columns, the lines."""

    title: str
    head: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Kept:
    """The part of a report on retention."""

    sentence: str
    chart: LineChart
    months: tuple[Line, ...]
    groups: tuple[Group, ...]


COLUMNS = ("Encore là", "Entre", "Suivies")


def kept_told(retention: Mapping[str, Any] | None) -> Kept | None:
    """Return what a report says of retention, from what it kept; None when it says nothing."""
    if not retention:
        return None
    months = tuple(retention["months"])
    groups = (
        Group("Par structure", "Structure", _heads(months), _lines(retention["partners"])),
        Group("Par aide reçue", "Aide", _heads(months), _lines(retention["schemes"])),
    )
    return Kept(
        _sentence(retention),
        _chart(retention["steps"]),
        tuple(
            Line(f"{one['months']}{_NBSP}mois", (_share(one), _between(one), _followed(one)))
            for one in retention["readings"]
        ),
        tuple(one for one in groups if one.lines),
    )


def _sentence(retention: Mapping[str, Any]) -> str:
    people, median = retention["people"], retention["median"]
    first = (
        f"{agree(people, 'prise de poste est suivie', 'prises de poste sont suivies')}, toutes "
        "années réunies."
        if people is not None
        else ""
    )
    if median is None:
        return first
    half = f"La moitié des personnes sont encore là après {agree(round(median), 'mois', 'mois')}."
    return f"{first} {half}".strip()


def _chart(steps: list[list[Any]]) -> LineChart:
    series = Series(
        "Encore là",
        tuple((step[0], step[1]) for step in steps),
        band=tuple((step[2], step[3]) for step in steps),
    )
    return line_chart(
        [series],
        key="retention",
        title="Part des personnes encore en poste, en %, selon les mois écoulés",
        description=(
            "L’escalier descend à chaque départ. La bande claire dit où se trouve la vraie part, "
            "95 fois sur 100. Les mêmes nombres sont dans le tableau."
        ),
        steps=True,
        top_value=100,
    )


def _heads(months: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"À {one}{_NBSP}mois" for one in months)


def _lines(groups: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            one["label"],
            tuple(
                HIDDEN
                if reading["share"] is None
                else f"{_share(reading)}, sur {reading['at_risk']}{_NBSP}suivies"
                for reading in one["readings"]
            ),
        )
        for one in groups
    )


def _share(reading: Mapping[str, Any]) -> str:
    return HIDDEN if reading["share"] is None else f"{reading['share']}{_NBSP}%"


def _between(reading: Mapping[str, Any]) -> str:
    if reading["share"] is None:
        return HIDDEN
    if reading["low"] is None or reading["low"] == reading["high"]:
        return "—"
    return f"{reading['low']}{_NBSP}–{_NBSP}{reading['high']}{_NBSP}%"


def _followed(reading: Mapping[str, Any]) -> str:
    return HIDDEN if reading["at_risk"] is None else str(reading["at_risk"])
