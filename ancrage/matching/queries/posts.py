"""Shared posts, as their pages read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ancrage.kit.text import words
from ancrage.matching.enums import CARRIED_POST_STATES, LIVE_POST_STATES
from ancrage.matching.models import PostChoice, SharedPost, SharedPostPart
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession

_MOST_WORDS = 8


@dataclass(frozen=True)
class PostFilter:
    """What a reader looks for among files. Every part is optional; `live` keeps those in
    progress."""

    text: str = ""
    state: str = ""
    live: bool = False
    profession: Profession | None = None
    partner: Partner | None = None


def with_parts(posts: QuerySet[SharedPost]) -> QuerySet[SharedPost]:
    """Read files with all that names them and their parts. Two queries."""
    parts = SharedPostPart.objects.select_related(
        "partner",
        "need__partner",
        "need__profession",
        "need__specialty",
        "need__commune",
    ).order_by("pk")
    return posts.select_related("territory", "profession", "lead", "need").prefetch_related(
        Prefetch("parts", queryset=parts)
    )


def posts_matching(posts: QuerySet[SharedPost], search: PostFilter) -> QuerySet[SharedPost]:
    """Narrow `posts` (those the reader may see), the last moved first."""
    if search.state:
        posts = posts.filter(state=search.state)
    if search.live:
        posts = posts.filter(state__in=sorted(LIVE_POST_STATES))
    if search.profession is not None:
        posts = posts.filter(profession=search.profession)
    if search.partner is not None:
        posts = posts.filter(_has_part(partner=search.partner))
    for word in words(search.text)[:_MOST_WORDS]:
        condition = Q(_has_part(need__search__contains=f" {word}"))
        if word.isdecimal():
            condition |= Q(pk=int(word))
        posts = posts.filter(condition)
    return posts.order_by("-state_since", "-pk")


def choices_of_posts(territory_pk: int) -> QuerySet[PostChoice]:
    """Return what the coordination imposed or kept apart, the latest first."""
    return PostChoice.objects.filter(territory=territory_pk).order_by("-at", "-pk")


def needs_by_key(keys: Iterable[int]) -> dict[int, Need]:
    """Return needs with all that names them, by key. One query."""
    rows = Need.objects.select_related("profession", "specialty", "partner", "commune")
    return rows.in_bulk(set(keys))


def open_files_of(needs: Iterable[int]) -> dict[int, int]:
    """Return, by need that is in a live file, the key of that file. One query."""
    live = SharedPostPart.objects.filter(is_live=True, need__in=list(needs)).order_by("pk")
    return dict(live.values_list("need", "post"))


def carried_by(need: Need) -> SharedPost | None:
    """Return the live file whose parts `need` stands for. Two queries, one where there is none."""
    found: SharedPost | None = (
        with_parts(SharedPost.objects.all())
        .filter(need=need, state__in=sorted(CARRIED_POST_STATES))
        .first()
    )
    return found


def part_of(need: Need) -> SharedPostPart | None:
    """Return the part of a carried post for which `need` is kept aside. One query."""
    found: SharedPostPart | None = (
        SharedPostPart.objects.filter(
            need=need, is_live=True, post__state__in=sorted(CARRIED_POST_STATES)
        )
        .select_related("post__need", "post__lead")
        .order_by("pk")
        .first()
    )
    return found


def _has_part(**conditions: Any) -> Exists:
    return Exists(SharedPostPart.objects.filter(post=OuterRef("pk"), **conditions))
