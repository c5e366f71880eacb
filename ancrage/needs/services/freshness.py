"""One minute to stay fresh: needs are asked for, answered from the mail, paused when silent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.needs.enums import WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.queries.links import LINKS
from ancrage.needs.services.life import LIFE
from ancrage.needs.services.lifecycle import fill_need, withdraw_need
from ancrage.partners.services import asking
from ancrage.partners.services.asking import Asking

_ASKING = Asking(life=LIFE, links=LINKS, mails="needs")


class FreshnessAnswer(TextChoices):
    """What may be answered from the mail."""

    STILL_OPEN = "still_open", _("Toujours d’actualité")
    FILLED = "filled", _("Pourvu")
    WITHDRAWN = "withdrawn", _("Retirer")


@dataclass(frozen=True)
class Asked:
    """How many needs were asked for, in how many mails."""

    needs: int
    mails: int


@dataclass(frozen=True)
class Paused:
    """How many needs were paused for want of news, told in how many mails."""

    needs: int
    mails: int


def ask_freshness(*, now: datetime) -> Asked:
    """Ask structures about the needs they have not confirmed for a while.

    One mail a person and a day lists all their needs. Safe to repeat, and to run twice at
    once: the outbox knows each mail by its reader and its day.
    """
    told = asking.ask(asking=_ASKING, now=now)
    return Asked(needs=told.rows, mails=told.mails)


def pause_stale(*, now: datetime) -> Paused:
    """Pause the needs that stayed without news for FRESHNESS_PAUSE_DAYS, and say so by mail."""
    told = asking.pause_silent(asking=_ASKING, now=now)
    return Paused(needs=told.rows, mails=told.mails)


def answer_freshness(*, token: str, answer: FreshnessAnswer, now: datetime) -> str:
    """Do what the reader of a mail answers, and return the secret of the link that undoes it.

    « Toujours d’actualité » confirms a published need and publishes again a paused one. Raises
    what `asked_need` raises, and NeedIsOver when a paused need has passed its end.
    """
    return asking.answer(asking=_ASKING, token=token, close=_CLOSING.get(answer), now=now)


def undo_freshness_answer(*, token: str, now: datetime) -> Need:
    """Take back an answer given from a mail.

    Raises what `answered_need` and `undo_last_change` raise, and NothingToUndo when the need has
    moved on.
    """
    return asking.undo_answer(asking=_ASKING, token=token, now=now)


def _fill(need: Need, **how: Any) -> Need:
    return fill_need(need=need, **how)


def _withdraw(need: Need, **how: Any) -> Need:
    return withdraw_need(need=need, reason=WithdrawReason.OTHER, **how)


_CLOSING: Mapping[FreshnessAnswer, Callable[..., Need]] = {
    FreshnessAnswer.FILLED: _fill,
    FreshnessAnswer.WITHDRAWN: _withdraw,
}
