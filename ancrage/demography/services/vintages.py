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

from ancrage.demography.enums import Care, Dataset, DemographyEvent
from ancrage.demography.models import Vintage
from ancrage.demography.services.reading.draft import Draft
from ancrage.kit.audit import record
from ancrage.kit.columns import Columns, packed
from ancrage.kit.tabular.sentences import kept


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


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it is kept: nothing is left to compute.

    Attributes:
        dataset: what it says.
        care: about whom; None: about nobody.
        contents: its columns, packed.
        digest: of its columns.
        lines: how many it has.
        remarks: what was mended or noticed, to be worded for each reader.
    """

    dataset: Dataset
    care: Care | None
    contents: bytes
    digest: str
    lines: int
    remarks: tuple[Any, ...]

    @classmethod
    def of(cls, draft: Draft) -> "Packed":
        """Pack what was read: seconds, for the roads of a country."""
        return cls(
            draft.dataset,
            draft.care,
            packed(draft.columns),
            _digest(draft.columns),
            draft.lines,
            tuple(kept(one) for one in draft.remarks),
        )


def save_vintage(
    *,
    draft: Draft,
    year: int,
    origin: Origin,
    by: Any,
    now: datetime,
    replace: bool = False,
) -> tuple[Vintage, bool]:
    """Keep a file that was just read, as `save_packed` does."""
    return save_packed(
        read=Packed.of(draft), year=year, origin=origin, by=by, now=now, replace=replace
    )


@transaction.atomic
def save_packed(
    *,
    read: Packed,
    year: int,
    origin: Origin,
    by: Any,
    now: datetime,
    replace: bool = False,
) -> tuple[Vintage, bool]:
    """Keep a file, and say whether anything changed: the same file twice changes nothing.

    Args:
        read: what it says.
        year: of which it speaks, not that of its publication.
        origin: who publishes it, under which licence.
        by: the person, or None for a command.
        now: when.
        replace: whether a different file of that year gives way.

    Raises:
        VintageHeld: a different file of that year is held.
        ValidationError: the year or the origin makes no sense.
    """
    care, digest = read.care or "", read.digest
    rows = Vintage.objects.select_for_update()
    vintage = rows.filter(dataset=read.dataset, care=care, year=year).first()
    before = None if vintage is None else vintage.digest
    if vintage is None:
        vintage = Vintage(dataset=read.dataset, care=care, year=year)
    elif before == digest and _origin_of(vintage) == origin:
        return vintage, False
    elif before != digest and not replace:
        raise VintageHeld(vintage)
    vintage.source, vintage.licence, vintage.url = origin.source, origin.licence, origin.url
    vintage.lines, vintage.remarks = read.lines, list(read.remarks)
    vintage.contents, vintage.digest = read.contents, digest
    vintage.imported_at, vintage.imported_by = now, by
    vintage.full_clean(validate_unique=False, validate_constraints=True)
    vintage.save()
    record(
        action=DemographyEvent.VINTAGE_SAVED,
        target=vintage,
        by=by,
        now=now,
        changes={"digest": [before, digest], "lines": [None, read.lines]},
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
