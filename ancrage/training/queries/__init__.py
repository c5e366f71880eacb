"""What is asked of training."""

from ancrage.training.queries.catalogue import (
    RunSearch,
    courses_of,
    runs_of,
    search_runs,
    territory_of,
    with_course,
)
from ancrage.training.queries.people import (
    SheetLine,
    called_at,
    enrolments_in,
    files_due,
    own_enrolments,
    own_wishes,
    rank_in_queue,
    sessions_ahead,
    sessions_of,
    wishes_waiting,
)
from ancrage.training.queries.plans import (
    latest_plan,
    left_of,
    needs_of,
    open_wishes,
    options_of,
    possible_runs,
    served_counts,
)

__all__ = [
    "RunSearch",
    "SheetLine",
    "called_at",
    "courses_of",
    "enrolments_in",
    "files_due",
    "latest_plan",
    "left_of",
    "needs_of",
    "open_wishes",
    "options_of",
    "own_enrolments",
    "own_wishes",
    "possible_runs",
    "rank_in_queue",
    "runs_of",
    "search_runs",
    "served_counts",
    "sessions_ahead",
    "sessions_of",
    "territory_of",
    "wishes_waiting",
    "with_course",
]
