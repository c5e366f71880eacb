"""Two profiles of one person become one, and may be parted again.

Parts above that hang rows on a profile move them too (those that hang them on the person declare
`joins` and `parts` of `privacy.rights`):

    @merges("introductions")
    def move_introductions(*, kept, absorbed, now) -> Any: ...     # JSON: what undoing needs

    @unmerges("introductions")
    def move_introductions_back(*, kept, absorbed, moved, now) -> None: ...
"""

from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.candidates.enums import CandidateEvent, CandidateStatus
from ancrage.candidates.models import (
    Candidate,
    CandidateMerge,
    CandidateProfession,
    Career,
    ContactRequest,
    DistinctPair,
    Document,
    Proof,
)
from ancrage.candidates.services.errors import NothingToUndo, NotMergeable
from ancrage.candidates.services.indexing import index_candidates
from ancrage.candidates.services.profiles import current_candidate
from ancrage.kit.audit import record
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.rights import Registry, joins, parts


class Mover(Protocol):
    """Moves the rows of one part from `absorbed` to `kept`; returns, as JSON values without a
    word of theirs, what moving them back needs."""

    def __call__(self, *, kept: Any, absorbed: Any, now: datetime) -> Any: ...


class MoverBack(Protocol):
    """Moves back to `absorbed` what a merge moved, as far as it still exists. Both profiles have
    their standing again."""

    def __call__(self, *, kept: Any, absorbed: Any, moved: Any, now: datetime) -> None: ...


merges: Registry[Mover] = Registry()
unmerges: Registry[MoverBack] = Registry()

# What a kept profile takes from the other where it says nothing itself.
_FILLED = (
    "email",
    "phone",
    "rpps",
    "rpps_state",
    "experience",
    "available_from",
    "available_until",
    "contracts",
    "reach_km",
    "reach_minutes",
    "note",
    # Whoever no longer looks under one of the profiles no longer looks.
    "settled_at",
)
_PLACE = ("commune_id", "zone_id", "latitude", "longitude")
_EMPLOYER = ("employer_id", "employer_name", "shown_to_employer")
_EMPTY: tuple[Any, ...] = (None, "", [], "none")


@transaction.atomic
def merge_candidates(
    *, kept: Candidate, absorbed: Candidate, by: Any, now: datetime
) -> CandidateMerge:
    """Make `absorbed` part of `kept`: what it holds moves, blanks are filled, nothing is lost.

    What each person agreed to stays with the profile they agreed on. Raises `NotMergeable`,
    `ProfileGone` or `SubjectFrozen`.
    """
    # In one order: two merges of the same two wait for one another, and never each for the other.
    first, second = sorted((kept, absorbed), key=lambda candidate: candidate.pk)
    held = {one.pk: one for one in (current_candidate(first), current_candidate(second))}
    one, other = held[kept.pk], held[absorbed.pk]
    _refuse_unlike(one, other)
    moved: dict[str, Any] = {
        "status": other.status,
        "professions": _move_professions(one, other),
        "proofs": _move(Proof.objects.filter(candidate=other), one),
        "documents": _move_documents(one, other),
        "filled": _fill(one, other),
        "employers": _join_employers(one, other),
        "user": _move_account(one, other),
        "confirmed": _confirm_with(one, other),
        "contacts": _move(ContactRequest.objects.filter(candidate=other), one),
        # Told under both profiles: what the kept one says stands, the other keeps its own.
        "careers": []
        if Career.objects.filter(candidate=one).exists()
        else _move(Career.objects.filter(candidate=other), one),
        "parts": {name: move(kept=one, absorbed=other, now=now) for name, move in merges},
        # What hangs on the person rather than on the profile.
        "joined": {
            name: join(kept=one.subject, absorbed=other.subject, now=now) for name, join in joins
        },
    }
    other.status, other.in_pool, other.merged_into = CandidateStatus.MERGED, False, one
    other.save(update_fields=["status", "in_pool", "merged_into"])
    one.in_pool = one.in_pool and one.settled_at is None
    one.updated_at, one.revision = now, one.revision + 1
    one.save()
    index_candidates([one, other])
    merge = CandidateMerge.objects.create(kept=one, absorbed=other, moved=moved, at=now, by=by)
    record(
        action=CandidateEvent.MERGED,
        target=one,
        by=by,
        now=now,
        scope=one.subject.home,
        changes={"absorbed": ["", other.audit_label]},
    )
    return merge


