"""What the top of the page says at each moment of the evening, in words.

The page carries one panel for every moment to come: a telephone that loses its network still
shows the right one at the right time, with no rule of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ancrage.events.enums import RoundState, SideRole
from ancrage.events.models import Event
from ancrage.events.queries import OwnEvening, Slot, Stop


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure under the sentence."""

    label: str
    figure: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What is said from `at` on."""

    at: datetime
    overline: str
    sentence: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round of the participant: its stops (several for who receives several at once)."""

    slot: Slot
    stops: tuple[Stop, ...]
    total: int
    is_host: bool

    @property
    def where(self) -> str:
        """Where to go, in two words."""
        table = next((stop.table for stop in self.stops if stop.table), "")
        if all(stop.is_rest for stop in self.stops):
            return _("Repos")
        return _("Table %(table)s") % {"table": table} if table else _("Table à demander")

    @property
    def whom(self) -> str:
        """Whom they meet; empty at rest."""
        return ", ".join(title_of(stop) for stop in self.stops if not stop.is_rest)

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        if not self.whom:
            return _("Repos : personne à rencontrer pendant ce tour.")
        words = {"where": self.where, "whom": self.whom}
        if self.is_host:
            return _("%(where)s, vous recevez : %(whom)s") % words
        return _("%(where)s, avec %(whom)s") % words


def title_of(stop: Stop) -> str:
    """Return how the other side is called."""
    return stop.sheet.title if stop.sheet else _("une personne inscrite")


def rounds_of(evening: OwnEvening, role: str) -> list[OwnRound]:
    """Return the rounds that are not dropped, in order."""
    played = [stop for stop in evening.stops if stop.slot.state != RoundState.DROPPED]
    grouped = [tuple(stops) for _key, stops in groupby(played, key=lambda stop: stop.slot.number)]
    return [
        OwnRound(stops[0].slot, stops, len(grouped), role == SideRole.HOST) for stops in grouped
    ]


def panels_of(event: Event, rounds: Sequence[OwnRound]) -> list[Panel]:
    """Return what is said at each moment, in order: before, during, between, after."""
    return list(_panels(event, rounds))


def panel_now(panels: Sequence[Panel], evening: OwnEvening, rounds: Sequence[OwnRound]) -> Panel:
    """Return the panel of where the evening really stands, whatever the clock says."""
    current, following = evening.progress.current, evening.progress.following
    if current is not None:
        position = next(i for i, one in enumerate(rounds) if one.slot.number == current.number)
        return panels[2 * position + 1]
    if following is None:
        return panels[-1]
    position = next(i for i, one in enumerate(rounds) if one.slot.number == following.number)
    return panels[2 * position]


def _panels(event: Event, rounds: Sequence[OwnRound]) -> Iterator[Panel]:
    before = event.doors_at
    for position, one in enumerate(rounds):
        following = rounds[position + 1] if position + 1 < len(rounds) else None
        yield _coming(one, since=before)
        yield _running(one, following)
        before = one.slot.ends_at
    yield _over(event, since=before)


def _coming(one: OwnRound, *, since: datetime) -> Panel:
    return Panel(
        at=since,
        overline=_("Prochain tour à %(time)s") % {"time": clock(one.slot.starts_at)},
        sentence=one.sentence,
        figures=(
            Figure(_("Tour"), _numbered(one)),
            Figure(_("Jusqu’à"), clock(one.slot.ends_at)),
        ),
    )


def _running(one: OwnRound, following: OwnRound | None) -> Panel:
    figures = [Figure(_("Jusqu’à"), clock(one.slot.ends_at))]
    if following is not None:
        start = _("à %(time)s") % {"time": clock(following.slot.starts_at)}
        words = f"{start}, {following.whom}" if following.whom else start
        figures.append(Figure(_("Ensuite"), following.where, words))
    return Panel(
        at=one.slot.starts_at,
        overline=_("Maintenant, tour %(number)s") % {"number": _numbered(one)},
        sentence=one.sentence,
        figures=tuple(figures),
    )


def _over(event: Event, *, since: datetime) -> Panel:
    term = date_format(localtime(event.marks_close_at), "j F, H:i")
    return Panel(
        at=since,
        overline=_("Les rencontres sont terminées"),
        sentence=_("Merci d’être venu·e. Dites qui vous aimeriez revoir avant le %(term)s.")
        % {"term": term},
    )


def _numbered(one: OwnRound) -> str:
    return _("%(number)d sur %(total)d") % {"number": one.slot.number + 1, "total": one.total}


def clock(moment: datetime) -> str:
    """Return the hour of a moment, on the clock of the place."""
    return time_format(localtime(moment), "H:i")
