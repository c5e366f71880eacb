"""« Revoir »: what a participant says, for themselves, of those they met.

The journal holds no line of it: when somebody answers, and of whom, is theirs alone. Nothing that
another participant or an organiser reads depends on one answer.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventState, Interest
from ancrage.events.models import Event, Mark, Participant
from ancrage.events.queries.own import met_by
from ancrage.kit.refusals import Refusal

_MARKING_STATES = frozenset({EventState.RUNNING, EventState.OVER})


class MarksClosed(Refusal):
    """Contacts have opened, or the evening has not begun."""

    sentence = _("Les réponses « revoir » ne sont pas ouvertes.")
    known_as = "closed"


class NotMet(Refusal):
    """That party is not among those the participant met."""

    sentence = _("Cette rencontre n’est pas, ou plus, sur votre parcours.")
    known_as = "not_met"


def marks_are_open(*, event: Event, now: datetime) -> bool:
    """Say whether one may say whom one would meet again."""
    return event.state in _MARKING_STATES and now < event.marks_close_at


@transaction.atomic
def keep_mark(
    *, participant: Participant, about: int, interest: str, note: str, now: datetime
) -> None:
    """Keep what a participant says of a party they met; saying nothing forgets it.

    The last answer counts: a telephone that was without network sends its own when it can.
    Raises `MarksClosed`, `NotMet`, `ValueError` for an unknown interest.
    """
    # Contacts open under the same lock: an answer is either before, and counts, or refused.
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=participant.event_id)
    if not marks_are_open(event=event, now=now):
        raise MarksClosed
    if about not in met_by(participant):
        raise NotMet
    said = Interest(interest) if interest else ""
    words = note.strip()
    if not said and not words:
        Mark.objects.filter(participant=participant, about=about).delete()
        return
    Mark.objects.update_or_create(
        participant=participant,
        about_id=about,
        defaults={"interest": said, "note": words, "at": now},
    )
