"""The contacts among what a personal link offers, the report among the tabs of an event."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Participant
from ancrage.events.services import feedback_is_open
from ancrage.web.event_tabs import EventTab
from ancrage.web.personal_links import PersonalStep


def is_after(participant: Participant, now: datetime) -> bool:
    """Say whether the evening is over for the participant."""
    return feedback_is_open(participant=participant, now=now)


PERSONAL_STEPS = [
    PersonalStep(
        _("Après la soirée"),
        "outcomes:own",
        rank=40,
        is_open=is_after,
        icon="handshake",
        text=_("Vos contacts, ce qu’ils deviennent, votre avis sur la soirée."),
    )
]
EVENT_TABS = [EventTab(_("Bilan"), "outcomes:report", rank=90)]
