"""One minute to stay fresh: resources are asked for, answered from the mail, paused if silent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.partners.services import asking
from ancrage.partners.services.asking import Asking
from ancrage.resources.models import Resource
from ancrage.resources.queries.links import LINKS
from ancrage.resources.services.life import LIFE
from ancrage.resources.services.lifecycle import give_resource, withdraw_resource

_ASKING = Asking(life=LIFE, links=LINKS, mails="resources")


class FreshnessAnswer(TextChoices):
    """What may be answered from the mail."""

    STILL_AVAILABLE = "still_available", _("Toujours disponible")
    GIVEN = "given", _("Attribuée")
    WITHDRAWN = "withdrawn", _("Retirer")


@dataclass(frozen=True)
class Written:
    """How many resources were asked for or paused, told in how many mails."""

    resources: int
    mails: int


def ask_freshness(*, now: datetime) -> Written:
    """Ask structures about the resources they have not confirmed for a while.

    One mail a person and a day lists all of theirs. Safe to repeat, and to run twice at once:
    the outbox knows each mail by its reader and its day.
    """
    told = asking.ask(asking=_ASKING, now=now)
    return Written(resources=told.rows, mails=told.mails)


def pause_stale(*, now: datetime) -> Written:
    """Pause the resources without news for FRESHNESS_PAUSE_DAYS, and say so by mail."""
    told = asking.pause_silent(asking=_ASKING, now=now)
    return Written(resources=told.rows, mails=told.mails)


def answer_freshness(*, token: str, answer: FreshnessAnswer, now: datetime) -> str:
    """Do what the reader of a mail answers, and return the secret of the link that undoes it.

    « Toujours disponible » confirms a published resource and shares again a paused one. Raises
    what `asked_resource` raises, and ResourceIsOver when a paused one has passed its end.
    """
    return asking.answer(asking=_ASKING, token=token, close=_CLOSING.get(answer), now=now)


def undo_freshness_answer(*, token: str, now: datetime) -> Resource:
    """Take back an answer given from a mail.

    Raises what `answered_resource` and `undo_last_change` raise, and NothingToUndo when the
    resource has moved on.
    """
    return asking.undo_answer(asking=_ASKING, token=token, now=now)


def _give(resource: Resource, **how: Any) -> Resource:
    return give_resource(resource=resource, **how)


def _withdraw(resource: Resource, **how: Any) -> Resource:
    return withdraw_resource(resource=resource, **how)


_CLOSING: Mapping[FreshnessAnswer, Callable[..., Resource]] = {
    FreshnessAnswer.GIVEN: _give,
    FreshnessAnswer.WITHDRAWN: _withdraw,
}
