"""What wishes and places of training become when two profiles of one person are merged, and
parted again: training knows people, not the profiles that stand above it."""

from datetime import datetime
from typing import Any

from ancrage.candidates.models import Candidate
from ancrage.candidates.services.merging import merges, unmerges
from ancrage.training.services import move_training, move_training_back


@merges("training")
def move_training_of(*, kept: Candidate, absorbed: Candidate, now: datetime) -> Any:
    """Give the wishes and the places of one profile to the other."""
    return move_training(kept=kept.subject, absorbed=absorbed.subject)


@unmerges("training")
def move_training_back_of(
    *, kept: Candidate, absorbed: Candidate, moved: Any, now: datetime
) -> None:
    """Give back the wishes and the places that had moved."""
    move_training_back(kept=kept.subject, absorbed=absorbed.subject, moved=moved)
