"""Questions about people who look for a post."""

from ancrage.candidates.queries.cards import (
    LEAST_ALIKE,
    Card,
    CardCriteria,
    Cards,
    candidates_on_cards,
    card_named,
    cards_matching,
    shown_cells,
)
from ancrage.candidates.queries.contacts import contact_requests_to_answer
from ancrage.candidates.queries.directory import directory_of, rpps_state_of
from ancrage.candidates.queries.duplicates import (
    Likeness,
    alike,
    asks_first,
    duplicates_in,
    duplicates_of,
)
from ancrage.candidates.queries.employers import employer_pairs, employs, hidden_from
from ancrage.candidates.queries.erased import erased_contacts
from ancrage.candidates.queries.groups import (
    CardGroup,
    CardGroups,
    GroupSlice,
    card_groups,
    cards_in_slices,
)
from ancrage.candidates.queries.links import LinkUsed, candidate_to_confirm, confirm_token
from ancrage.candidates.queries.profiles import (
    candidate_of,
    candidates_by_subject,
    claimable_by,
    main_profession_of,
    waiting_in,
    with_profile,
)
from ancrage.candidates.queries.proofs import (
    current_proofs,
    proofs_ending,
    shortfall_of,
)
from ancrage.candidates.queries.search import (
    MOST_COUNTED,
    SearchCriteria,
    count_up_to,
    search_candidates,
)
from ancrage.candidates.queries.supply import Supply, supply_of

__all__ = [
    "LEAST_ALIKE",
    "MOST_COUNTED",
    "Card",
    "CardCriteria",
    "CardGroup",
    "CardGroups",
    "Cards",
    "GroupSlice",
    "Likeness",
    "LinkUsed",
    "SearchCriteria",
    "Supply",
    "alike",
    "asks_first",
    "candidate_of",
    "candidate_to_confirm",
    "candidates_by_subject",
    "candidates_on_cards",
    "card_groups",
    "card_named",
    "cards_in_slices",
    "cards_matching",
    "claimable_by",
    "confirm_token",
    "contact_requests_to_answer",
    "count_up_to",
    "current_proofs",
    "directory_of",
    "duplicates_in",
    "duplicates_of",
    "employer_pairs",
    "employs",
    "erased_contacts",
    "hidden_from",
    "main_profession_of",
    "proofs_ending",
    "rpps_state_of",
    "search_candidates",
    "shortfall_of",
    "shown_cells",
    "supply_of",
    "waiting_in",
    "with_profile",
]
