"""What is asked of resources."""

from ancrage.kit.life.freshness import freshness_of, is_of_freshness, with_freshness
from ancrage.kit.life.history import HistoryEntry, history_of, last_change_of
from ancrage.resources.queries.links import (
    LinkUsed,
    answered_resource,
    ask_token,
    asked_resource,
)
from ancrage.resources.queries.shelf import (
    DEFAULT_SORT,
    ShelfFilter,
    search_shelf,
    shared_now,
    status_counts,
)

__all__ = [
    "DEFAULT_SORT",
    "HistoryEntry",
    "LinkUsed",
    "ShelfFilter",
    "answered_resource",
    "ask_token",
    "asked_resource",
    "freshness_of",
    "history_of",
    "is_of_freshness",
    "last_change_of",
    "search_shelf",
    "shared_now",
    "status_counts",
    "with_freshness",
]
