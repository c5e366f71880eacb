"""Proofs of eligibility: added, renewed, checked."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.candidates.enums import CandidateEvent, ProofState
from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.candidates.reference import end_of, rule_for
from ancrage.candidates.services.errors import ProofReplaced
from ancrage.candidates.services.profiles import current_candidate
from ancrage.candidates.validators import validate_proof
from ancrage.kit.audit import record
from ancrage.privacy.services import touch_subject
from ancrage.territory.models import Department


@transaction.atomic
def add_proof(
    *,
    candidate: Candidate,
    kind: str,
    issued_on: date,
    by: Any,
    now: datetime,
    department: Department | None = None,
    amount: int | None = None,
    expires_on: date | None = None,
    document: Document | None = None,
) -> Proof:
    """Write a proof. Its end is the one typed, else the one its rule gives.

    Raises ValidationError (reasons by field), `ProfileGone` or `SubjectFrozen`.
    """
    row = current_candidate(candidate)
    proof = _new_proof(
        row,
        kind=kind,
        issued_on=issued_on,
        department=department,
        amount=amount,
        expires_on=expires_on,
        document=document,
        now=now,
    )
    _trace(CandidateEvent.PROOF_ADDED, proof, row, by=by, now=now)
    return proof


@transaction.atomic
def renew_proof(
    *,
    proof: Proof,
    issued_on: date,
    by: Any,
    now: datetime,
    amount: int | None = None,
    expires_on: date | None = None,
    document: Document | None = None,
) -> Proof:
    """Write the proof that takes the place of another, of the same kind and département.

    Raises as `add_proof`, and `ProofReplaced` when it was renewed already.
    """
    row = current_candidate(proof.candidate)
    new = _new_proof(
        row,
        kind=proof.kind,
        issued_on=issued_on,
        department=proof.department,
        amount=amount,
        expires_on=expires_on,
        document=document,
        now=now,
    )
    replaced = Proof.objects.filter(pk=proof.pk, replaced_by__isnull=True).update(replaced_by=new)
    if not replaced:
        raise ProofReplaced
    _trace(CandidateEvent.PROOF_RENEWED, new, row, by=by, now=now)
    return new


@transaction.atomic
def check_proof(*, proof: Proof, state: str, by: Any, now: datetime, note: str = "") -> None:
    """Note that the coordination saw the original, or that it does not do.

    Raises `SubjectFrozen` or `ProfileGone`.
    """
    row = current_candidate(proof.candidate)
    before = proof.state
    proof.state, proof.note = ProofState(state), note.strip()
    proof.checked_by, proof.checked_at = by, now
    proof.save(update_fields=["state", "note", "checked_by", "checked_at"])
    record(
        action=CandidateEvent.PROOF_CHECKED,
        target=proof,
        by=by,
        now=now,
        scope=row.subject.home,
        changes={"state": [before, proof.state]},
    )


def _new_proof(
    candidate: Candidate,
    *,
    kind: str,
    issued_on: date,
    department: Department | None,
    amount: int | None,
    expires_on: date | None,
    document: Document | None,
    now: datetime,
) -> Proof:
    today = timezone.localdate(now)
    code = department.code if department else ""
    validate_proof(
        kind=kind,
        department=code,
        amount=amount,
        issued_on=issued_on,
        expires_on=expires_on,
        on=today,
    )
    if document is not None and document.candidate_id != candidate.pk:
        raise ValidationError({"document": _("Ce document n’est pas dans ce profil.")})
    rule = rule_for(kind, department=code, on=today)
    return Proof.objects.create(
        candidate=candidate,
        kind=kind,
        department=department,
        amount=amount,
        issued_on=issued_on,
        expires_on=expires_on or end_of(rule, issued_on),
        document=document,
        added_at=now,
    )


def _trace(
    event: CandidateEvent, proof: Proof, candidate: Candidate, *, by: Any, now: datetime
) -> None:
    record(action=event, target=proof, by=by, now=now, scope=candidate.subject.home)
    if by is not None and by.pk == candidate.subject.user_id:
        touch_subject(subject=candidate.subject, now=now)
