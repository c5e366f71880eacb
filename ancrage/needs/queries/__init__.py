"""What is asked of needs."""

from ancrage.needs.queries.board import (
    DEFAULT_SORT,
    BoardFilter,
    needs_open_in,
    search_board,
    sort_names,
    status_counts,
)
from ancrage.needs.queries.freshness import (
    freshness_of,
    is_of_freshness,
    with_freshness,
)
from ancrage.needs.queries.history import HistoryEntry, history_of, last_change_of
from ancrage.needs.queries.links import (
    Answered,
    AskedNeed,
    LinkUsed,
    answered_need,
    asked_need,
)
from ancrage.needs.queries.publication import (
    Duty,
    PublicationState,
    PublicationTracking,
    duty_to_publish,
    publication_tracking,
)

__all__ = [
    "DEFAULT_SORT",
    "Answered",
    "AskedNeed",
    "BoardFilter",
    "Duty",
    "HistoryEntry",
    "LinkUsed",
    "PublicationState",
    "PublicationTracking",
    "answered_need",
    "asked_need",
    "duty_to_publish",
    "freshness_of",
    "history_of",
    "is_of_freshness",
    "last_change_of",
    "needs_open_in",
    "publication_tracking",
    "search_board",
    "sort_names",
    "status_counts",
    "with_freshness",
]
