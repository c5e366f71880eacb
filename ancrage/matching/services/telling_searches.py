"""What is new in the saved searches, told by mail: how many, where to look, and nobody's name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import LEAST_ALIKE
from ancrage.kit.mail import queue_mail
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.matching.enums import SearchFrequency, SearchKind
from ancrage.matching.models import SavedSearch
from ancrage.matching.queries.searches import silence_token
from ancrage.matching.services.finding import (
    CARD_PARTS,
    NEED_PARTS,
    PROFILE_PARTS,
    asked_from,
    find_cards,
    find_needs,
    find_profiles,
)
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.privacy.scopes import Viewer, viewer_of

_DIGEST = "finding/email/digest"
# A week is seven mornings: the round of the seventh day must not miss by its own minutes.
_EVERY = {
    SearchFrequency.DAILY: timedelta(hours=20),
    SearchFrequency.WEEKLY: timedelta(days=6, hours=20),
}


@dataclass(frozen=True)
class Fresh:
    """How many results are new, and how many of them count among those that protect a few."""

    count: int = 0
    counted: int = 0


@dataclass(frozen=True)
class News:
    """What one search found since it was last told. `count` is None where the number itself
    would tell too much of too few people."""

    search: SavedSearch
    count: int | None
    token: str


@dataclass(frozen=True)
class TendedSearches:
    """What the round did: searches run again, mails queued, deleted searches forgotten."""

    searched: int
    mails: int
    forgotten: int


def tend_searches(*, now: datetime) -> TendedSearches:
    """Run the searches whose day has come, write to their owners. Safe to repeat."""
    forgotten = forget_searches(now=now)
    due = list(
        _due(now)
        .select_related(
            "owner",
            "need__profession",
            "need__specialty",
            "need__commune",
            "need__partner",
        )
        .order_by("owner", "pk")
    )
    by_owner: dict[User, list[SavedSearch]] = defaultdict(list)
    for search in due:
        by_owner[search.owner].append(search)
    mails = sum(_tell_owner(owner, searches, now=now) for owner, searches in by_owner.items())
    return TendedSearches(searched=len(due), mails=mails, forgotten=forgotten)


@transaction.atomic
def forget_searches(*, now: datetime) -> int:
    """Forget the searches deleted a day ago, and those of closed accounts; return how many."""
    over = Q(deleted_at__lte=now - UNDO_WINDOW) | Q(owner__is_active=False)
    return SavedSearch.objects.filter(over).delete()[0]


@transaction.atomic
def _tell_owner(owner: User, searches: list[SavedSearch], *, now: datetime) -> int:
    """Write one mail for all the searches of an owner; return how many mails (0 or 1)."""
    viewer = viewer_of(owner)
    news = []
    for search in searches:
        fresh = new_in(search=search, owner=owner, viewer=viewer, now=now)
        SavedSearch.objects.filter(pk=search.pk).update(told_at=now)
        if fresh.count:
            told = search.kind == SearchKind.NEEDS or fresh.counted >= LEAST_ALIKE
            shown = fresh.count if told else None
            news.append(News(search, shown, silence_token(search)))
    if not news:
        return 0
    return int(
        queue_mail(
            key=f"searches:{owner.pk}:{timezone.localdate(now)}:{news[0].search.pk}",
            to=owner.email,
            template=_DIGEST,
            context={"greeting": owner.first_name, "news": news},
            language=owner.language,
            now=now,
        )
    )


def new_in(*, search: SavedSearch, owner: Any, viewer: Viewer, now: datetime) -> Fresh:
    """Return the results, with nothing known against them, that are newer than what was told.

    None of them is, once the owner may no longer run the search or its need is closed.
    """
    words = dict(parse_qsl(search.query))
    today = timezone.localdate(now)
    if search.kind == SearchKind.NEEDS:
        mine = permitted(owner, "searches.needs", Candidate.objects.order_by("pk")).first()
        if mine is None:
            return Fresh()
        needs = find_needs(
            candidate=mine,
            needs=permitted(owner, "offers.view", Need.objects.all()),
            asked=asked_from(words, NEED_PARTS),
            viewer=viewer,
            on=today,
            published_after=search.told_at,
        )
        return Fresh(needs.clear, needs.clear)
    need = search.need
    rows = permitted(owner, "searches.profiles", Need.objects.all())
    if need is None or not rows.filter(pk=need.pk, status=NeedStatus.PUBLISHED).exists():
        return Fresh()
    if follows(viewer, need):
        asked = asked_from(words, PROFILE_PARTS)
        found = find_profiles(
            need=need, asked=asked, viewer=viewer, on=today, changed_after=search.told_at
        )
        return Fresh(found.clear, found.clear)
    asked = asked_from(words, CARD_PARTS)
    cards = find_cards(
        need=need, asked=asked, viewer=viewer, on=today, limit=0, changed_after=search.told_at
    )
    return Fresh(cards.clear, cards.clear_counted)


def follows(viewer: Viewer, need: Need) -> bool:
    """Say whether the reader coordinates the territory of a need: they read whole profiles."""
    return f"territory:{need.partner.territory_id}" in viewer.scopes


def _due(now: datetime) -> QuerySet[SavedSearch]:
    condition = Q(pk__in=[])
    for frequency, delay in _EVERY.items():
        condition |= Q(frequency=frequency, told_at__lte=now - delay)
    return SavedSearch.objects.filter(condition, deleted_at__isnull=True, owner__is_active=True)
