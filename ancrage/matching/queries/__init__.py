"""Questions about introductions."""

from ancrage.matching.queries.board import (
    COLUMNS,
    HIRED_SHOWN_DAYS,
    MOST_IN_COLUMN,
    IntroductionFilter,
    board_of,
    introductions_matching,
    state_counts,
    with_everything,
)
from ancrage.matching.queries.charter import bars_approach
from ancrage.matching.queries.clock import (
    DEFAULT_ANSWER_DAYS,
    Answers,
    answer_days,
    answers_in,
    late_introductions,
)
from ancrage.matching.queries.links import (
    GivenAnswer,
    ProposalAnswered,
    answer_token,
    given_answer,
    proposal_token,
    proposed_introduction,
)
from ancrage.matching.queries.plans import choices_in, gains_of, lines_of
from ancrage.matching.queries.searches import (
    SearchesFilter,
    kept_searches,
    searches_matching,
    silence_token,
    silenced_search,
)
from ancrage.matching.queries.visibility import (
    acts_allowed,
    agreement_is_due_again,
    identity_released,
    messages_shown,
    note_shown,
    scope_of,
    side_of,
    with_naming,
    words_of_partner,
)

__all__ = [
    "COLUMNS",
    "DEFAULT_ANSWER_DAYS",
    "HIRED_SHOWN_DAYS",
    "MOST_IN_COLUMN",
    "Answers",
    "GivenAnswer",
    "IntroductionFilter",
    "ProposalAnswered",
    "SearchesFilter",
    "acts_allowed",
    "agreement_is_due_again",
    "answer_days",
    "answer_token",
    "answers_in",
    "bars_approach",
    "board_of",
    "choices_in",
    "gains_of",
    "given_answer",
    "identity_released",
    "introductions_matching",
    "kept_searches",
    "late_introductions",
    "lines_of",
    "messages_shown",
    "note_shown",
    "proposal_token",
    "proposed_introduction",
    "scope_of",
    "searches_matching",
    "side_of",
    "silence_token",
    "silenced_search",
    "state_counts",
    "with_everything",
    "with_naming",
    "words_of_partner",
]
