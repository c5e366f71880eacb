"""What the charter says of approaching another member's people."""

from ancrage.candidates.models import Candidate
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Partner
from ancrage.partners.queries import commitments_in, current_charter


def bars_approach(candidate: Candidate, partner: Partner) -> bool:
    """Say whether the charter in force keeps that structure from approaching the person directly.

    It does where they work for another member of the territory and the charter has the commitment
    « ne pas démarcher les salariés d’un autre membre ». Their own application is never barred:
    whoever works somewhere remains free to leave. `candidate.employer` is joined by the caller;
    three queries more.
    """
    employers = [*filter(None, [candidate.employer]), *candidate.other_employers.all()]
    members = {employer.pk for employer in employers if employer.left_at is None}
    if not members or partner.pk in members:
        return False
    charter = current_charter(partner.territory_id)
    return (
        charter is not None
        and commitments_in(charter).filter(kind=CommitmentKind.NO_POACHING).exists()
    )
