"""What pages of the roadmap say: buttons, periods, what is late."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ancrage.kit.periods import Span
from ancrage.roadmap.enums import ACTION_TRANSITIONS, ActionState, Periodicity, RoadmapStatus
from ancrage.roadmap.queries import LateKind

_ACTS: dict[str, Promise] = {
    ActionState.PLANNED: _("Remettre à prévoir"),
    ActionState.RUNNING: _("Faire commencer"),
    ActionState.DONE: _("Noter comme réalisée"),
    ActionState.STOPPED: _("Arrêter l’action"),
}
# What was done or stopped does not begin: it begins again.
_AGAIN = _("Reprendre l’action")
_STATUS_ACTS: dict[str, Promise] = {
    RoadmapStatus.DRAFT: _("Remettre en préparation"),
    RoadmapStatus.ACTIVE: _("Ouvrir aux membres"),
    RoadmapStatus.CLOSED: _("Terminer la feuille de route"),
}
LATE_KINDS: dict[LateKind, Promise] = {
    LateKind.ACTION: _("Action à terminer"),
    LateKind.START: _("Action à commencer"),
    LateKind.MILESTONE: pgettext_lazy("retard", "Jalon"),
    LateKind.VALUE: _("Valeur d’indicateur"),
}


def acts(state: ActionState) -> list[tuple[str, Promise]]:
    """Return the buttons that lead out of a state, in the order of the life of an action."""
    wanted, begun = ACTION_TRANSITIONS[state], state != ActionState.PLANNED
    return [
        (one.value, _AGAIN if begun and one == ActionState.RUNNING else _ACTS[one])
        for one in ActionState
        if one in wanted
    ]


def status_acts(statuses: Iterable[RoadmapStatus]) -> list[tuple[str, Promise]]:
    """Return the buttons that lead a roadmap to these statuses."""
    wanted = set(statuses)
    return [(one.value, _STATUS_ACTS[one]) for one in RoadmapStatus if one in wanted]


def span_text(span: Span, periodicity: str) -> str:
    """Return a period in words: « mars 2026 », « 2e trimestre 2026 », « 2026 »."""
    year, month = span.starts.year, span.starts.month
    if periodicity == Periodicity.MONTH:
        return str(capfirst(date_format(span.starts, "F Y")))
    if periodicity == Periodicity.QUARTER:
        names = (
            gettext("1er trimestre %(year)s"),
            gettext("2e trimestre %(year)s"),
            gettext("3e trimestre %(year)s"),
            gettext("4e trimestre %(year)s"),
        )
        return names[(month - 1) // 3] % {"year": year}
    if periodicity == Periodicity.HALF:
        return half_text(span)
    return str(year)


def half_text(span: Span) -> str:
    """Return a half-year in words: « 1er semestre 2026 »."""
    name = (
        gettext("1er semestre %(year)s")
        if span.starts.month == 1
        else gettext("2d semestre %(year)s")
    )
    return name % {"year": span.starts.year}
