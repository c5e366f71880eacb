"""Which proofs are in force, which end soon, which attest too little."""

from datetime import date, timedelta

from django.db.models import QuerySet

from ancrage.candidates.enums import CandidateStatus, ProofState
from ancrage.candidates.models import Candidate, Proof
from ancrage.candidates.reference import ALERT_DAYS, rule_for


def current_proofs(candidate: Candidate) -> QuerySet[Proof]:
    """Return the proofs of a profile that no renewal took the place of, by kind."""
    return (
        Proof.objects.filter(candidate=candidate, replaced_by__isnull=True)
        .select_related("department", "document", "checked_by")
        .order_by("kind", "-issued_on", "pk")
    )


def proofs_ending(*, on: date, within: int = ALERT_DAYS[0]) -> QuerySet[Proof]:
    """Return the proofs of active profiles that end in at most `within` days, soonest first."""
    return (
        Proof.objects.filter(
            expires_on__range=(on, on + timedelta(days=within)),
            replaced_by__isnull=True,
            candidate__status=CandidateStatus.ACTIVE,
            candidate__subject__limited_at__isnull=True,
        )
        .exclude(state=ProofState.REFUSED)
        .select_related("candidate__subject", "candidate__territory", "department")
        .order_by("expires_on", "pk")
    )


def shortfall_of(proof: Proof) -> int:
    """Return how much a proof lacks to open its right, in the unit of its rule; 0 if nothing.

    The département is joined by the caller.
    """
    department = proof.department.code if proof.department else ""
    rule = rule_for(proof.kind, department=department, on=proof.issued_on)
    if rule.amount is None or proof.amount is None:
        return 0
    return max(0, rule.amount - proof.amount)
