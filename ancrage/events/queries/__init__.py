"""Questions about events, each file of its own subject."""

from ancrage.events.queries.answers import Said, said_in
from ancrage.events.queries.links import LinkUsed, participant_of, personal_token
from ancrage.events.queries.organising import past, sides_with_counts, to_come, with_sides
from ancrage.events.queries.parties import label_of, parties_with_a_place
from ancrage.events.queries.sheets import SheetLine, ShownSheet, sheets_for

__all__ = [
    "LinkUsed",
    "Said",
    "SheetLine",
    "ShownSheet",
    "label_of",
    "participant_of",
    "parties_with_a_place",
    "past",
    "personal_token",
    "said_in",
    "sheets_for",
    "sides_with_counts",
    "to_come",
    "with_sides",
]
