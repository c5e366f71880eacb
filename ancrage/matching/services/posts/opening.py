"""Files of shared posts: opened from a detection, given their terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ancrage.kit.audit import differences
from ancrage.matching.enums import PartAnswer, PostEvent, PostState, Vehicle
from ancrage.matching.models import (
    PostRun,
    RetainedPartTime,
    SharedPost,
    SharedPostMove,
    SharedPostPart,
    Source,
)
from ancrage.matching.queries import ref_of, sources_by_ref
from ancrage.matching.services.posts.answering import ask_all
from ancrage.matching.services.posts.errors import (
    FractionTaken,
    NotALead,
    PostChangedMeanwhile,
    PostStepNotAllowed,
    SharesDoNotAddUp,
)
from ancrage.matching.services.posts.fractions import free_copies, is_free
from ancrage.matching.services.posts.moving import tell_journal, write
from ancrage.matching.services.posts.weeks import as_slots, as_text
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.models import Partner

_TERMS = ("vehicle", "has_territorial_bonus", "lead", "starts_on", "ends_on")


@dataclass(frozen=True)
class PartToOpen:
    """One part of the file: what it is made of, and the slots of the week it takes."""

    source: Source
    week: str


@dataclass(frozen=True)
class PartTerms:
    """What is agreed of one part: its share of the cost, and who signs (a function)."""

    cost_percent: int
    signatory: str = ""
    week: str | None = None


def open_from_detection(*, run: PostRun, rank: int, by: Any, now: datetime) -> SharedPost:
    """Open the file of a post that was detected. Raises `FractionTaken`."""
    row = run.found[rank]
    refs = [part["ref"] for part in row["parts"]]
    sources = sources_by_ref(refs)
    if len(sources) < len(set(refs)):
        raise FractionTaken
    parts = [PartToOpen(sources[part["ref"]], part["week"]) for part in row["parts"]]
    start = date.fromisoformat(row["start"])
    return open_shared_post(parts=parts, travel=row["travel"], starts_on=start, by=by, now=now)


@transaction.atomic
def open_shared_post(
    *,
    parts: Iterable[PartToOpen],
    travel: int,
    by: Any,
    now: datetime,
    starts_on: date | None = None,
) -> SharedPost:
    """Open the file of a shared post: its fractions are in no other from now on.

    The lead proposed is the employer of whoever holds a part already, or else of the largest
    part; costs are shared by FTE. Raises `FractionTaken`.
    """
    chosen = list(parts)
    copies = _free_copies([one.source for one in chosen])
    lead = max((one.source for one in chosen), key=_leads)
    post = SharedPost.objects.create(
        territory_id=lead.partner.territory_id,
        profession_id=lead.profession_id,
        state_since=now,
        opened_at=now,
        opened_by=by,
        travel=travel,
        lead=lead.partner,
        starts_on=starts_on or max(one.source.starts_on for one in chosen),
    )
    shares = shares_by_fte([one.source.fte_hundredths for one in chosen])
    for one, share in zip(chosen, shares, strict=True):
        ref = ref_of(one.source)
        if not copies[ref]:
            raise FractionTaken
        _write_part(post, one, copies[ref].pop(0), share)
    SharedPostMove.objects.create(post=post, after=post.state, at=now, by=by)
    tell_journal(
        post=post,
        event=PostEvent.OPENED,
        by=by,
        now=now,
        changes={"needs": ["", " ".join(ref_of(one.source) for one in chosen)]},
    )
    return post


@transaction.atomic
def set_terms(
    *,
    post: SharedPost,
    revision: int,
    vehicle: str,
    lead: Partner,
    starts_on: date,
    parts: Mapping[int, PartTerms],
    by: Any,
    now: datetime,
    ends_on: date | None = None,
    has_territorial_bonus: bool = False,
) -> SharedPost:
    """Say under which form, who leads, from when, who pays what share; `parts` by key of part.

    Employers who were asked already are asked again: they agreed to other terms. Raises
    `PostChangedMeanwhile`, `PostStepNotAllowed`, `NotALead`, `SharesDoNotAddUp`.
    """
    state = PostState(post.state)
    if state not in (PostState.PROPOSED, PostState.STUDIED):
        raise PostStepNotAllowed(state, PostState.STUDIED)
    if post.revision != revision:
        raise PostChangedMeanwhile
    rows = list(post.parts.order_by("pk"))
    if lead.pk not in {row.partner_id for row in rows}:
        raise NotALead
    total = sum(parts[row.pk].cost_percent for row in rows)
    if total != 100:
        raise SharesDoNotAddUp(total)
    before = {name: getattr(post, name) for name in _TERMS}
    terms = {
        "vehicle": Vehicle(vehicle),
        "has_territorial_bonus": has_territorial_bonus,
        "lead": lead,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    write(post, terms)
    for row in rows:
        said = parts[row.pk]
        week = row.week if said.week is None else as_text(as_slots(said.week))
        SharedPostPart.objects.filter(pk=row.pk).update(
            cost_percent=said.cost_percent, signatory=said.signatory.strip()[:120], week=week
        )
    changes = differences(before, terms)
    tell_journal(post=post, event=PostEvent.TERMS, by=by, now=now, changes=changes)
    if state == PostState.STUDIED:
        ask_all(post=post, now=now)
    return post


def shares_by_fte(ftes: list[int]) -> list[int]:
    """Return percentages by FTE that make a hundred: the largest remainders are rounded up.

    >>> shares_by_fte([30, 30, 30])
    [34, 33, 33]
    """
    total = sum(ftes)
    shares = [fte * 100 // total for fte in ftes]
    order = sorted(range(len(ftes)), key=lambda rank: (-(ftes[rank] * 100 % total), rank))
    for rank in order[: 100 - sum(shares)]:
        shares[rank] += 1
    return shares


def _free_copies(sources: list[Source]) -> dict[str, list[int]]:
    """What is left of each source, by its reference. Raises `FractionTaken`."""
    needs = {one.pk: one for one in sources if isinstance(one, Need)}
    if any(one.status != NeedStatus.PUBLISHED for one in needs.values()):
        raise FractionTaken
    free = {ref_of(needs[key]): copies for key, copies in free_copies(needs.values()).items()}
    held = [one for one in sources if isinstance(one, RetainedPartTime)]
    return free | {ref_of(one): [1] if is_free(one) else [] for one in held}


def _leads(source: Source) -> tuple[bool, int, int]:
    return isinstance(source, RetainedPartTime), source.fte_hundredths, -source.pk


def _write_part(post: SharedPost, one: PartToOpen, copy: int, share: int) -> None:
    part = SharedPostPart(
        post=post,
        need=one.source if isinstance(one.source, Need) else None,
        retained=one.source if isinstance(one.source, RetainedPartTime) else None,
        partner=one.source.partner,
        copy=copy,
        fte=one.source.fte_hundredths,
        week=one.week,
        cost_percent=share,
        answer=PartAnswer.NOT_ASKED,
    )
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError:
        raise FractionTaken from None
