"""A person and a post brought together: introductions, their moves, their messages."""

from ancrage.matching.models.introductions import (
    Introduction,
    IntroductionMessage,
    IntroductionMove,
)

__all__ = ["Introduction", "IntroductionMessage", "IntroductionMove"]
