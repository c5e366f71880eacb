"""The states that every kind of row goes through, whatever it calls them."""

from enum import StrEnum


class State(StrEnum):
    """What a kind's own choices hold, beside its own way of ending well."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
