"""What changes resources."""

from ancrage.resources.services.editing import (
    create_resource,
    delete_draft,
    duplicate_resource,
    edit_resource,
    refresh_search,
)
from ancrage.resources.services.errors import (
    NothingToUndo,
    ReferenceTaken,
    ResourceChangedMeanwhile,
    ResourceClosed,
    ResourceGone,
    ResourceIsOver,
    ResourceNotClosed,
    ResourceNotDraft,
    ResourceNotPublished,
    TransitionNotAllowed,
    UndoTooLate,
)
from ancrage.resources.services.facts import OptionalFacts, ResourceFacts, facts_of
from ancrage.resources.services.freshness import (
    FreshnessAnswer,
    Written,
    answer_freshness,
    ask_freshness,
    pause_stale,
    undo_freshness_answer,
)
from ancrage.resources.services.imports import ResourcesImport
from ancrage.resources.services.lifecycle import (
    confirm_resource,
    expire_past_resources,
    give_resource,
    pause_resource,
    publish_resource,
    reopen_resource,
    undo_last_change,
    withdraw_resource,
)

__all__ = [
    "FreshnessAnswer",
    "NothingToUndo",
    "OptionalFacts",
    "ReferenceTaken",
    "ResourceChangedMeanwhile",
    "ResourceClosed",
    "ResourceFacts",
    "ResourceGone",
    "ResourceIsOver",
    "ResourceNotClosed",
    "ResourceNotDraft",
    "ResourceNotPublished",
    "ResourcesImport",
    "TransitionNotAllowed",
    "UndoTooLate",
    "Written",
    "answer_freshness",
    "ask_freshness",
    "confirm_resource",
    "create_resource",
    "delete_draft",
    "duplicate_resource",
    "edit_resource",
    "expire_past_resources",
    "facts_of",
    "give_resource",
    "pause_resource",
    "pause_stale",
    "publish_resource",
    "refresh_search",
    "reopen_resource",
    "undo_freshness_answer",
    "undo_last_change",
    "withdraw_resource",
]
