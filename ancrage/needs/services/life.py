"""The life of needs, as what is common to all that structures declare has to know it."""

from ancrage.kit.life.kinds import Life, Refusals
from ancrage.needs.enums import CLOSED_STATUSES, TRANSITIONS, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.services import errors


def scope_of(need: Need) -> str:
    """Return whose business the need is, as audit lines say it."""
    return f"partner:{need.partner_id}"


LIFE = Life(
    model=Need,
    states=NeedStatus,
    transitions=TRANSITIONS,
    closed=CLOSED_STATUSES,
    end="ends_on",
    joined=(
        "partner",
        "facility",
        "commune",
        "profession",
        "specialty",
        "practice_sheet",
        "publication",
    ),
    scope_of=scope_of,
    refusals=Refusals(
        transition=errors.TransitionNotAllowed,
        closed=errors.NeedClosed,
        not_closed=errors.NeedNotClosed,
        changed_meanwhile=errors.NeedChangedMeanwhile,
        gone=errors.NeedGone,
        is_over=errors.NeedIsOver,
        not_published=errors.NeedNotPublished,
        not_draft=errors.NeedNotDraft,
        reference_taken=errors.ReferenceTaken,
    ),
)
