"""An official file brought in the browser: read and told, kept only once somebody says so.

A small file is read while its bearer waits, a long one by the outbox, which says how far it is;
dropping the file stops it. What was brought and never confirmed is forgotten after a week.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from time import monotonic
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset, FileStatus
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.services.covering import codes_told, covered_by
from ancrage.demography.services.reading.draft import Draft
from ancrage.demography.services.reading.lines import FileRefused, Watch, unwatched
from ancrage.demography.services.reading.official import (
    read_access,
    read_means,
    read_people,
    read_places,
    read_roads,
)
from ancrage.demography.services.reading.professionals import read_professionals
from ancrage.demography.services.reading.sheets import sheets_of
from ancrage.demography.services.vintages import Origin, Packed, save_packed
from ancrage.kit.outbox import enqueue, handles
from ancrage.kit.refusals import Refusal
from ancrage.kit.tabular.sentences import kept, say
from ancrage.privacy.retention import purges

READ = "demography.read_file"
MOST_BYTES = 60 * 1024 * 1024
READ_AT_ONCE = 1024 * 1024
KEPT = timedelta(days=7)
# A file that is not read may name people.
UNREAD = timedelta(days=1)
# A reading says that it goes on more often than this; unheard of for longer, it was killed.
SILENCE = timedelta(minutes=2)
LOOK_AGAIN = timedelta(minutes=10)
# A reading that was killed as often will be again.
MOST_ATTEMPTS = 5
SAMPLE = 5
_HEARD_EVERY = 10.0

# What the sheets of a workbook have in common.
_DESCRIBED = ("dataset", "care", "source", "licence", "url", "filename", "size", "raw")

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


class FileNotReady(Refusal):
    """The file is still being read, or was refused."""

    sentence = _("Ce fichier n’est pas prêt : attendez la fin de sa lecture.")
    known_as = "not_ready"


class NoSheet(Refusal):
    """Nothing was chosen among the sheets of a workbook."""

    sentence = _("Cochez une feuille au moins.")
    known_as = "no_sheet"


class SameYear(Refusal):
    """Two sheets cannot be the file of one year."""

    sentence = _("Deux feuilles portent la même année : donnez à chacune la sienne.")
    known_as = "same_year"


class FewCommunes(Refusal):
    """A territory would lose what it reads, and nobody said that it is meant."""

    sentence = _(
        "Ce fichier ne dit rien, ou presque, d’un territoire : cochez la case pour le garder tout"
        " de même, ou abandonnez-le."
    )
    known_as = "few_communes"


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
    dataset: Dataset,
    care: Care | None,
    stream: BinaryIO,
    *,
    filename: str,
    sheet: str | None,
    watch: Watch = unwatched,
) -> Draft:
    """Return what a file says. Raises `FileRefused`."""
    told: dict[str, Any] = {"filename": filename, "sheet": sheet, "watch": watch}
    if dataset in OF_SOMEBODY:
        return _OF_SOMEBODY[dataset](stream, care=care, **told)
    return _OF_NOBODY[dataset](stream, **told)


@transaction.atomic
def bring_file(*, brought: Brought, stream: BinaryIO, by: Any, now: datetime) -> VintageFile:
    """Take a file in and read it, at once or by the outbox; nothing of it counts yet.

    A workbook of which several sheets may be meant waits for somebody to choose.
    """
    forget_files(now=now)
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
        sheets=() if brought.sheet else _sheets(brought, content),
        size=len(content),
        raw=content,
        status=FileStatus.WAITING,
        brought_by=by,
        brought_at=now,
    )
    if file.sheets:
        file.status = FileStatus.CHOOSING
    file.full_clean(exclude=["brought_by"])
    file.save()
    return file if file.sheets else _begin(file, now)


@transaction.atomic
def choose_sheets(
    *, file: VintageFile, years: Mapping[str, int], by: Any, now: datetime
) -> list[VintageFile]:
    """Read some sheets of a workbook, each as the file of its year; return one file by sheet.

    Raises:
        FileNotReady: there is nothing to choose in it.
        NoSheet: none is chosen, or one that is not there.
        SameYear: two would be the file of one year.
    """
    if file.status != FileStatus.CHOOSING:
        raise FileNotReady
    if not years or not set(years) <= set(file.sheets):
        raise NoSheet
    if len(set(years.values())) < len(years):
        raise SameYear
    found = []
    for sheet, year in years.items():
        one = VintageFile(
            **{name: getattr(file, name) for name in _DESCRIBED},
            sheet=sheet,
            year=year,
            status=FileStatus.WAITING,
            brought_by=by,
            brought_at=now,
        )
        one.full_clean(exclude=["brought_by"])
        one.save()
        found.append(one)
    file.delete()
    return [_begin(one, now) for one in found]


def _begin(file: VintageFile, now: datetime) -> VintageFile:
    if file.size <= READ_AT_ONCE:
        return read_file(file=file, now=now)
    enqueue(key=f"vintage-file:{file.pk}", kind=READ, payload={"file": file.pk}, now=now)
    return file


def read_file(*, file: VintageFile, now: datetime) -> VintageFile:
    """Read a file that was brought; again from the start after a crash.

    Stops, and leaves nothing, when the file is dropped meanwhile or read by another process.
    """
    waiting = VintageFile.objects.filter(pk=file.pk, status=FileStatus.WAITING)
    if not waiting.update(attempt=F("attempt") + 1, progress=0, progressed_at=now):
        return file
    file.refresh_from_db()
    following = _Following(waiting.filter(attempt=file.attempt), now)
    try:
        found = _read(file, following)
    except _ReadingStopped:
        return file
    # What was brought may name people: once read, only what was counted is kept.
    following.rows.update(**found, raw=b"", progress=100)
    return VintageFile.objects.filter(pk=file.pk).first() or file


def _read(file: VintageFile, watch: Watch) -> dict[str, Any]:
    """What a reading finds, by the names of the fields."""
    try:
        draft = read_dataset(
            Dataset(file.dataset),
            Care(file.care) if file.care else None,
            BytesIO(file.raw),
            filename=file.filename,
            sheet=file.sheet or None,
            watch=watch,
        )
    except FileRefused as refusal:
        return {
            "status": FileStatus.REFUSED,
            "sentences": [kept(one) for one in refusal.sentences],
        }
    found = Packed.of(draft)
    return {
        "status": FileStatus.READY,
        "remarks": list(found.remarks),
        "contents": found.contents,
        "digest": found.digest,
        "codes": codes_told(draft.columns),
        "lines": found.lines,
        "sample": _sample(draft),
    }


class _ReadingStopped(Exception):
    """The file was dropped, or another process reads it."""


class _Following:
    """Writes how far a reading is, and stops one that nobody wants any more."""

    def __init__(self, rows: QuerySet[VintageFile], now: datetime) -> None:
        self.rows = rows
        self._now = now
        self._begun = monotonic()
        self._told = (0, 0.0)

    def __call__(self, share: float) -> None:
        percent, spent = min(99, int(share * 100)), monotonic() - self._begun
        if percent == self._told[0] and spent - self._told[1] < _HEARD_EVERY:
            return
        self._told = (percent, spent)
        at = self._now + timedelta(seconds=spent)
        if not self.rows.update(progress=percent, progressed_at=at):
            raise _ReadingStopped


def is_silent(*, file: VintageFile, now: datetime) -> bool:
    """Tell whether a reading that had begun is not heard of any more: a process was killed."""
    return (
        file.status == FileStatus.WAITING
        and file.progressed_at is not None
        and now - file.progressed_at > SILENCE
    )


@transaction.atomic
def keep_file(
    *, file: VintageFile, replace: bool, by: Any, now: datetime, although_few: bool = False
) -> tuple[Vintage, bool]:
    """Make a vintage of a file that was read, and say whether anything changed.

    Args:
        file: as it was read.
        replace: whether a different file of that year gives way.
        by: who keeps it.
        now: when.
        although_few: whether it is kept even if it tells nearly nothing of a territory.

    Raises:
        FileNotReady: it is not read, or was refused.
        FewCommunes: it tells nearly nothing of a territory, and it was not said to be meant.
        VintageHeld: another file of that year is held, and must not give way.
    """
    if file.status != FileStatus.READY:
        raise FileNotReady
    if not although_few and any(one.is_poor for one in covered_by(file)):
        raise FewCommunes
    read = Packed(
        Dataset(file.dataset),
        Care(file.care) if file.care else None,
        bytes(file.contents),
        file.digest,
        file.lines,
        tuple(file.remarks),
    )
    saved = save_packed(
        read=read,
        year=file.year,
        origin=Origin(file.source, file.licence, file.url),
        by=by,
        now=now,
        replace=replace,
    )
    file.delete()
    return saved


def drop_file(*, file: VintageFile) -> None:
    """Forget a file that nobody keeps: nothing of it counted."""
    file.delete()


def next_of(file: VintageFile) -> VintageFile | None:
    """Return another sheet of the same workbook that waits to be kept; None: none is left."""
    rows = VintageFile.objects.defer("raw", "contents").filter(
        filename=file.filename, brought_by=file.brought_by, status=FileStatus.READY
    )
    return rows.exclude(pk=file.pk).order_by("-year", "pk").first()


def held_beside(file: VintageFile) -> Vintage | None:
    """Return the vintage that a file would replace; None: there is none."""
    rows = Vintage.objects.defer("contents")
    return rows.filter(dataset=file.dataset, care=file.care, year=file.year).first()


@purges("demography_files")
def forget_files(*, now: datetime) -> int:
    """Forget the files that nobody kept; after a day, those that were not read: they may name
    people. Return how many."""
    unread = Q(status__in=(FileStatus.WAITING, FileStatus.CHOOSING), brought_at__lt=now - UNREAD)
    old = VintageFile.objects.filter(unread | Q(brought_at__lt=now - KEPT))
    count, _rows = old.delete()
    return count


@handles(READ)
def _handle(payload: Mapping[str, Any], now: datetime) -> None:
    file = VintageFile.objects.filter(pk=payload["file"]).first()
    if file is None:
        return
    if file.progressed_at is not None and not is_silent(file=file, now=now):
        # Another process reads it: look again later, lest it be killed.
        enqueue(
            key=f"vintage-file:{file.pk}:{now.isoformat()}",
            kind=READ,
            payload=payload,
            now=now,
            run_at=now + LOOK_AGAIN,
        )
        return
    if file.attempt >= MOST_ATTEMPTS:
        _give_up(file)
        return
    read_file(file=file, now=now)


def _give_up(file: VintageFile) -> None:
    waiting = VintageFile.objects.filter(pk=file.pk, status=FileStatus.WAITING)
    said = say(
        "%(file)s : la lecture s’est interrompue %(count)d fois. Le fichier est sans doute trop "
        "lourd pour cette machine : n’en gardez que les départements utiles.",
        file=file.filename,
        count=file.attempt,
    )
    waiting.update(status=FileStatus.REFUSED, sentences=[kept(said)], raw=b"")


def _sheets(brought: Brought, content: bytes) -> tuple[str, ...]:
    """The sheets to choose from: none where there is no choice, or no table at all."""
    try:
        found = sheets_of(
            brought.dataset, brought.care, BytesIO(content), filename=brought.filename
        )
    except FileRefused:
        return ()
    return found if len(found) > 1 else ()


def _sample(draft: Draft) -> list[list[Any]]:
    """The first lines, a header above: what its bearer recognises."""
    names = list(draft.columns)
    first = [draft.columns[name][:SAMPLE].tolist() for name in names]
    rows = [[None if one != one else one for one in row] for row in zip(*first, strict=True)]
    return [names, *rows]
