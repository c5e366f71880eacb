"""Where to put posts: asked for, answered, proved, kept."""

from ancrage.demography.services.counting import newer_set, parameters_in
from ancrage.demography.services.putting_away import NothingToUndo
from ancrage.demography.services.siting.opening import open_as_scenario
from ancrage.demography.services.siting.plans import (
    MOST_POSTS,
    NATIONAL_MEANS,
    NEAR_MINUTES,
    NEARER_MINUTES,
    Measures,
    Planner,
    Wish,
    anchored_state,
    near_of,
    target_of,
)
from ancrage.demography.services.siting.studies import (
    ASIDE,
    Asked,
    NoCandidate,
    NothingToPlaceFrom,
    ask_study,
    forget_study,
    restore_study,
    search_study,
    stop_study,
)

__all__ = [
    "ASIDE",
    "MOST_POSTS",
    "NATIONAL_MEANS",
    "NEARER_MINUTES",
    "NEAR_MINUTES",
    "Asked",
    "Measures",
    "NoCandidate",
    "NothingToPlaceFrom",
    "NothingToUndo",
    "Planner",
    "Wish",
    "anchored_state",
    "ask_study",
    "forget_study",
    "near_of",
    "newer_set",
    "open_as_scenario",
    "parameters_in",
    "restore_study",
    "search_study",
    "stop_study",
    "target_of",
]
