"""The events in the header, and one's answers on one's own page."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Participant
from ancrage.events.services import registration_is_open
from ancrage.web.navigation import Entry
from ancrage.web.personal_links import PersonalStep


def _may_change(participant: Participant, now: datetime) -> bool:
    return participant.cancelled_at is None and registration_is_open(
        event=participant.event, now=now
    )


ENTRIES = [
    Entry(
        _("Rencontres"), "registrations:list", rank=35, icon="handshake", permission="events.view"
    )
]
PERSONAL_STEPS = [
    PersonalStep(
        _("Modifier mes réponses"),
        "registrations:answers",
        rank=10,
        is_open=_may_change,
        icon="pencil",
        text=_(
            "Elles servent à choisir vos rencontres. Possible tant que les inscriptions sont"
            " ouvertes."
        ),
    )
]
