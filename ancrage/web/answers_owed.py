"""The answers that structures owe: how long is left for each, and those of the reader's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.accounts.policy import may, permitted
from ancrage.matching.enums import IntroductionState, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import with_everything, with_naming

# The page behind the link lists them all.
MOST_SHOWN = 3


@dataclass(frozen=True)
class Clock:
    """How the day by which the structure must answer stands, in words and in a tone."""

    text: str
    tone: str


@dataclass(frozen=True)
class Owed:
    """Introductions that wait for the answer of the reader's structures, the first due first."""

    count: int
    # Of the first ones: (row, what the clock says).
    shown: tuple[tuple[Any, Clock | None], ...]


def clock_of(introduction: Any, *, on: date, side: Side = Side.PARTNER) -> Clock | None:
    """Return what the clock of the charter says of an introduction that waits for its answer."""
    if introduction.state != IntroductionState.AGREED or introduction.answer_due_on is None:
        return None
    days = (introduction.answer_due_on - on).days
    if days < 0:
        text = ngettext("En retard de %(n)d jour", "En retard de %(n)d jours", -days)
        return Clock(text % {"n": -days}, "error")
    if side == Side.PERSON:
        text = ngettext("Attendue sous %(n)d jour", "Attendue sous %(n)d jours", days)
        return Clock(text % {"n": days} if days else _("Attendue aujourd’hui"), "")
    if days == 0:
        return Clock(_("À répondre aujourd’hui"), "warning")
    text = ngettext("Répondre sous %(n)d jour", "Répondre sous %(n)d jours", days)
    return Clock(text % {"n": days}, "warning" if days <= 2 else "")


def answers_owed(request: HttpRequest) -> Owed | None:
    """Return the answers that the reader's structures owe; None where there are none. Two queries
    at most, and nobody's name."""
    if not may(request.user, "introductions.handle"):
        return None
    rows = with_naming(
        permitted(request.user, "introductions.handle", Introduction.objects.all()), request.user
    ).filter(state=IntroductionState.AGREED, as_partner=True, asks_again=False)
    count = rows.count()
    if not count:
        return None
    today = timezone.localdate()
    first = with_everything(rows).order_by("answer_due_on", "pk")[:MOST_SHOWN]
    return Owed(count, tuple((row, clock_of(row, on=today)) for row in first))
