"""The facts and the history of a need in words."""

from collections.abc import Iterable

from ancrage.kit.life.history import HistoryEntry
from ancrage.needs.enums import NeedEvent, WithdrawReason
from ancrage.needs.models import LegalPublication, Need, NeedStatusChange, PracticeSheet
from ancrage.web.life.words import FactWords, Happening, happening_of

__all__ = ["happening", "label_of", "shown"]

_FACTS = FactWords(Need, sheets={"practice_sheet": PracticeSheet, "publication": LegalPublication})
_DOTS = {"filled": ("user-check", "success"), "partly_filled": ("user-check", "")}

label_of, shown = _FACTS.label_of, _FACTS.shown


def happening(entry: HistoryEntry) -> Happening:
    """Put one change in plain words."""
    return happening_of(entry, events=NeedEvent, facts=_FACTS, dots=_DOTS, about_move=_about_move)


def _about_move(entry: HistoryEntry) -> Iterable[str]:
    if isinstance(entry.move, NeedStatusChange):
        yield str(WithdrawReason(entry.move.reason).label) if entry.move.reason else ""
        yield entry.move.note
