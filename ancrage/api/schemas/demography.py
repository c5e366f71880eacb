"""Sets of parameters as programs read them: the values of the pages, and nothing computed."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from ancrage.demography.enums import Care


class SlopeOut(Schema):
    """Up to `full` minutes all count; from `nil` on, none does."""

    full: float
    nil: float


class DecayStepOut(Schema):
    """What counts up to so many minutes."""

    minutes: float
    weight: float


class ActivityClassOut(Schema):
    """The posts that a practice of at least so many acts counts for."""

    acts: float
    posts: float


class AgeWeightOut(Schema):
    """What an inhabitant uses from an age on, beside the mean inhabitant."""

    age: int
    weight: float


class ValuesOut(Schema):
    """How access is counted. Distance weighs by `slope` or by `steps`, never by both; with
    `closed`, a travel time equal to the bound of a step belongs to it. A result is for `people`
    inhabitants; `approximate` stands in for official values that are not published."""

    dated: date
    source: str
    approximate: bool
    slope: SlopeOut | None
    steps: list[DecayStepOut]
    closed: bool
    floor: float | None
    ceiling: float | None
    classes: list[ActivityClassOut]
    ages: list[AgeWeightOut]
    age_cap: int | None
    post: float
    people: int
    threshold: float | None

    @staticmethod
    def resolve_slope(row: Any) -> dict[str, float] | None:
        """Named, where pages hold a pair."""
        return None if row.slope is None else {"full": row.slope[0], "nil": row.slope[1]}

    @staticmethod
    def resolve_steps(row: Any) -> list[dict[str, float]]:
        """The same."""
        return [{"minutes": minutes, "weight": weight} for minutes, weight in row.steps]

    @staticmethod
    def resolve_classes(row: Any) -> list[dict[str, float]]:
        """The same."""
        return [{"acts": acts, "posts": posts} for acts, posts in row.classes]

    @staticmethod
    def resolve_ages(row: Any) -> list[dict[str, float]]:
        """The same."""
        return [{"age": age, "weight": weight} for age, weight in row.ages]


class BuiltInOut(Schema):
    """A set that comes with the platform."""

    name: str
    profession: Care
    values: ValuesOut


class SetLine(Schema):
    """A set that a territory typed. `version` is its latest; `is_default` is what the territory
    counts with."""

    id: int
    territory: str
    profession: Care
    name: str
    version: int
    is_default: bool
    archived_at: datetime | None
    updated_at: datetime

    @staticmethod
    def resolve_territory(row: Any) -> str:
        """Territories are told by their slug."""
        return str(row.territory.slug)

    @staticmethod
    def resolve_profession(row: Any) -> str:
        """The word of the files."""
        return str(row.care)

    @staticmethod
    def resolve_version(row: Any) -> int:
        """The number of the latest."""
        return int(row.number)


class VersionLine(Schema):
    """A version, which never changes once kept."""

    number: int
    name: str
    note: str
    made_at: datetime


class SetOut(SetLine):
    """A set with its versions, the latest first."""

    versions: list[VersionLine]


class VersionOut(VersionLine):
    """A version with its values."""

    values: ValuesOut
