"""One need for the whole shared post, while those of its parts are kept aside.

The lead's need carries the total; searches, offers, plans and introductions know nothing else.
See ADR 0019.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ancrage.kit.life.followers import follows_life
from ancrage.matching.enums import CARRIED_POST_STATES, OPEN_STATES, SetAside
from ancrage.matching.models import Introduction, SharedPost, SharedPostPart
from ancrage.matching.services.posts.errors import (
    FractionGone,
    PartOfSharedPost,
    PostHasIntroductions,
    TermsMissing,
)
from ancrage.needs.enums import Audience, NeedStatus, StartPrecision, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.services import (
    NeedIsOver,
    create_need,
    edit_need,
    facts_of,
    fill_need,
    pause_need,
    publish_need,
    undo_last_change,
    withdraw_need,
)

_OPEN = (NeedStatus.PUBLISHED, NeedStatus.PAUSED)
_Part = tuple[SharedPostPart, Need]
_HOURS = ("works_days", "works_nights", "works_12h", "works_weekends")


def carry(*, post: SharedPost, now: datetime) -> Need | None:
    """Publish the need that stands for all the parts, and keep theirs aside.

    Where somebody holds a part already, nobody is looked for: no need stands for it. Call it
    inside the transaction of the last agreement. Raises `FractionGone`, and what `create_need`
    raises.
    """
    parts = _keep_all_aside(post, now=now)
    if post.parts.filter(retained__isnull=False).exists():
        return None
    return _publish(post, parts, now=now)


def carry_again(*, post: SharedPost, now: datetime) -> None:
    """Go on as before a giving up that is taken back. Raises `FractionGone`."""
    _keep_all_aside(post, now=now)
    if post.need is not None:
        undo_last_change(need=_whole(post.need_id), by=None, now=now)


def let_go(*, post: SharedPost, now: datetime, forget: bool = False) -> None:
    """Withdraw the need that stood for the parts, and give theirs back to their employers.

    What was filled meanwhile stays so. With `forget`, nothing may have come of it yet. Raises
    `PostHasIntroductions`.
    """
    if (
        forget
        and post.need_id
        and Introduction.objects.filter(need=post.need_id, state__in=sorted(OPEN_STATES)).exists()
    ):
        raise PostHasIntroductions
    need = _whole(post.need_id) if post.need_id else None
    if need is not None and need.status in _OPEN:
        reason = WithdrawReason.MISTAKE if forget else WithdrawReason.OTHER
        note = _note(post)
        withdraw_need(need=need, reason=reason, note=note, by=None, now=now)
    for part, own in _to_fill(post.parts.all()):
        _give_back(part, own, now=now)


def fill_all(*, post: SharedPost, by: Any, now: datetime) -> None:
    """Count the post as filled, if nobody said so yet: its parts follow."""
    if post.need_id is None:
        _fill_parts(post, now=now)
        return
    need = _whole(post.need_id)
    if need.status in _OPEN:
        fill_need(need=need, by=by, now=now)


def open_again(*, post: SharedPost, filled_at: datetime, now: datetime) -> None:
    """Open again what was filled at that moment: nobody holds the post after all."""
    if post.need_id is None:
        _open_parts_again(post, undone_at=filled_at, now=now)
        return
    need = _whole(post.need_id)
    if need.status == NeedStatus.FILLED and need.status_since == filled_at:
        undo_last_change(need=need, by=None, now=now)


@follows_life(Need)
def follow_shared_need(
    *,
    row: Need,
    before: str,
    after: str,
    undone_at: datetime | None,
    by: Any,
    now: datetime,
) -> None:
    """Fill the parts with the need that stands for them, or open them again; keep aside those
    that are. Raises `PartOfSharedPost`."""
    if after == NeedStatus.PUBLISHED:
        aside = SharedPostPart.objects.filter(
            need=row, is_live=True, set_aside=SetAside.PAUSED
        ).first()
        if aside is not None:
            raise PartOfSharedPost(aside.post_id)
    carried = SharedPost.objects.filter(need=row, state__in=sorted(CARRIED_POST_STATES)).first()
    if carried is None:
        return
    if after == NeedStatus.FILLED:
        _fill_parts(carried, now=now)
    elif before == NeedStatus.FILLED and undone_at is not None:
        _open_parts_again(carried, undone_at=undone_at, now=now)


def _keep_all_aside(post: SharedPost, *, now: datetime) -> list[_Part]:
    parts = _to_fill(post.parts.all())
    for part, need in parts:
        if need.status not in _OPEN:
            raise FractionGone(f"{need.profession}, {part.partner}")
        _keep_aside(post, part, need, now=now)
    return parts


def _keep_aside(post: SharedPost, part: SharedPostPart, need: Need, *, now: datetime) -> None:
    if need.positions > 1:
        edit_need(
            need=need, revision=need.revision, positions=need.positions - 1, by=None, now=now
        )
        aside = SetAside.ONE_LESS
    else:
        if need.status == NeedStatus.PUBLISHED:
            pause_need(need=need, note=_note(post), by=None, now=now)
        aside = SetAside.PAUSED
    SharedPostPart.objects.filter(pk=part.pk).update(set_aside=aside)


def _give_back(part: SharedPostPart, need: Need, *, now: datetime) -> None:
    aside = part.set_aside
    SharedPostPart.objects.filter(pk=part.pk).update(set_aside=SetAside.NO)
    if aside == SetAside.ONE_LESS and need.status in _OPEN:
        edit_need(
            need=need, revision=need.revision, positions=need.positions + 1, by=None, now=now
        )
    elif aside == SetAside.PAUSED and need.status == NeedStatus.PAUSED:
        try:
            publish_need(need=need, by=None, now=now)
        except NeedIsOver:
            return  # its end is past: its employer reads that it expired


def _fill_parts(post: SharedPost, *, now: datetime) -> None:
    for part, need in _to_fill(post.parts.filter(set_aside=SetAside.PAUSED)):
        if need.status in _OPEN:
            SharedPostPart.objects.filter(pk=part.pk).update(set_aside=SetAside.FILLED)
            fill_need(need=need, note=_note(post), by=None, now=now)


def _open_parts_again(post: SharedPost, *, undone_at: datetime, now: datetime) -> None:
    for part, need in _to_fill(post.parts.filter(set_aside=SetAside.FILLED)):
        if need.status == NeedStatus.FILLED and need.status_since == undone_at:
            SharedPostPart.objects.filter(pk=part.pk).update(set_aside=SetAside.PAUSED)
            undo_last_change(need=need, by=None, now=now)


def _publish(post: SharedPost, whole: list[_Part], *, now: datetime) -> Need:
    """Write the common need as the lead's, and publish it to whom all its parts are shown."""
    lead, own = next(one for one in whole if one[0].partner_id == post.lead_id)
    parts, needs = [part for part, _need in whole], [need for _part, need in whole]
    if post.lead is None or post.starts_on is None:
        raise TermsMissing
    facts = facts_of(own) | {
        "positions": 1,
        "reference": "",
        "unit": _unit(lead, parts),
        "fte_hundredths": min(100, sum(part.fte for part in parts)),
        "starts_on": post.starts_on,
        "start_precision": StartPrecision.DAY,
        "ends_on": post.ends_on,
        "description": _description(parts, own.description),
        "urgency": max(need.urgency for need in needs),
        "audience": Audience.PUBLIC
        if all(need.audience == Audience.PUBLIC for need in needs)
        else Audience.MEMBERS,
        "pay_min_cents": None,
        "pay_max_cents": None,
        "pay_period": "",
        "pay_note": "",
    }
    facts |= {name: any(getattr(need, name) for need in needs) for name in _HOURS}
    return create_need(partner=post.lead, by=None, now=now, publish=True, **facts)


