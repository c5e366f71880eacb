"""Meeting events: the event, its people, its timetable, what came of it."""

from ancrage.events.models.after import Contact, ContactFollowUp, Feedback, Mark
from ancrage.events.models.events import Event, EventBreak, Question, Side, Table
from ancrage.events.models.people import (
    Answer,
    DistinctRegistrations,
    PairRule,
    Participant,
    Party,
    Wish,
)
from ancrage.events.models.timetables import Meeting, Round, Timetable

__all__ = [
    "Answer",
    "Contact",
    "ContactFollowUp",
    "DistinctRegistrations",
    "Event",
    "EventBreak",
    "Feedback",
    "Mark",
    "Meeting",
    "PairRule",
    "Participant",
    "Party",
    "Question",
    "Round",
    "Side",
    "Table",
    "Timetable",
    "Wish",
]
