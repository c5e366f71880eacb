"""The wishes among what a personal link offers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Participant
from ancrage.events.services import wishes_are_open
from ancrage.web.personal_links import PersonalStep


def may_wish(participant: Participant, now: datetime) -> bool:
    """Say whether the participant has a place and the wishes are not over."""
    return participant.state in PLACED_STATES and wishes_are_open(event=participant.event, now=now)


PERSONAL_STEPS = [
    PersonalStep(
        _("Mes vœux"),
        "wishes:choose",
        rank=20,
        is_open=may_wish,
        icon="heart",
        text=_("Lisez les fiches et dites qui vous aimeriez rencontrer : deux minutes."),
    )
]
