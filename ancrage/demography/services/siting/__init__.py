"""Where to put posts: asked for, answered, proved, kept."""

from ancrage.demography.services.siting.opening import open_as_scenario
from ancrage.demography.services.siting.plans import (
    MOST_POSTS,
    NEAR_MINUTES,
    Measures,
    Planner,
    Wish,
    anchored_state,
    target_of,
)
from ancrage.demography.services.siting.studies import (
    Asked,
    NoCandidate,
    NothingToPlaceFrom,
    ask_study,
    forget_study,
    search_study,
    stop_study,
)

__all__ = [
    "MOST_POSTS",
    "NEAR_MINUTES",
    "Asked",
    "Measures",
    "NoCandidate",
    "NothingToPlaceFrom",
    "Planner",
    "Wish",
    "anchored_state",
    "ask_study",
    "forget_study",
    "open_as_scenario",
    "search_study",
    "stop_study",
    "target_of",
]
