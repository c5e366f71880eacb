"""Events: prepared, opened, filled; people's rights on them."""

from ancrage.events.services.errors import (
    AlreadyRegistered,
    EventChangedMeanwhile,
    HeldAlready,
    NobodyToWish,
    NothingToCancel,
    NotReadyToOpen,
    RegistrationClosed,
    StateNotAllowed,
    TooManyWishes,
    WishesClosed,
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
from ancrage.events.services.wishing import (
    forget_wish,
    move_wish,
    refuse,
    wish,
    wishes_are_open,
)

__all__ = [
    "AlreadyRegistered",
    "Answered",
    "EventChangedMeanwhile",
    "HeldAlready",
    "NobodyToWish",
    "NotReadyToOpen",
    "NothingToCancel",
    "Person",
    "RegistrationClosed",
    "StateNotAllowed",
    "TooManyWishes",
    "WishesClosed",
    "add_templates",
    "cancel",
    "create_event",
    "forget_participants",
    "forget_wish",
    "give_places",
    "move_event",
    "move_wish",
    "queue_of",
    "refuse",
    "register",
    "wish",
    "wishes_are_open",
]
