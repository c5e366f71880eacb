"""What changes in the requests for aids: the only way in for pages, programs and commands."""

from ancrage.schemes.services.requests.asking import ask_for_partner, ask_for_person
from ancrage.schemes.services.requests.clocks import Owed, owed_on, owes_something
from ancrage.schemes.services.requests.errors import (
    AidClosed,
    AlreadyAsked,
    DayToCome,
    DayTooEarly,
    MoveNotAllowed,
    NoMoveToUndo,
    NotForThem,
    RequestChangedMeanwhile,
    TooManyRequests,
)
from ancrage.schemes.services.requests.moving import (
    SAID_WITH,
    edit_request,
    move_request,
    undo_move,
)
from ancrage.schemes.services.requests.reading import note_listed, read_request
from ancrage.schemes.services.requests.rights import (
    erase_requests,
    export_requests,
    record_requests_export,
)
from ancrage.schemes.services.requests.rounds import TendedRequests, tend_requests

__all__ = [
    "SAID_WITH",
    "AidClosed",
    "AlreadyAsked",
    "DayToCome",
    "DayTooEarly",
    "MoveNotAllowed",
    "NoMoveToUndo",
    "NotForThem",
    "Owed",
    "RequestChangedMeanwhile",
    "TendedRequests",
    "TooManyRequests",
    "ask_for_partner",
    "ask_for_person",
    "edit_request",
    "erase_requests",
    "export_requests",
    "move_request",
    "note_listed",
    "owed_on",
    "owes_something",
    "read_request",
    "record_requests_export",
    "tend_requests",
    "undo_move",
]
