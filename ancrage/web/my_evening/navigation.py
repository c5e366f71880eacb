"""The evening among what a personal link offers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import PLACED_STATES, EventState
from ancrage.events.models import Participant
from ancrage.events.services import marks_are_open
from ancrage.web.personal_links import PersonalStep


def has_an_evening(participant: Participant, now: datetime) -> bool:
    """Say whether the participant comes, from the end of registrations to that of « revoir »."""
    event = participant.event
    soon = event.state in {EventState.CLOSED, EventState.RUNNING}
    return participant.state in PLACED_STATES and (soon or marks_are_open(event=event, now=now))


PERSONAL_STEPS = [
    PersonalStep(
        _("Ma soirée"),
        "my_evening:show",
        rank=30,
        is_open=has_an_evening,
        icon="map-pin",
        text=_("À quelle table, avec qui, à quelle heure. Marche aussi sans réseau."),
    )
]
