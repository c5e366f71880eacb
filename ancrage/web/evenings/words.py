"""The acts of an evening and what a new plan changes, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.events.enums import Presence
from ancrage.events.models import Table
from ancrage.events.services.impacts import Change, Why


@dataclass(frozen=True)
class Act:
    """A button beside a name: what it notes, its words, its look."""

    value: str
    label: str | Promise
    icon: str
    variant: str


@dataclass(frozen=True)
class Shown:
    """A presence as a tag."""

    label: str | Promise
    tone: str
    icon: str


_MISTAKE = gettext_lazy("Noté par erreur")
_ARRIVE = pgettext_lazy("accueil", "Arrivé·e")
_ACTS: dict[tuple[Presence, Presence], Act] = {
    (before, after): Act(after.value, label, icon, variant)
    for before, after, label, icon, variant in (
        (Presence.EXPECTED, Presence.ARRIVED, _ARRIVE, "check", "primary"),
        (Presence.EXPECTED, Presence.ABSENT, gettext_lazy("Ne viendra pas"), "x", "quiet"),
        (Presence.WAITING, Presence.ARRIVED, _ARRIVE, "check", "primary"),
        (Presence.WAITING, Presence.ABSENT, gettext_lazy("Ne viendra pas"), "x", "quiet"),
        (Presence.ARRIVED, Presence.LEFT, gettext_lazy("S’en va"), "log-out", "secondary"),
        (Presence.ARRIVED, Presence.EXPECTED, _MISTAKE, "undo-2", "quiet"),
        (Presence.LEFT, Presence.ARRIVED, gettext_lazy("De retour"), "undo-2", "secondary"),
        (Presence.ABSENT, Presence.ARRIVED, _ARRIVE, "check", "secondary"),
        (Presence.ABSENT, Presence.EXPECTED, gettext_lazy("Viendra"), "undo-2", "quiet"),
    )
}
_TONES = {
    Presence.ARRIVED: ("success", "check"),
    Presence.EXPECTED: ("info", "clock"),
    Presence.LEFT: ("", "log-out"),
    Presence.ABSENT: ("", "x"),
    Presence.WAITING: ("warning", "hourglass"),
}


# Once the evening is over, nobody is awaited nor there.
_AFTERWARDS = {
    Presence.ARRIVED: (gettext_lazy("Venu·e"), "success", "check"),
    Presence.LEFT: (gettext_lazy("Venu·e"), "success", "check"),
    Presence.EXPECTED: (gettext_lazy("Pas venu·e"), "", "x"),
    Presence.ABSENT: (gettext_lazy("Pas venu·e"), "", "x"),
}


def presence_shown(presence: Presence, *, is_over: bool) -> Shown:
    """Return how a presence is shown while the evening lasts, or once it `is_over`."""
    if is_over and presence in _AFTERWARDS:
        return Shown(*_AFTERWARDS[presence])
    return Shown(presence.label, *_TONES[presence])


def acts_from(presence: Presence) -> list[Act]:
    """Return what may be noted of somebody who is there, the most likely first."""
    return [act for (before, _after), act in _ACTS.items() if before == presence]


def table_words(table: Table | None) -> str:
    """Return « table 12 », or that none was given."""
    if table is None:
        return _("table à trouver")
    return _("table %(number)s") % {"number": table.number}


def change_words(change: Change) -> str:
    """Say in one sentence what changes for somebody."""
    words = {
        "round": change.round + 1,
        "other": change.other.name,
        "table": table_words(change.table),
        "to": (change.to_round or 0) + 1,
    }
    sentences = {
        Why.MISSING: _("Tour %(round)s : plus de rencontre avec %(other)s, qui n’est pas là."),
        Why.DROPPED: _("Tour %(round)s : supprimé, plus de rencontre avec %(other)s."),
        Why.FORBIDDEN: _("Tour %(round)s : la rencontre avec %(other)s n’est plus possible."),
        Why.NO_TABLE: _("Tour %(round)s : plus de table pour la rencontre avec %(other)s."),
        Why.EXCHANGED: _(
            "Tour %(round)s : rencontre avec %(other)s cédée pour une meilleure soirée."
        ),
        Why.NEW: _("Tour %(round)s : rencontre %(other)s, %(table)s."),
        Why.MOVED: _(
            "La rencontre avec %(other)s passe du tour %(round)s au tour %(to)s, %(table)s."
        ),
        Why.OTHER_TABLE: _("Tour %(round)s : toujours %(other)s, mais %(table)s."),
    }
    return sentences[change.why] % words
