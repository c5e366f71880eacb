"""Part-times that structures keep, and would see completed elsewhere: declared, mended, withdrawn.

Nobody is named: a profession, a place, days and a wish are all that is said.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ancrage.kit.audit import differences, record
from ancrage.matching.enums import PostEvent
from ancrage.matching.models import RetainedPartTime, SharedPostPart
from ancrage.matching.services.posts.errors import (
    NoSlotTaken,
    PartTimeIsShared,
    WishTooSmall,
    WishUpsideDown,
)
from ancrage.matching.services.posts.weeks import as_slots, as_text
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune


@transaction.atomic
def declare_part_time(
    *, partner: Partner, by: Any, now: datetime, **facts: Any
) -> RetainedPartTime:
    """Declare a part-time that a structure keeps; `facts` are those of `edit_part_time`.

    Raises `NoSlotTaken`, `WishTooSmall`, `WishUpsideDown`.
    """
    row = RetainedPartTime(partner=partner, by=by, changed_at=now, **_checked(**facts))
    row.save(force_insert=True)
    _tell(row, PostEvent.RETAINED, by=by, now=now)
    return row


@transaction.atomic
def edit_part_time(
    *, part_time: RetainedPartTime, by: Any, now: datetime, **facts: Any
) -> RetainedPartTime:
    """Say otherwise what a part-time is. FTE in hundredths.

    Raises `PartTimeIsShared`, `NoSlotTaken`, `WishTooSmall`, `WishUpsideDown`.
    """
    _refuse_shared(part_time)
    after = _checked(**facts)
    before = {name: getattr(part_time, name) for name in after}
    for name, value in (after | {"changed_at": now, "by": by}).items():
        setattr(part_time, name, value)
    part_time.save(update_fields=[*after, "changed_at", "by"])
    changes = differences(
        {name: _plain(value) for name, value in before.items()},
        {name: _plain(value) for name, value in after.items()},
    )
    _tell(part_time, PostEvent.RETAINED_CHANGED, by=by, now=now, changes=changes)
    return part_time


@transaction.atomic
def withdraw_part_time(*, part_time: RetainedPartTime, by: Any, now: datetime) -> None:
    """Take a part-time out of the detections. Bears a second call. Raises `PartTimeIsShared`."""
    _refuse_shared(part_time)
    still = RetainedPartTime.objects.filter(pk=part_time.pk, withdrawn_at__isnull=True)
    if still.update(withdrawn_at=now):
        _tell(part_time, PostEvent.RETAINED_WITHDRAWN, by=by, now=now)


@transaction.atomic
def restore_part_time(*, part_time: RetainedPartTime, by: Any, now: datetime) -> None:
    """Give a part-time back to the detections. Bears a second call."""
    gone = RetainedPartTime.objects.filter(pk=part_time.pk, withdrawn_at__isnull=False)
    if gone.update(withdrawn_at=None, changed_at=now):
        _tell(part_time, PostEvent.RETAINED_RESTORED, by=by, now=now)


def _checked(
    *,
    profession: Profession,
    commune: Commune,
    fte_hundredths: int,
    slots: Iterable[str],
    starts_on: date,
    wished_least: int,
    wished_most: int,
    facility: Facility | None = None,
    specialty: Specialty | None = None,
) -> dict[str, Any]:
    """The facts of a part-time, once they hold together."""
    taken = as_text(as_slots(" ".join(slots)))
    if not taken:
        raise NoSlotTaken
    if wished_least <= fte_hundredths:
        raise WishTooSmall
    if wished_most < wished_least:
        raise WishUpsideDown
    return {
        "profession": profession,
        "specialty": specialty,
        "facility": facility,
        "commune": commune,
        "fte_hundredths": fte_hundredths,
        "slots": taken,
        "starts_on": starts_on,
        "wished_least": wished_least,
        "wished_most": wished_most,
    }


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


def _refuse_shared(part_time: RetainedPartTime) -> None:
    live = SharedPostPart.objects.filter(retained=part_time.pk, is_live=True)
    post = live.order_by("pk").values_list("post", flat=True).first()
    if post is not None:
        raise PartTimeIsShared(post)


def _tell(
    row: RetainedPartTime,
    event: PostEvent,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        action=event,
        target=row,
        by=by,
        now=now,
        scope=f"partner:{row.partner_id}",
        changes=changes,
    )
