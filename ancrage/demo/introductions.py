"""The introductions of the demo: at every step, some late, some ended well. Invented."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.demo.calendar import at_work
from ancrage.matching import services as matching
from ancrage.matching.enums import CloseReason, Side
from ancrage.matching.models import Introduction
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import withdraw_consent
from ancrage.territory.models import Territory


class _Story(NamedTuple):
    """How far an introduction goes, and between how many days ago it began."""

    name: str
    since: int
    until: int


_STORIES = (
    _Story("hired", 40, 200),
    _Story("agreed", 3, 8),
    _Story("declined", 30, 200),
    _Story("proposed", 1, 5),
    _Story("answered", 9, 14),
    _Story("left", 20, 180),
    _Story("late", 15, 19),
    _Story("hired", 75, 250),
    _Story("meeting", 11, 16),
    _Story("declined", 25, 250),
    _Story("offer", 22, 35),
    _Story("hired", 60, 220),
    _Story("withdrawn", 25, 120),
    _Story("left", 40, 200),
)
_MOST = 100
# Nobody is proposed everywhere; a post is proposed to a few.
_MOST_BY_PERSON, _MOST_BY_NEED = 3, 3
# No story is told more often than that.
_MOST_TOLD = 9
_REASONS = (
    CloseReason.OTHER_AVAILABILITY,
    CloseReason.OTHER_SKILLS,
    CloseReason.NO_AGREEMENT,
    CloseReason.POSITION_FILLED,
)
_REFUSALS = (CloseReason.TIMING, CloseReason.TOO_FAR, CloseReason.FOUND_ELSEWHERE)
_LATELY = timedelta(days=280)
_PERSON = "professionnelle@demo.example"
_NOTED = {
    "channel": ConsentChannel.PHONE,
    "proof": "Dit au téléphone (démonstration)",
}


def load_introductions(
    territory: Territory, users: Mapping[str, User], *, draws: Random, now: datetime
) -> int:
    """Bring people and posts of one profession together; return how many introductions."""
    by = users["coordination@demo.example"]
    needs = _needs(territory)
    told = 0
    for candidate, need, story, began in _meetings(territory, needs, draws=draws, now=now):
        _tell(candidate, need, story, told, by=by, began=began, now=now)
        told += 1
    person = candidate_of(users[_PERSON])
    if person is not None:
        own = [need for need in needs if need.profession.code == "nurse"]
        for need, story in zip(own, ("agreed", "proposed"), strict=False):
            _tell(person, need, story, told, by=by, began=now - timedelta(days=2), now=now)
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
    return sorted(
        found, key=lambda need: (need.partner_id not in peopled, need.partner_id, need.pk)
    )


def _meetings(
    territory: Territory, needs: list[Need], *, draws: Random, now: datetime
) -> Iterator[tuple[Candidate, Need, str, datetime]]:
    """Yield who is proposed which post, how it ends, and when it began."""
    people = _people(territory, now=now)
    told: Counter[_Story] = Counter()
    times: Counter[int] = Counter()
    known: set[tuple[int, int]] = set()
    for _turn in range(_MOST_BY_NEED):
        for need in needs:
            waiting = people.get(need.profession_id)
            if not waiting or told.total() == _MOST:
                continue
            candidate = waiting.popleft()
            # The story least told of those that both were there in time for.
            for story in sorted(_STORIES, key=lambda one: told[one]):
                began = _began(story, candidate, need, draws=draws, now=now)
                # Whoever is hired has nothing else under way that their hire would end.
                is_free = not times[candidate.pk] or story.name != "hired"
                is_new = (candidate.pk, need.pk) not in known
                if began is not None and is_free and is_new and told[story] < _MOST_TOLD:
                    told[story] += 1
                    times[candidate.pk] += _MOST_BY_PERSON if story.name == "hired" else 1
                    known.add((candidate.pk, need.pk))
                    yield candidate, need, story.name, began
                    break
            if times[candidate.pk] < _MOST_BY_PERSON:
                waiting.append(candidate)


def _people(territory: Territory, *, now: datetime) -> dict[int, deque[Candidate]]:
    """Those lately come who may be proposed a post, by main profession, the last first."""
    rows = Candidate.objects.filter(
        territory=territory,
        status=CandidateStatus.ACTIVE,
        subject__user__isnull=True,
        professions__is_main=True,
        created_at__gte=now - _LATELY,
    )
    found: dict[int, deque[Candidate]] = {}
    keys = dict(rows.values_list("pk", "professions__profession"))
    for candidate in rows.select_related("subject").order_by("-created_at", "pk"):
        found.setdefault(keys[candidate.pk], deque()).append(candidate)
    return found


def _began(
    story: _Story, candidate: Candidate, need: Need, *, draws: Random, now: datetime
) -> datetime | None:
    """Draw a moment at which both were there; None when they were not in time for the story."""
    published = need.published_at or now
    earliest = max(
        candidate.created_at + timedelta(days=4),
        published + timedelta(days=1),
        now - timedelta(days=story.until),
    )
    room = (now - timedelta(days=story.since) - earliest).total_seconds()
    return earliest + timedelta(seconds=room * draws.random()) if room >= 0 else None


def _tell(
    candidate: Candidate,
    need: Need,
    story: str,
    rank: int,
    *,
    by: User,
    began: datetime,
    now: datetime,
) -> None:
    row = matching.propose_introduction(
        candidate=candidate, need=need, by=by, now=at_work(began, latest=now)
    )
    if story == "proposed":
        return
    matching.agree_introduction(
        introduction=row,
        notice=current_notice("identity"),
        by=by,
        now=at_work(began + timedelta(days=1), latest=now),
        **_NOTED,
    )
    if story not in ("agreed", "late"):
        _answer(row, story, rank, by=by, began=began, now=now)


def _answer(
    row: Introduction, story: str, rank: int, *, by: User, began: datetime, now: datetime
) -> None:
    # Most structures answer in time, some do not.
    raw = began + timedelta(days=13)
    if rank % 5 or raw > now:
        raw = began + timedelta(days=2 + rank % 7)
    answered = at_work(raw, latest=now)
    how: dict[str, Any] = {"introduction": row, "by": by, "side": Side.COORDINATION}
    if story == "declined":
        reason = _REASONS[rank % len(_REASONS)]
        matching.answer_introduction(accepts=False, reason=reason, now=answered, **how)
        return
    if story == "left":
        reason = _REFUSALS[rank % len(_REFUSALS)]
        matching.refuse_introduction(introduction=row, by=by, now=answered, reason=reason)
        return
    matching.answer_introduction(accepts=True, now=answered, **how)
    if story == "withdrawn":
        _withdraw(row, by=by, now=at_work(raw + timedelta(days=3), latest=now))
    elif story != "answered":
        _meet(story, rank, how, answered=raw, now=now)


def _meet(
    story: str,
    rank: int,
    how: dict[str, Any],
    *,
    answered: datetime,
    now: datetime,
) -> None:
    def after(days: int) -> datetime:
        return at_work(answered + timedelta(days=days), latest=now)

    to_come = story == "meeting"
    # Within the weeks to come, at the hour the answer was given.
    ahead = (now - answered).days + 3 + rank % 6
    meeting_at = at_work(answered + timedelta(days=ahead if to_come else 4))
    matching.plan_meeting(
        meeting_at=meeting_at, minutes=45, place="Salle de réunion", now=after(1), **how
    )
    if to_come:
        return
    matching.make_offer(now=after(5), **how)
    if story == "hired":
        hired = after(7)
        # The post keeps its other places: those of the demo stay to be filled.
        matching.hire(
            starts_on=timezone.localdate(hired) + timedelta(days=21),
            fills_post=False,
            now=hired,
            **how,
        )


def _withdraw(row: Introduction, *, by: User, now: datetime) -> None:
    """Let the person take back their agreement to be named to this structure."""
    candidate = row.candidate
    withdraw_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{row.partner_id}",
        by=by,
        now=now,
        **_NOTED,
    )
