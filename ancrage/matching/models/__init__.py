"""A person and a post brought together: introductions, their moves, messages; the plan."""

from ancrage.matching.models.introductions import (
    Introduction,
    IntroductionMessage,
    IntroductionMove,
)
from ancrage.matching.models.plans import PlanChoice, PlanGain, PlanLine, PlanRun

__all__ = [
    "Introduction",
    "IntroductionMessage",
    "IntroductionMove",
    "PlanChoice",
    "PlanGain",
    "PlanLine",
    "PlanRun",
]
