"""Shared posts, as their pages read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ancrage.kit.text import words
from ancrage.matching.enums import CARRIED_POST_STATES, LIVE_POST_STATES
from ancrage.matching.models import (
    PostChoice,
    RetainedPartTime,
    SharedPost,
    SharedPostPart,
    Source,
)
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


@dataclass(frozen=True)
class PartTimeFilter:
    """What a reader looks for among retained part-times; `withdrawn` shows those and no other."""

    text: str = ""
    withdrawn: bool = False
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
        "retained__partner",
        "retained__profession",
        "retained__specialty",
        "retained__commune",
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
        condition |= Q(_has_part(Q(retained__isnull=False), _named("retained__", word)))
        if word.isdecimal():
            condition |= Q(pk=int(word))
        posts = posts.filter(condition)
    return posts.order_by("-state_since", "-pk")


def choices_of_posts(territory_pk: int) -> QuerySet[PostChoice]:
    """Return what the coordination imposed or kept apart, the latest first."""
    return PostChoice.objects.filter(territory=territory_pk).order_by("-at", "-pk")


def ref_of(source: Source) -> str:
    """Return how a fraction is named: « 12 » for a need, « r7 » for a retained part-time."""
    return f"r{source.pk}" if isinstance(source, RetainedPartTime) else str(source.pk)


def order_of(ref: str) -> tuple[bool, int]:
    """Return the rank of a reference among others: needs first, each by its key."""
    return ref.startswith("r"), int(ref.removeprefix("r"))


def in_order(refs: Iterable[str]) -> list[str]:
    """Return references, each once, in their order."""
    return sorted(set(refs), key=order_of)


def sources_by_ref(refs: Iterable[str]) -> dict[str, Source]:
    """Return fractions with all that names them, by reference. One query a kind."""
    named = ("profession", "specialty", "partner", "commune")
    needs, held = _keys_of(refs)
    found: dict[str, Source] = {}
    for one in Need.objects.select_related(*named).in_bulk(needs).values():
        found[ref_of(one)] = one
    for kept in RetainedPartTime.objects.select_related(*named).in_bulk(held).values():
        found[ref_of(kept)] = kept
    return found


def open_files_of(refs: Iterable[str]) -> dict[str, int]:
    """Return, by fraction that is in a live file, the key of that file. One query."""
    needs, held = _keys_of(refs)
    live = SharedPostPart.objects.filter(
        Q(need__in=needs) | Q(retained__in=held), is_live=True
    ).order_by("pk")
    rows = live.values_list("need", "retained", "post")
    return {f"r{kept}" if kept else str(need): post for need, kept, post in rows}


def _keys_of(refs: Iterable[str]) -> tuple[set[int], set[int]]:
    ranks = [order_of(ref) for ref in refs]
    return ({key for held, key in ranks if not held}, {key for held, key in ranks if held})


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


def part_times_matching(
    rows: QuerySet[RetainedPartTime], search: PartTimeFilter
) -> QuerySet[RetainedPartTime]:
    """Narrow `rows` (those the reader may see), the last changed first; each with `is_shared`,
    whether it is in a live file."""
    live = SharedPostPart.objects.filter(is_live=True, retained=OuterRef("pk"))
    found = rows.annotate(is_shared=Exists(live)).filter(withdrawn_at__isnull=not search.withdrawn)
    if search.profession is not None:
        found = found.filter(profession=search.profession)
    if search.partner is not None:
        found = found.filter(partner=search.partner)
    for word in words(search.text)[:_MOST_WORDS]:
        found = found.filter(_named("", word))
    found = found.select_related("profession", "specialty", "partner", "commune", "facility")
    return found.order_by("-changed_at", "-pk")


def _named(path: str, word: str) -> Q:
    """What is called so by its profession, its structure or its commune."""
    return (
        Q(**{f"{path}profession__search__contains": f" {word}"})
        | Q(**{f"{path}partner__search__contains": f" {word}"})
        | Q(**{f"{path}commune__search_name__contains": word})
    )


def _has_part(*conditions: Q, **named: Any) -> Exists:
    return Exists(SharedPostPart.objects.filter(*conditions, post=OuterRef("pk"), **named))
