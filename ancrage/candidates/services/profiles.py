"""Profiles written by the person, changed, and taken over by them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateEvent, CandidateStatus, Origin
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.asking import ask_to_confirm
from ancrage.candidates.services.cards import draw_card
from ancrage.candidates.services.contacts import Contact, send_contact_request
from ancrage.candidates.services.employers import with_one_employer
from ancrage.candidates.services.errors import ProfileChangedMeanwhile, ProfileGone
from ancrage.candidates.services.facts import (
    CandidateFacts,
    apply_columns,
    checked,
    checked_whole,
    facts_of,
    write_professions,
)
from ancrage.candidates.services.indexing import index_candidates
from ancrage.kit.audit import record
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import Notice
from ancrage.privacy.services import (
    confirm_subject,
    give_consent,
    link_account,
    open_subject,
    refuse_frozen,
    touch_subject,
)
from ancrage.territory.models import Territory

_CARD_TRIES = 5


@transaction.atomic
def register_candidate(
    *,
    territory: Territory,
    by: User | None,
    now: datetime,
    agreed: Collection[Notice] = (),
    language: str = "fr",
    message: str = "",
    horizon: str = "",
    offer_label: str = "",
    **facts: Unpack[CandidateFacts],
) -> Candidate:
    """Write the profile that a person opens for themselves, and tell the coordination.

    `by` is the person's account, if they have signed in; `agreed` the notices they ticked, each
    for every structure. Raises ValidationError (reasons by field) or `AlreadyFollowed`.
    """
    subject = open_subject(user=by, home=f"territory:{territory.pk}", by=by, now=now)
    candidate = _create(
        Candidate(
            subject=subject, territory=territory, origin=Origin.SPONTANEOUS, language=language
        ),
        facts,
        now=now,
    )
    for notice in agreed:
        give_consent(
            subject=subject,
            purpose=notice.purpose,
            scope="",
            notice=notice,
            channel=ConsentChannel.SELF,
            by=by,
            now=now,
        )
    record(
        action=CandidateEvent.REGISTERED,
        target=candidate,
        by=by,
        now=now,
        scope=subject.home,
    )
    send_contact_request(
        territory=territory,
        contact=_contact_of(candidate, message=message, horizon=horizon, offer_label=offer_label),
        language=language,
        now=now,
    )
    candidate.refresh_from_db()
    return candidate


@transaction.atomic
def confirm_candidate(
    *,
    candidate: Candidate,
    user: User | None,
    by: Any,
    now: datetime,
    agreed: Collection[Notice] = (),
    channel: str = ConsentChannel.SELF,
    proof: str = "",
) -> Candidate:
    """Take down that the person accepts the profile entered for them.

    They answer by the signed link (`user` is their account if they have one), or otherwise, and
    then `by` notes it with the `channel` and where its `proof` is. Raises `NotPending`,
    `AlreadyFollowed`, `ProofMissing`.
    """
    subject = candidate.subject
    confirm_subject(subject=subject, user=user, by=by, now=now)
    for notice in agreed:
        give_consent(
            subject=subject,
            purpose=notice.purpose,
            scope="",
            notice=notice,
            channel=channel,
            by=by,
            now=now,
            proof=proof,
        )
    record(action=CandidateEvent.CONFIRMED, target=candidate, by=by, now=now, scope=subject.home)
    candidate.refresh_from_db()
    return candidate


@transaction.atomic
def claim_candidate(*, candidate: Candidate, user: User, now: datetime) -> Candidate:
    """Give a profile to the account of its person, known by a verified address.

    A profile that waited is confirmed by that very act. Raises `AlreadyFollowed`.
    """
    if candidate.status == CandidateStatus.PENDING:
        return confirm_candidate(candidate=candidate, user=user, by=user, now=now)
    link_account(subject=candidate.subject, user=user, by=user, now=now)
    record(
        action=CandidateEvent.CLAIMED,
        target=candidate,
        by=user,
        now=now,
        scope=candidate.subject.home,
    )
    return candidate


@transaction.atomic
def change_profile(
    *,
    candidate: Candidate,
    revision: int,
    by: Any,
    now: datetime,
    **facts: Unpack[CandidateFacts],
) -> Candidate:
    """Change what a profile says. What is not in `facts` stays as it is.

    Raises ValidationError (reasons by field), `ProfileChangedMeanwhile`, `ProfileGone` or
    `SubjectFrozen`.
    """
    row = current_candidate(candidate)
    if row.revision != revision:
        raise ProfileChangedMeanwhile
    reachable = {"email": row.email, "phone": row.phone}
    clean = checked({**reachable, **facts}, on=timezone.localdate(now))
    clean = with_one_employer(clean, territory=row.territory)
    changed = apply_columns(row, clean)
    if "professions" in clean and write_professions(row, clean["professions"]):
        changed.append("professions")
    if changed:
        _save(row, now=now)
        # Which fields, never their values: the journal outlives the profile.
        record(
            action=CandidateEvent.CHANGED,
            target=row,
            by=by,
            now=now,
            scope=row.subject.home,
            changes={"fields": ["", ", ".join(sorted(changed))]},
        )
    if "email" in changed and row.email and row.status == CandidateStatus.PENDING:
        ask_to_confirm(candidate=row, now=now, again=True)
    if by is not None and by.pk == row.subject.user_id:
        touch_subject(subject=row.subject, now=now)
    return row


def current_candidate(candidate: Candidate) -> Candidate:
    """Return the profile as it is now, held until the transaction ends: whoever erases it
    meanwhile waits, and erases what was written last. Raises `ProfileGone`, `SubjectFrozen`."""
    row = (
        Candidate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("subject", "territory", "commune")
        .filter(pk=candidate.pk)
        .first()
    )
    if row is None or not row.is_followed:
        raise ProfileGone
    refuse_frozen(row.subject)
    return row


def follow_candidate(*, subject: DataSubject, in_pool: bool, now: datetime) -> None:
    """Bring a profile up to date with what its person agreed to and asked for."""
    row = (
        Candidate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("subject", "commune")
        .filter(subject=subject)
        .exclude(status__in=[CandidateStatus.MERGED, CandidateStatus.ERASED])
        .first()
    )
    if row is None:
        return
    row.subject = subject
    waits = subject.pending_until is not None
    row.status = CandidateStatus.PENDING if waits else CandidateStatus.ACTIVE
    row.in_pool = in_pool and not waits and row.settled_at is None
    row.save(update_fields=["status", "in_pool"])
    index_candidates([row])


def _create(candidate: Candidate, facts: CandidateFacts, *, now: datetime) -> Candidate:
    clean = checked_whole(facts, on=timezone.localdate(now))
    clean = with_one_employer(clean, territory=candidate.territory)
    apply_columns(candidate, clean)
    candidate.created_at = candidate.updated_at = now
    _save_under_a_new_card(candidate)
    write_professions(candidate, clean["professions"])
    index_candidates([candidate])
    return candidate


def _save_under_a_new_card(candidate: Candidate) -> None:
    for tries_left in reversed(range(_CARD_TRIES)):
        candidate.card = draw_card()
        try:
            with transaction.atomic():
                candidate.save(force_insert=True)
        except IntegrityError:
            # Drawn twice, once in a few hundred billion: another draw; else something is wrong.
            if not tries_left or not Candidate.objects.filter(card=candidate.card).exists():
                raise
        else:
            return


def _save(candidate: Candidate, *, now: datetime) -> None:
    candidate.updated_at = now
    candidate.revision += 1
    candidate.save()
    index_candidates([candidate])


def _contact_of(candidate: Candidate, *, message: str, horizon: str, offer_label: str) -> Contact:
    main = facts_of(candidate)["professions"][0]["profession"]
    return Contact(
        name=candidate.full_name,
        email=candidate.email,
        phone=candidate.phone,
        profession=main,
        commune=candidate.commune,
        radius_km=candidate.reach_km,
        horizon=horizon,
        message=message,
        offer_label=offer_label,
        candidate=candidate,
    )
