"""Whose profile it is, and what is read with it."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Prefetch, QuerySet

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateProfession, CandidateWord
from ancrage.kit.text import words

_MOST_WORDS = 6
FOLLOWED = (CandidateStatus.PENDING, CandidateStatus.ACTIVE)


def with_profile(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Join what a profile page prints; the professions come, the main one first, in one query
    more, as `listed_professions`."""
    professions = CandidateProfession.objects.select_related("profession", "specialty").order_by(
        "-is_main", "pk"
    )
    return candidates.select_related(
        "subject", "territory", "commune", "zone", "entered_for", "employer"
    ).prefetch_related(Prefetch("professions", professions, to_attr="listed_professions"))


def waiting_in(
    candidates: QuerySet[Candidate], *, text: str = "", without_address: bool = False
) -> QuerySet[Candidate]:
    """Narrow to those entered by others who have not answered, the first to be erased first.

    `text` is a name, a telephone or a commune, accents and case apart; `without_address` keeps
    those whom no letter reaches: somebody has to call them.
    """
    rows = candidates.filter(status=CandidateStatus.PENDING).select_related("subject")
    for word in words(text)[:_MOST_WORDS]:
        named = CandidateWord.objects.filter(word__startswith=word)
        rows = rows.filter(pk__in=named.values("candidate"))
    if without_address:
        rows = rows.filter(email="")
    return rows.order_by("subject__pending_until", "pk")


def main_profession_of(candidate: Any) -> CandidateProfession | None:
    """Return the main profession of a profile read by `with_profile`."""
    return next(iter(candidate.listed_professions), None)


def candidate_of(user: Any) -> Candidate | None:
    """Return the profile of an account, if it has one; a visitor has none."""
    if user.pk is None:
        return None
    return with_profile(
        Candidate.objects.filter(subject__user=user.pk, status__in=FOLLOWED)
    ).first()


def claimable_by(user: Any) -> QuerySet[Candidate]:
    """Return the profiles without account written with an address the user has proved theirs."""
    addresses = EmailAddress.objects.filter(user=user.pk, verified=True).values("email")
    return (
        Candidate.objects.filter(
            email__in=addresses,
            status__in=FOLLOWED,
            subject__user__isnull=True,
            subject__limited_at__isnull=True,
        )
        .select_related("subject", "territory")
        .order_by("-created_at", "-pk")
    )


def candidates_by_subject(subjects: Collection[int]) -> dict[int, Candidate]:
    """Return the profiles of these people, by the key of the person. One query."""
    rows = Candidate.objects.filter(subject__in=set(subjects), status__in=FOLLOWED)
    return {row.subject_id: row for row in rows.order_by("pk")}