@transaction.atomic
def unmerge_candidates(*, merge: CandidateMerge, by: Any, now: datetime) -> None:
    """Part two profiles again, each with what it held. Raises `NothingToUndo`."""
    undone = CandidateMerge.objects.filter(pk=merge.pk, undone_at__isnull=True)
    if not undone.update(undone_at=now):
        raise NothingToUndo
    rows = (
        Candidate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("subject", "commune")
        .filter(pk__in=(merge.kept_id, merge.absorbed_id))
        .order_by("pk")
        .in_bulk()
    )
    one, other = rows[merge.kept_id], rows[merge.absorbed_id]
    if not one.is_followed or other.status != CandidateStatus.MERGED:
        raise NothingToUndo
    moved = merge.moved
    CandidateProfession.objects.filter(pk__in=moved["professions"], candidate=one).update(
        candidate=other
    )
    Proof.objects.filter(pk__in=moved["proofs"], candidate=one).update(candidate=other)
    Document.objects.filter(pk__in=moved["documents"], candidate=one).update(candidate=other)
    _promote(other)
    blank = Candidate()
    for name in moved["filled"]:
        if getattr(one, name) == getattr(other, name):
            setattr(one, name, getattr(blank, name))
    one.other_employers.remove(*moved["employers"])
    if moved["user"]:
        other.subject.user, one.subject.user = one.subject.user, None
        one.subject.save(update_fields=["user"])
        other.subject.save(update_fields=["user"])
    if moved["confirmed"]:
        one.subject.is_confirmed = False
        one.subject.save(update_fields=["is_confirmed"])
    ContactRequest.objects.filter(pk__in=moved["contacts"], candidate=one).update(candidate=other)
    Career.objects.filter(pk__in=moved["careers"], candidate=one).update(candidate=other)
    other.status, other.merged_into = moved["status"], None
    one.in_pool, other.in_pool = _belongs(one), _belongs(other)
    other.save()
    one.updated_at, one.revision = now, one.revision + 1
    one.save()
    index_candidates([one, other])
    for name, move_back in unmerges:
        if name in moved["parts"]:
            move_back(kept=one, absorbed=other, moved=moved["parts"][name], now=now)
    for name, part in parts:
        if name in moved.get("joined", {}):
            what = moved["joined"][name]
            part(kept=one.subject, absorbed=other.subject, moved=what, now=now)
    record(
        action=CandidateEvent.UNMERGED,
        target=one,
        by=by,
        now=now,
        scope=one.subject.home,
        changes={"absorbed": [other.audit_label, ""]},
    )


@transaction.atomic
def declare_distinct(*, one: Candidate, other: Candidate, by: Any, now: datetime) -> None:
    """Note that two profiles that look alike are two people; saying it twice changes nothing."""
    first, second = sorted((one, other), key=lambda candidate: candidate.pk)
    if first.pk == second.pk or first.territory_id != second.territory_id:
        raise NotMergeable(_("Choisissez deux profils du même territoire."), code="pair")
    _pair, is_new = DistinctPair.objects.get_or_create(
        first=first, second=second, defaults={"at": now, "by": by}
    )
    if is_new:
        record(
            action=CandidateEvent.NOT_DUPLICATES,
            target=first,
            by=by,
            now=now,
            scope=f"territory:{first.territory_id}",
            changes={"other": ["", second.audit_label]},
        )


def _belongs(candidate: Candidate) -> bool:
    """Say whether the card of a profile is to be shown."""
    return (
        candidate.status == CandidateStatus.ACTIVE
        and candidate.settled_at is None
        and consent_holds(candidate.subject, "talent_pool")
    )


def _refuse_unlike(one: Candidate, other: Candidate) -> None:
    if one.pk == other.pk or one.territory_id != other.territory_id:
        raise NotMergeable(_("Choisissez deux profils du même territoire."), code="pair")
    if one.subject.user_id and other.subject.user_id:
        raise NotMergeable(
            _(
                "Chacun des deux profils a son compte : la personne doit d’abord fermer l’un des"
                " deux, ou ce sont deux personnes."
            ),
            code="two_accounts",
        )
    if CandidateStatus.PENDING in (one.status, other.status) and one.status != other.status:
        raise NotMergeable(
            _("L’un des profils attend encore la réponse de la personne : attendez-la."),
            code="pending",
        )


def _move(rows: Any, candidate: Candidate) -> list[int]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=keys).update(candidate=candidate)
    return keys


def _move_professions(one: Candidate, other: Candidate) -> list[int]:
    known = one.professions.values_list("profession", flat=True)
    new = CandidateProfession.objects.filter(candidate=other).exclude(profession__in=list(known))
    keys = list(new.order_by("pk").values_list("pk", flat=True))
    CandidateProfession.objects.filter(pk__in=keys).update(candidate=one, is_main=False)
    return keys


def _move_documents(one: Candidate, other: Candidate) -> list[int]:
    same = Document.objects.filter(candidate=one).values_list("digest", flat=True)
    return _move(Document.objects.filter(candidate=other).exclude(digest__in=list(same)), one)


def _fill(one: Candidate, other: Candidate) -> list[str]:
    names = [
        name
        for name in _FILLED
        if getattr(one, name) in _EMPTY and getattr(other, name) not in _EMPTY
    ]
    if one.commune_id is None and other.commune_id is not None:
        names += _PLACE
    if (
        not one.employer_id
        and not one.employer_name
        and (other.employer_id or other.employer_name)
    ):
        names += _EMPLOYER
    for name in names:
        setattr(one, name, getattr(other, name))
    return names


def _join_employers(one: Candidate, other: Candidate) -> list[int]:
    """Hide the profile that stays from every structure that either was hidden from."""
    theirs = set(other.other_employers.values_list("pk", flat=True)) | {other.employer_id}
    known = set(one.other_employers.values_list("pk", flat=True)) | {one.employer_id, None}
    new = sorted(key for key in theirs - known if key is not None)
    one.other_employers.add(*new)
    return new


def _move_account(one: Candidate, other: Candidate) -> bool:
    if other.subject.user_id is None:
        return False
    user, other.subject.user = other.subject.user, None
    other.subject.save(update_fields=["user"])
    one.subject.user = user
    one.subject.save(update_fields=["user"])
    return True


def _confirm_with(one: Candidate, other: Candidate) -> bool:
    """Count the profile that stays, if either of the two was known to be somebody."""
    if one.subject.is_confirmed or not other.subject.is_confirmed:
        return False
    one.subject.is_confirmed = True
    one.subject.save(update_fields=["is_confirmed"])
    return True


def _promote(candidate: Candidate) -> None:
    """Give a profile back its main profession: a moved one was no longer it."""
    rows = candidate.professions.order_by("pk")
    first = rows.first()
    if first is not None and not rows.filter(is_main=True).exists():
        rows.filter(pk=first.pk).update(is_main=True)
