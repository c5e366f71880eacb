"""A person and a post brought together: introductions, their moves, messages; the plan; saved
searches."""

from ancrage.matching.models.documents import ShownDocument
from ancrage.matching.models.introductions import (
    HELD,
    UNTOLD,
    Introduction,
    IntroductionMessage,
    IntroductionMove,
)
from ancrage.matching.models.plans import PlanChoice, PlanGain, PlanLine, PlanRun
from ancrage.matching.models.searches import SavedSearch

__all__ = [
    "HELD",
    "UNTOLD",
    "Introduction",
    "IntroductionMessage",
    "IntroductionMove",
    "PlanChoice",
    "PlanGain",
    "PlanLine",
    "PlanRun",
    "SavedSearch",
    "ShownDocument",
]