def _description(parts: list[SharedPostPart], own: str) -> str:
    """Say first where the time goes, in the language that structures write in."""
    with translation.override("fr"):
        names = ", ".join(str(part.partner) for part in parts)
        shared = _("Poste partagé entre %(names)s.") % {"names": names}
    return f"{shared}\n\n{own}".strip()[:6000]


def _unit(own: SharedPostPart, parts: list[SharedPostPart]) -> str:
    """Name the other employers where lists, mails and files name a service."""
    with translation.override("fr"):
        names = ", ".join(str(part.partner) for part in parts if part.pk != own.pk)
        return (_("Poste partagé avec %(names)s") % {"names": names})[:120]


def _note(post: SharedPost) -> str:
    with translation.override("fr"):
        return _("Part du poste partagé %(number)s") % {"number": post.pk}


def _to_fill(parts: QuerySet[SharedPostPart]) -> list[_Part]:
    """The parts that nobody holds, with their needs."""
    rows = parts.select_related(
        "partner",
        "need__partner",
        "need__profession",
        "need__specialty",
        "need__commune",
        "need__facility",
    ).order_by("pk")
    return [(part, part.need) for part in rows if part.need is not None]


def _whole(key: Any) -> Need:
    return Need.objects.select_related(
        "partner", "profession", "specialty", "commune", "facility"
    ).get(pk=key)
