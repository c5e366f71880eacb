"""Shared posts that would suit somebody whom the coordination follows.

Computed when it is asked, from the wishes said on the page: nothing of the person is kept, in a
file less than anywhere. Who is proposed the post is an introduction, as for any need.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ancrage.candidates.models import Candidate
from ancrage.core.posts.judge import violations_of
from ancrage.core.posts.sets import best_posts
from ancrage.core.posts.values import Limits, Post
from ancrage.matching.models import SharedPost, Source
from ancrage.matching.services.posts.errors import FractionTaken, PostsNotProved
from ancrage.matching.services.posts.fractions import Open, fractions_for, parts_of_key
from ancrage.matching.services.posts.opening import PartToOpen, open_shared_post
from ancrage.matching.services.posts.weeks import as_slots, as_text

MOST_SHOWN = 10


@dataclass(frozen=True)
class Wishes:
    """What somebody wishes of a shared post: FTE in hundredths, minutes, slots as stored."""

    fte_least: int
    fte_most: int
    travel: int
    reach: int
    off: tuple[str, ...] = ()


@dataclass(frozen=True)
class SuitablePart:
    """One part of a post that would suit: what it is made of, and its slots of the week."""

    source: Source
    week: str
    days: int


@dataclass(frozen=True)
class SuitablePost:
    """A post that would suit: FTE in hundredths, minutes between its sites added up."""

    parts: tuple[SuitablePart, ...]
    fte: int
    travel: int
    start: date

    @property
    def keys(self) -> str:
        """How its page names it."""
        return "-".join(str(part.source.pk) for part in self.parts)


def posts_suiting(
    *, candidate: Candidate, professions: Iterable[int], wishes: Wishes, now: datetime
) -> list[SuitablePost]:
    """Return the best posts for somebody, the fullest first, `MOST_SHOWN` at most. No write.

    Each is judged; they may share fractions: a person takes one. Raises `PostsNotProved`.
    """
    work = fractions_for(
        candidate.territory,
        professions=frozenset(professions),
        limits=replace(
            Limits(), least=wishes.fte_least, most=wishes.fte_most, travel=wishes.travel
        ),
        off=as_slots(" ".join(wishes.off)),
        home=candidate.commune,
        reach=wishes.reach,
        on=timezone.localdate(now),
    )
    found = best_posts(work.instance, most=MOST_SHOWN)
    faults = [fault for post in found for fault in violations_of(work.instance, post)]
    if faults:
        raise PostsNotProved(faults)
    return [_suitable(work, post) for post in found]


def open_suiting(
    *, found: Iterable[SuitablePost], keys: str, by: Any, now: datetime
) -> SharedPost:
    """Open the file of one of the posts found, for whoever takes it. Raises `FractionTaken`."""
    chosen = next((one for one in found if one.keys == keys), None)
    if chosen is None:
        raise FractionTaken
    parts = [PartToOpen(part.source, part.week) for part in chosen.parts]
    return open_shared_post(
        parts=parts, travel=chosen.travel, starts_on=chosen.start, by=by, now=now
    )


def _suitable(work: Open, post: Post) -> SuitablePost:
    parts = tuple(
        SuitablePart(
            work.sources[parts_of_key(part.fraction)[0]],
            as_text(part.week),
            len({slot.day for slot in part.week}),
        )
        for part in post.parts
    )
    return SuitablePost(parts, post.fte, post.travel, post.start)
