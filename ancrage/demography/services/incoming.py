"""An official file brought in the browser: read and told, kept only once somebody says so.

A small file is read while its bearer waits, a long one by the outbox. What was brought and never
confirmed is dropped when the next file comes, after a week.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset, FileStatus
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.services.reading.lines import FileRefused
from ancrage.demography.services.reading.official import (
    Draft,
    read_access,
    read_means,
    read_people,
    read_places,
    read_professionals,
    read_roads,
)
from ancrage.demography.services.vintages import Origin, save_vintage
from ancrage.kit.columns import packed, unpacked
from ancrage.kit.outbox import enqueue, handles

READ = "demography.read_file"
MOST_BYTES = 60 * 1024 * 1024
READ_AT_ONCE = 1024 * 1024
KEPT = timedelta(days=7)
SAMPLE = 5

_OF_SOMEBODY: Mapping[Dataset, Callable[..., Draft]] = {
    Dataset.ACCESS: read_access,
    Dataset.PROFESSIONALS: read_professionals,
    Dataset.MEANS: read_means,
}
_OF_NOBODY: Mapping[Dataset, Callable[..., Draft]] = {
    Dataset.PEOPLE: read_people,
    Dataset.ROADS: read_roads,
    Dataset.PLACES: read_places,
}


class FileNotReady(ValidationError):
    """The file is still being read, or was refused."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce fichier n’est pas prêt : attendez la fin de sa lecture."), code="not_ready"
        )


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as its bearer describes it."""

    dataset: Dataset
    care: Care | None
    year: int
    origin: Origin
    filename: str
    sheet: str = ""


def read_dataset(
    dataset: Dataset, care: Care | None, stream: BinaryIO, *, filename: str, sheet: str | None
) -> Draft:
    """Return what a file says. Raises `FileRefused`."""
    if dataset in OF_SOMEBODY:
        return _OF_SOMEBODY[dataset](stream, care=care, filename=filename, sheet=sheet)
    return _OF_NOBODY[dataset](stream, filename=filename, sheet=sheet)


@transaction.atomic
def bring_file(*, brought: Brought, stream: BinaryIO, by: Any, now: datetime) -> VintageFile:
    """Take a file in and read it, at once or by the outbox; nothing of it counts yet."""
    VintageFile.objects.filter(brought_at__lt=now - KEPT).delete()
    content = stream.read()
    file = VintageFile(
        dataset=brought.dataset,
        care=brought.care or "",
        year=brought.year,
        source=brought.origin.source,
        licence=brought.origin.licence,
        url=brought.origin.url,
        filename=brought.filename,
        sheet=brought.sheet,
        size=len(content),
        raw=zlib.compress(content, 1),
        status=FileStatus.WAITING,
        brought_by=by,
        brought_at=now,
    )
    file.full_clean(exclude=["brought_by"])
    file.save()
    if len(content) <= READ_AT_ONCE:
        return read_file(file=file)
    enqueue(key=f"vintage-file:{file.pk}", kind=READ, payload={"file": file.pk}, now=now)
    return file


def read_file(*, file: VintageFile) -> VintageFile:
    """Read a file that was brought; again from the start after a crash."""
    if file.status != FileStatus.WAITING:
        return file
    stream = BytesIO(zlib.decompress(bytes(file.raw)))
    try:
        draft = read_dataset(
            Dataset(file.dataset),
            Care(file.care) if file.care else None,
            stream,
            filename=file.filename,
            sheet=file.sheet or None,
        )
    except FileRefused as refusal:
        file.status, file.sentences = FileStatus.REFUSED, list(refusal.sentences)
    else:
        file.status, file.remarks = FileStatus.READY, list(draft.remarks)
        file.contents, file.lines = packed(draft.columns), draft.lines
        file.sample = _sample(draft)
    file.raw = b""
    file.save()
    return file


@transaction.atomic
def keep_file(*, file: VintageFile, replace: bool, by: Any, now: datetime) -> tuple[Vintage, bool]:
    """Make a vintage of a file that was read, and say whether anything changed.

    Raises:
        FileNotReady: it is not read, or was refused.
        VintageHeld: another file of that year is held, and must not give way.
    """
    if file.status != FileStatus.READY:
        raise FileNotReady
    draft = Draft(
        Dataset(file.dataset),
        Care(file.care) if file.care else None,
        dict(unpacked(bytes(file.contents))),
        tuple(file.remarks),
    )
    kept = save_vintage(
        draft=draft,
        year=file.year,
        origin=Origin(file.source, file.licence, file.url),
        by=by,
        now=now,
        replace=replace,
    )
    file.delete()
    return kept


def drop_file(*, file: VintageFile) -> None:
    """Forget a file that nobody keeps: nothing of it counted."""
    file.delete()


def held_beside(file: VintageFile) -> Vintage | None:
    """Return the vintage that a file would replace; None: there is none."""
    rows = Vintage.objects.defer("contents")
    return rows.filter(dataset=file.dataset, care=file.care, year=file.year).first()


@handles(READ)
def _handle(payload: Mapping[str, Any], now: datetime) -> None:
    file = VintageFile.objects.filter(pk=payload["file"]).first()
    if file is not None:
        read_file(file=file)


def _sample(draft: Draft) -> list[list[Any]]:
    """The first lines, a header above: what its bearer recognises."""
    names = list(draft.columns)
    first = [draft.columns[name][:SAMPLE].tolist() for name in names]
    rows = [[None if one != one else one for one in row] for row in zip(*first, strict=True)]
    return [names, *rows]
