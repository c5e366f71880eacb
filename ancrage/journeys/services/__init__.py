"""What changes journeys, and what follows a hire."""

from ancrage.journeys.services.arrivals import (
    ArrivalFigures,
    ThemeLine,
    ThemesMissing,
    arrival_figures,
    forget_arrival,
    note_arrival,
)
from ancrage.journeys.services.contacts import log_contact, remove_contact
from ancrage.journeys.services.errors import (
    AlreadyAccompanied,
    AlreadyInPost,
    AlreadySettled,
    JourneyChangedMeanwhile,
    JourneyClosed,
    JourneyNotClosed,
    NotAnAdvisor,
    StayNotCurrent,
)
from ancrage.journeys.services.follow_ups import (
    Answer,
    answer_by_link,
    answer_follow_up,
    mark_called_back,
)
from ancrage.journeys.services.hires import note_hires, note_introductions
from ancrage.journeys.services.journeys import (
    aim_journey,
    close_journey,
    edit_journey,
    entrust_journey,
    open_journey,
    plan_next_action,
    reopen_journey,
)
from ancrage.journeys.services.merging import move_journeys, move_journeys_back
from ancrage.journeys.services.merging_training import move_training_back_of, move_training_of
from ancrage.journeys.services.reading import read_journey
from ancrage.journeys.services.rights import erase_journeys, export_journeys, record_export
from ancrage.journeys.services.rounds import TendedFollowUps, tend_follow_ups
from ancrage.journeys.services.stays import (
    FOLLOW_UP_MONTHS,
    Post,
    confirm_stay,
    end_stay,
    open_stay,
    remove_stay,
)
from ancrage.journeys.services.steps import (
    add_step,
    finish_step,
    plan_immersion,
    remove_step,
    reopen_step,
    settle_immersion,
)

__all__ = [
    "FOLLOW_UP_MONTHS",
    "AlreadyAccompanied",
    "AlreadyInPost",
    "AlreadySettled",
    "Answer",
    "ArrivalFigures",
    "JourneyChangedMeanwhile",
    "JourneyClosed",
    "JourneyNotClosed",
    "NotAnAdvisor",
    "Post",
    "StayNotCurrent",
    "TendedFollowUps",
    "ThemeLine",
    "ThemesMissing",
    "add_step",
    "aim_journey",
    "answer_by_link",
    "answer_follow_up",
    "arrival_figures",
    "close_journey",
    "confirm_stay",
    "edit_journey",
    "end_stay",
    "entrust_journey",
    "erase_journeys",
    "export_journeys",
    "finish_step",
    "forget_arrival",
    "log_contact",
    "mark_called_back",
    "move_journeys",
    "move_journeys_back",
    "move_training_back_of",
    "move_training_of",
    "note_arrival",
    "note_hires",
    "note_introductions",
    "open_journey",
    "open_stay",
    "plan_immersion",
    "plan_next_action",
    "read_journey",
    "record_export",
    "remove_contact",
    "remove_stay",
    "remove_step",
    "reopen_journey",
    "reopen_step",
    "settle_immersion",
    "tend_follow_ups",
]
