"""Lists of zonings as they were brought: what each says, and withdrawing one."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import record
from ancrage.schemes.enums import SchemeEvent
from ancrage.schemes.models import Zoning, ZoningList


class NoSuchList(ValidationError):
    """No list of zonings has that source."""

    def __init__(self) -> None:
        super().__init__(_("Cette liste n’est plus là."), code="no_list")


class LaterList(ValidationError):
    """A later list ended periods of this one: it goes first."""

    def __init__(self, source: str) -> None:
        super().__init__(
            _("Une liste plus récente s’appuie sur celle-ci : retirez d’abord « %(source)s »."),
            code="later_list",
            params={"source": source},
        )


@transaction.atomic
def withdraw_zonings(*, source: str, by: Any, now: datetime) -> int:
    """Delete the zonings of a list; what it had ended begins again. Return how many it had.

    Raises:
        NoSuchList: nothing has that source.
        LaterList: a later list ended some of them.
    """
    rows = Zoning.objects.filter(source=source)
    first = rows.select_related("commune").order_by("commune__insee", "zone", "starts_on").first()
    if first is None:
        raise NoSuchList
    later = rows.exclude(ended_by="").exclude(ended_by=source).order_by("ended_by").first()
    if later is not None:
        raise LaterList(later.ended_by)
    record(
        action=SchemeEvent.ZONINGS_WITHDRAWN,
        target=first,
        by=by,
        now=now,
        scope="reference",
        changes={"source": [source, ""], "created": [rows.count(), 0]},
    )
    count, _rows = rows.delete()
    ZoningList.objects.filter(source=source).delete()
    Zoning.objects.filter(ended_by=source).update(ends_on=None, ended_by="")
    return count
