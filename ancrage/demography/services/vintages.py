"""Vintages of official files: saved whole, side by side, never mixed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import DemographyEvent
from ancrage.demography.models import Vintage
from ancrage.demography.services.reading.draft import Draft
from ancrage.kit.audit import record
from ancrage.kit.columns import Columns, packed


class VintageHeld(ValidationError):
    """Another file of that year is held already, and it is not the same."""

    def __init__(self, held: Vintage) -> None:
        super().__init__(
            _(
                "Ce millésime est déjà là (%(vintage)s, importé le %(day)s) : demandez à le "
                "remplacer, ou changez l’année."
            ),
            code="held",
            params={
                "vintage": held,
                "day": date_format(timezone.localdate(held.imported_at), "SHORT_DATE_FORMAT"),
            },
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from; shown on every page that uses it."""

    source: str
    licence: str
    url: str = ""


@transaction.atomic
def save_vintage(
    *,
    draft: Draft,
    year: int,
    origin: Origin,
    by: Any,
    now: datetime,
    replace: bool = False,
) -> tuple[Vintage, bool]:
    """Keep a file, and say whether anything changed: the same file twice changes nothing.

    Args:
        draft: as it was read.
        year: of which it speaks, not that of its publication.
        origin: who publishes it, under which licence.
        by: the person, or None for a command.
        now: when.
        replace: whether a different file of that year gives way.

    Raises:
        VintageHeld: a different file of that year is held.
        ValidationError: the year or the origin makes no sense.
    """
    contents = packed(draft.columns)
    digest = _digest(draft.columns)
    rows = Vintage.objects.select_for_update()
    vintage = rows.filter(dataset=draft.dataset, care=draft.care or "", year=year).first()
    before = None if vintage is None else vintage.digest
    if vintage is None:
        vintage = Vintage(dataset=draft.dataset, care=draft.care or "", year=year)
    elif before == digest and _origin_of(vintage) == origin:
        return vintage, False
    elif before != digest and not replace:
        raise VintageHeld(vintage)
    vintage.source, vintage.licence, vintage.url = origin.source, origin.licence, origin.url
    vintage.lines, vintage.remarks = draft.lines, list(draft.remarks)
    vintage.contents, vintage.digest = contents, digest
    vintage.imported_at, vintage.imported_by = now, by
    vintage.full_clean(validate_unique=False, validate_constraints=True)
    vintage.save()
    record(
        action=DemographyEvent.VINTAGE_SAVED,
        target=vintage,
        by=by,
        now=now,
        changes={"digest": [before, digest], "lines": [None, draft.lines]},
    )
    return vintage, True


@transaction.atomic
def forget_vintage(*, vintage: Vintage, by: Any, now: datetime) -> None:
    """Drop a file that should not have been taken in."""
    record(action=DemographyEvent.VINTAGE_FORGOTTEN, target=vintage, by=by, now=now)
    vintage.delete()


def _digest(columns: Columns) -> str:
    # Not of the block: archives hold the hour they were made.
    digest = hashlib.sha256()
    for name in sorted(columns):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(columns[name]).tobytes())
    return digest.hexdigest()


def _origin_of(vintage: Vintage) -> Origin:
    return Origin(source=vintage.source, licence=vintage.licence, url=vintage.url)
