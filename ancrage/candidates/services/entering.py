"""Profiles written for other people, who are told and have a month to say whether they agree."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.utils import timezone

from ancrage.candidates.enums import CandidateEvent, CandidateStatus, Origin
from ancrage.candidates.models import Candidate, CandidateProfession
from ancrage.candidates.queries.directory import directory_of
from ancrage.candidates.services.asking import ask_many_to_confirm, ask_to_confirm
from ancrage.candidates.services.cards import free_cards
from ancrage.candidates.services.employers import with_one_employer
from ancrage.candidates.services.errors import InformationMissing
from ancrage.candidates.services.facts import (
    CandidateFacts,
    apply_columns,
    checked_whole,
    new_professions,
)
from ancrage.candidates.services.indexing import index_candidates
from ancrage.candidates.validators import validate_information
from ancrage.kit.audit import line, record_many
from ancrage.partners.models import Partner
from ancrage.privacy.services import open_subjects
from ancrage.territory.models import Territory

_BATCH = 200


@transaction.atomic
def enter_candidate(
    *,
    territory: Territory,
    information_proof: str,
    by: Any,
    now: datetime,
    partner: Partner | None = None,
    origin: Origin | None = None,
    language: str = "fr",
    **facts: Unpack[CandidateFacts],
) -> Candidate:
    """Write a profile for somebody else, which waits a month for that person's own word.

    `information_proof` says when and how the person was told (GDPR art. 14). They receive a link
    if an address is known; else somebody notes their answer. No structure reads the profile
    meanwhile. Raises ValidationError (reasons by field) or `InformationMissing`.
    """
    (candidate,) = _enter(
        [facts],
        partner=partner,
        origin=origin or (Origin.STRUCTURE if partner else Origin.COORDINATION),
        territory=territory,
        information_proof=information_proof,
        language=language,
        by=by,
        now=now,
    )
    if candidate.email:
        ask_to_confirm(candidate=candidate, now=now)
    return candidate


@transaction.atomic
def enter_candidates(
    *,
    territory: Territory,
    information_proof: str,
    people: Sequence[CandidateFacts],
    by: Any,
    now: datetime,
    origin: Origin = Origin.IMPORT,
    language: str = "fr",
) -> list[Candidate]:
    """Write many profiles as `enter_candidate` does, all or none, in few statements.

    Their letters leave a little later, with the outbox. Raises as `enter_candidate`, on the first
    that cannot stand.
    """
    candidates = _enter(
        people,
        partner=None,
        origin=origin,
        territory=territory,
        information_proof=information_proof,
        language=language,
        by=by,
        now=now,
    )
    ask_many_to_confirm(candidates=candidates, now=now)
    return candidates


def _enter(
    people: Sequence[CandidateFacts],
    *,
    territory: Territory,
    information_proof: str,
    partner: Partner | None,
    origin: Origin,
    language: str,
    by: Any,
    now: datetime,
) -> list[Candidate]:
    proof = information_proof.strip()
    if not proof:
        raise InformationMissing
    validate_information(proof)
    today = timezone.localdate(now)
    clean = [
        with_one_employer(checked_whole(facts, on=today), territory=territory) for facts in people
    ]
    home = f"territory:{territory.pk}"
    subjects = open_subjects(count=len(clean), home=home, by=by, now=now)
    directory = directory_of(facts.get("rpps", "") for facts in clean)
    candidates = []
    for subject, card, facts in zip(subjects, free_cards(len(clean)), clean, strict=True):
        candidate = Candidate(
            subject=subject,
            territory=territory,
            status=CandidateStatus.PENDING,
            origin=origin,
            entered_by=by,
            entered_for=partner,
            information_proof=proof,
            language=language,
            card=card,
            created_at=now,
            updated_at=now,
        )
        apply_columns(candidate, facts, directory=directory)
        candidates.append(candidate)
    Candidate.objects.bulk_create(candidates, batch_size=_BATCH)
    CandidateProfession.objects.bulk_create(
        [
            row
            for candidate, facts in zip(candidates, clean, strict=True)
            for row in new_professions(candidate, facts["professions"])
        ],
        batch_size=_BATCH,
    )
    index_candidates(candidates)
    record_many(
        line(action=CandidateEvent.ENTERED, target=candidate, by=by, now=now, scope=home)
        for candidate in candidates
    )
    return candidates
