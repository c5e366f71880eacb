"""What is asked of needs."""

from ancrage.kit.life.freshness import (
    freshness_of,
    is_of_freshness,
    with_freshness,
)
from ancrage.kit.life.history import HistoryEntry, history_of, last_change_of
from ancrage.needs.queries.answers import FIGURES, Figures, Proposal, figures_of, prefilled
from ancrage.needs.queries.board import (
    DEFAULT_SORT,
    BoardFilter,
    NeedsTotal,
    needs_open_in,
    positions_by_start,
    search_board,
    sort_names,
    total_of,
    totals_by_status,
)
from ancrage.needs.queries.campaigns import (
    AnswerRate,
    Reach,
    answer_rate,
    answers_by_state,
    answers_to_remind,
    campaign_before,
    campaign_counts,
    reach_of,
    structures_asked,
    structures_out_of_reach,
    with_answer_counts,
)
from ancrage.needs.queries.links import (
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
from ancrage.needs.queries.results import (
    FEWEST_STRUCTURES,
    CampaignResults,
    ProfessionResult,
    StructureResult,
    results_by_structure,
    results_of,
)
from ancrage.needs.queries.words import needs_with_words

__all__ = [
    "DEFAULT_SORT",
    "FEWEST_STRUCTURES",
    "FIGURES",
    "AnswerRate",
    "BoardFilter",
    "CampaignResults",
    "Duty",
    "Figures",
    "HistoryEntry",
    "LinkUsed",
    "NeedsTotal",
    "ProfessionResult",
    "Proposal",
    "PublicationState",
    "PublicationTracking",
    "Reach",
    "StructureResult",
    "answer_rate",
    "answered_need",
    "answers_by_state",
    "answers_to_remind",
    "asked_need",
    "campaign_before",
    "campaign_counts",
    "duty_to_publish",
    "figures_of",
    "freshness_of",
    "history_of",
    "is_of_freshness",
    "last_change_of",
    "needs_open_in",
    "needs_with_words",
    "positions_by_start",
    "prefilled",
    "publication_tracking",
    "reach_of",
    "results_by_structure",
    "results_of",
    "search_board",
    "sort_names",
    "structures_asked",
    "structures_out_of_reach",
    "total_of",
    "totals_by_status",
    "with_answer_counts",
    "with_freshness",
]
