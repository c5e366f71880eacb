"""The introductions of the demo: at every step, some late, some ended well. Invented."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.matching import services as matching
from ancrage.matching.enums import CloseReason, Side
from ancrage.matching.models import Introduction
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.territory.models import Territory

# How far each goes, in turn, and how many days ago it began.
_STORIES = (
    ("proposed", 3),
    ("agreed", 4),
    ("late", 16),
    ("answered", 9),
    ("meeting", 12),
    ("offer", 25),
    ("hired", 40),
    ("declined", 30),
    ("left", 20),
    ("agreed", 8),
    ("hired", 75),
    ("declined", 60),
)
_MOST = 36
_PERSON = "professionnelle@demo.example"


def load_introductions(territory: Territory, users: Mapping[str, User], *, now: datetime) -> int:
    """Bring people and posts of one profession together; return how many introductions."""
    by = users["coordination@demo.example"]
    needs = _needs(territory)
    told = 0
    for rank, (candidate, need) in enumerate(_pairs(territory, needs)):
        story, days = _STORIES[rank % len(_STORIES)]
        _tell(candidate, need, story, by=by, began=now - timedelta(days=days), now=now)
        told += 1
    person = candidate_of(users[_PERSON])
    if person is not None:
        for need, story in zip(needs[:2], ("proposed", "agreed"), strict=False):
            _tell(person, need, story, by=by, began=now - timedelta(days=2), now=now)
            told += 1
    plan = matching.ask_plan(territory=territory, by=by, now=now, proposals_per_person=2)
    matching.make_plan(run=plan, now=now)
    return told


def _needs(territory: Territory) -> list[Need]:
    """The published posts, those of structures that somebody of the demo works for first."""
    peopled = set(
        Membership.objects.filter(role=MemberRole.EMPLOYER, partner__territory=territory)
        .order_by("pk")
        .values_list("partner", flat=True)
    )
    rows = Need.objects.filter(status=NeedStatus.PUBLISHED, partner__territory=territory)
    found = rows.select_related("partner", "profession").order_by("pk")
    return sorted(found, key=lambda need: (need.partner_id not in peopled, need.pk))


def _pairs(territory: Territory, needs: list[Need]) -> Iterator[tuple[Candidate, Need]]:
    people = Candidate.objects.filter(
        territory=territory, status=CandidateStatus.ACTIVE, subject__user__isnull=True
    )
    by_profession: dict[int, list[Candidate]] = {}
    for candidate in people.select_related("subject").order_by("pk"):
        main = candidate.professions.filter(is_main=True).first()
        if main is not None:
            by_profession.setdefault(main.profession_id, []).append(candidate)
    left = _MOST
    for need in needs:
        if left and by_profession.get(need.profession_id):
            yield by_profession[need.profession_id].pop(0), need
            left -= 1


def _tell(
    candidate: Candidate, need: Need, story: str, *, by: User, began: datetime, now: datetime
) -> None:
    row = matching.propose_introduction(candidate=candidate, need=need, by=by, now=began)
    if story == "proposed":
        return
    matching.agree_introduction(
        introduction=row,
        notice=current_notice("identity"),
        channel=ConsentChannel.PHONE,
        proof="Dit au téléphone (démonstration)",
        by=by,
        now=began + timedelta(days=1),
    )
    if story not in ("agreed", "late"):
        _answer(row, story, by=by, began=began, now=now)


def _answer(row: Introduction, story: str, *, by: User, began: datetime, now: datetime) -> None:
    # Some structures answer in time, some do not.
    answered = began + timedelta(days=4 if row.pk % 5 else 14)
    how: dict[str, Any] = {"introduction": row, "by": by, "side": Side.COORDINATION}
    if story == "declined":
        matching.answer_introduction(
            accepts=False, reason=CloseReason.OTHER_AVAILABILITY, now=answered, **how
        )
        return
    if story == "left":
        matching.refuse_introduction(
            introduction=row, by=by, now=answered, reason=CloseReason.TIMING
        )
        return
    matching.answer_introduction(accepts=True, now=min(answered, now), **how)
    if story == "answered":
        return
    told = min(answered + timedelta(days=1), now)
    meeting_at = now + timedelta(days=3) if story == "meeting" else told + timedelta(days=2)
    matching.plan_meeting(
        meeting_at=meeting_at, minutes=45, place="Salle de réunion", now=told, **how
    )
    if story == "meeting":
        return
    matching.make_offer(now=min(told + timedelta(days=3), now), **how)
    if story == "hired":
        matching.hire(
            starts_on=timezone.localdate(now) + timedelta(days=21),
            fills_post=False,
            now=min(told + timedelta(days=6), now),
            **how,
        )
