"""A person and a post brought together: introductions, their moves, messages; the plan; shared
posts; saved searches."""

from ancrage.matching.models.documents import ShownDocument
from ancrage.matching.models.introductions import (
    HELD,
    UNTOLD,
    Introduction,
    IntroductionMessage,
    IntroductionMove,
)
from ancrage.matching.models.plans import PlanChoice, PlanGain, PlanLine, PlanRun
from ancrage.matching.models.posts import (
    FractionWeek,
    PostChoice,
    PostRun,
    SharedPost,
    SharedPostMove,
    SharedPostPart,
)
from ancrage.matching.models.retained import RetainedPartTime, Source
from ancrage.matching.models.searches import SavedSearch

__all__ = [
    "HELD",
    "UNTOLD",
    "FractionWeek",
    "Introduction",
    "IntroductionMessage",
    "IntroductionMove",
    "PlanChoice",
    "PlanGain",
    "PlanLine",
    "PlanRun",
    "PostChoice",
    "PostRun",
    "RetainedPartTime",
    "SavedSearch",
    "SharedPost",
    "SharedPostMove",
    "SharedPostPart",
    "ShownDocument",
    "Source",
]
