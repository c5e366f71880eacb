"""Events: prepared, opened, filled; people's rights on them."""

from ancrage.events.services.errors import (
    AlreadyRegistered,
    EventChangedMeanwhile,
    HeldAlready,
    NothingToCancel,
    NotReadyToOpen,
    RegistrationClosed,
    StateNotAllowed,
)
from ancrage.events.services.keeping import add_templates, create_event, move_event
from ancrage.events.services.registering import (
    Answered,
    Person,
    cancel,
    give_places,
    queue_of,
    register,
)
from ancrage.events.services.rights import forget_participants

__all__ = [
    "AlreadyRegistered",
    "Answered",
    "EventChangedMeanwhile",
    "HeldAlready",
    "NotReadyToOpen",
    "NothingToCancel",
    "Person",
    "RegistrationClosed",
    "StateNotAllowed",
    "add_templates",
    "cancel",
    "create_event",
    "forget_participants",
    "give_places",
    "move_event",
    "queue_of",
    "register",
]
