"""The figures as the page prints them: words for keys, a drawing for the curve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.candidates.enums import Origin
from ancrage.journeys.enums import LeaveReason
from ancrage.journeys.services.figures import Figures, Funnel, GroupLine, Kept, Retention
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.web.charts import LineChart, Series, line_chart

_DELAYS: Mapping[str, Promise] = {
    "accompanied": gettext_lazy("jusqu’à l’accompagnement"),
    "introduced": gettext_lazy("jusqu’à la première mise en relation"),
    "hired": gettext_lazy("jusqu’à la prise de poste"),
}


@dataclass(frozen=True)
class Line:
    """A row of a table of counts; None is hidden."""

    label: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Step:
    """A step of the funnel, as a bar and a number."""

    label: str | Promise
    count: int | None
    # Of those known, in whole percents; None where a count is hidden.
    share: int | None


@dataclass(frozen=True)
class DelayLine:
    """A delay in words, in whole days."""

    label: Promise
    days: int | None
    people: int | None


@dataclass(frozen=True)
class ReadingLine:
    """What the curve says at one month, in percents; None where it may not."""

    months: int
    share: int | None
    low: int | None
    high: int | None
    at_risk: int | None


def steps_of(funnel: Funnel) -> list[Step]:
    """Return the funnel from the first contact to a year in post."""
    found: list[tuple[str | Promise, int | None]] = [
        (gettext_lazy("Connues"), funnel.known),
        (pgettext_lazy("entonnoir", "Accompagnées"), funnel.accompanied),
        (pgettext_lazy("entonnoir", "Mises en relation"), funnel.introduced),
        (pgettext_lazy("entonnoir", "Embauchées"), funnel.hired),
        *(
            (_("En poste à %(months)d mois") % {"months": kept.months}, kept.kept)
            for kept in funnel.kept
        ),
    ]
    return [Step(label, count, _share(count, funnel.known)) for label, count in found]


def takeaway_of(funnel: Funnel) -> str:
    """Return the sentence of the funnel, figures in bold; another where they are hidden."""
    known, hired = funnel.known, funnel.hired
    if not known or hired is None:
        return _("Trop peu de personnes encore pour en tirer une conclusion.")
    return format_html(
        _("{share} des personnes connues ont pris un poste : {hired} sur {known}."),
        share=format_html("<strong>{} %</strong>", round(100 * hired / known)),
        hired=hired,
        known=known,
    )


def kept_shares_of(funnel: Funnel) -> list[tuple[int, int | None, Kept]]:
    """Return how many in a hundred of those hired long enough ago stayed, by month."""
    return [(kept.months, _share(kept.kept, kept.due), kept) for kept in funnel.kept]


def lines_by_profession(groups: Iterable[GroupLine]) -> list[Line]:
    """Name the professions. One query."""
    groups = tuple(groups)
    names = Profession.objects.in_bulk([line.key for line in groups if line.key is not None])
    return [
        Line(str(names.get(line.key, _("Métier non précisé"))), line.counts) for line in groups
    ]


def lines_by_partner(groups: Iterable[GroupLine]) -> list[Line]:
    """Name the structures. One query."""
    groups = tuple(groups)
    names = Partner.objects.in_bulk([line.key for line in groups])
    return [Line(str(names[line.key]), line.counts) for line in groups]


def lines_by_origin(groups: Iterable[GroupLine]) -> list[Line]:
    """Name the origins."""
    return [Line(origin_in_words(line.key), line.counts) for line in groups]


def origin_in_words(origin: str) -> str:
    """Name one origin."""
    return str(Origin(origin).label)


def reasons_in_words(figures: Figures) -> list[Line]:
    """Name the reasons of departures."""
    return [Line(str(LeaveReason(reason).label), (count,)) for reason, count in figures.reasons]


def delays_in_words(figures: Figures) -> list[DelayLine]:
    """Name the delays."""
    found = [(label, figures.delays[name]) for name, label in _DELAYS.items()]
    return [
        DelayLine(label, None if delay.days is None else round(delay.days), delay.people)
        for label, delay in found
    ]


def readings_of(retention: Retention) -> list[ReadingLine]:
    """Return what the curve says, month by month, in whole percents."""
    return [
        ReadingLine(months, None, None, None, None)
        if reading is None
        else ReadingLine(
            months,
            round(100 * reading.survival),
            _percent(reading.low),
            _percent(reading.high),
            reading.at_risk,
        )
        for months, reading in retention.readings
    ]


def drawing_of(retention: Retention) -> LineChart | None:
    """Draw the part of the curve that may be shown; None when there is none."""
    steps = retention.curve.steps
    if len(steps) < 2:
        return None
    shown: list[Any] = [step for step in steps if step.low is not None and step.high is not None]
    series = Series(
        _("Encore là"),
        tuple((step.time, round(100 * step.survival, 1)) for step in shown),
        band=tuple((100 * step.low, 100 * step.high) for step in shown),
    )
    return line_chart(
        [series],
        key="retention",
        title=_("Part des personnes encore en poste, en %"),
        description=_(
            "L’escalier descend à chaque départ. La bande claire dit où se trouve la vraie part,"
            " 95 fois sur 100."
        ),
        steps=True,
        top_value=100,
    )


def _share(part: int | None, whole: int | None) -> int | None:
    return None if part is None or not whole else round(100 * part / whole)


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
