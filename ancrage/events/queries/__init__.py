"""Questions about events, each file of its own subject."""

from ancrage.events.queries.announced import OpenSide, Places, announced, sides_of
from ancrage.events.queries.answers import Said, said_in
from ancrage.events.queries.boards import (
    RoundBoard,
    Seated,
    Step,
    TableLine,
    board_of,
    path_of,
    seats_of,
)
from ancrage.events.queries.evening import (
    Progress,
    SideCount,
    Slot,
    counts_of,
    matching,
    parties_expected,
    parties_present,
    people_of,
    presence_of,
    progress_of,
    timetable_in_force,
)
from ancrage.events.queries.links import LinkUsed, participant_of, personal_token
from ancrage.events.queries.organising import past, sides_with_counts, to_come, with_sides
from ancrage.events.queries.own import OwnEvening, Stop, met_by, own_evening
from ancrage.events.queries.parties import Named, label_of, named_parties, parties_with_a_place
from ancrage.events.queries.places import queue_of, rank_of, rank_to_come
from ancrage.events.queries.sheets import SheetLine, ShownSheet, sheets_for
from ancrage.events.queries.timetables import (
    Changed,
    Figures,
    SideFigures,
    changes_between,
    figures_of,
    meetings_in,
    versions_of,
    wishes_in,
)

__all__ = [
    "Changed",
    "Figures",
    "LinkUsed",
    "Named",
    "OpenSide",
    "OwnEvening",
    "Places",
    "Progress",
    "RoundBoard",
    "Said",
    "Seated",
    "SheetLine",
    "ShownSheet",
    "SideCount",
    "SideFigures",
    "Slot",
    "Step",
    "Stop",
    "TableLine",
    "announced",
    "board_of",
    "changes_between",
    "counts_of",
    "figures_of",
    "label_of",
    "matching",
    "meetings_in",
    "met_by",
    "named_parties",
    "own_evening",
    "participant_of",
    "parties_expected",
    "parties_present",
    "parties_with_a_place",
    "past",
    "path_of",
    "people_of",
    "personal_token",
    "presence_of",
    "progress_of",
    "queue_of",
    "rank_of",
    "rank_to_come",
    "said_in",
    "seats_of",
    "sheets_for",
    "sides_of",
    "sides_with_counts",
    "timetable_in_force",
    "to_come",
    "versions_of",
    "wishes_in",
    "with_sides",
]
