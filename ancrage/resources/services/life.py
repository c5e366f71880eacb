"""The life of resources, as what is common to all that structures declare has to know it."""

from ancrage.kit.life.kinds import Life, Refusals
from ancrage.resources.enums import CLOSED_STATUSES, TRANSITIONS, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import errors


def scope_of(resource: Resource) -> str:
    """Return whose business the resource is, as audit lines say it."""
    return f"partner:{resource.partner_id}"


LIFE = Life(
    model=Resource,
    states=ResourceStatus,
    transitions=TRANSITIONS,
    closed=CLOSED_STATUSES,
    end="available_to",
    joined=("partner", "facility", "commune", "profession"),
    scope_of=scope_of,
    refusals=Refusals(
        transition=errors.TransitionNotAllowed,
        closed=errors.ResourceClosed,
        not_closed=errors.ResourceNotClosed,
        changed_meanwhile=errors.ResourceChangedMeanwhile,
        gone=errors.ResourceGone,
        is_over=errors.ResourceIsOver,
        not_published=errors.ResourceNotPublished,
        not_draft=errors.ResourceNotDraft,
        reference_taken=errors.ReferenceTaken,
    ),
)
