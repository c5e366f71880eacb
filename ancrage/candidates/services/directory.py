"""Loading the public directory: numbers and names only, for the checking of numbers.

Layout « PS_LibreAcces_Personne_activite » of the health directory (Agence du numérique en
santé): a text file, `|` between columns, a header line, one line an activity. Of some sixty
columns three are kept, those that say whose a number is; the name is kept folded.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from django.db import transaction

from ancrage.candidates.enums import RppsState
from ancrage.candidates.models import Candidate, DirectoryEntry
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.queries.directory import rpps_state_of
from ancrage.kit.text import fold

_BATCH = 5_000
# « Type d’identifiant PP » of an RPPS number; 0 is the former ADELI.
_RPPS = "8"
_COLUMNS = {
    "type": "type d'identifiant pp",
    "number": "identifiant pp",
    "last_name": "nom d'exercice",
    "first_name": "prenom d'exercice",
    "profession": "code profession",
}


class NotADirectory(Exception):
    """The file has not the columns of the directory; the message names those missing."""


@dataclass(frozen=True)
class DirectoryLoaded:
    """How many numbers were kept, lines passed over, and profiles whose standing changed."""

    numbers: int
    passed_over: int
    profiles: int


@transaction.atomic
def load_directory(*, file: TextIO) -> DirectoryLoaded:
    """Replace the directory by that of a file, then look again for the numbers of profiles.

    Memory does not grow with the file, but for the numbers already met. Raises `NotADirectory`.
    """
    rows = csv.reader(file, delimiter="|", quoting=csv.QUOTE_NONE)
    places = _places(next(rows, []))
    DirectoryEntry.objects.all().delete()
    met: set[str] = set()
    passed_over = 0
    batch: list[DirectoryEntry] = []
    for row in rows:
        entry = _entry(row, places)
        if entry is None or entry.rpps in met:
            passed_over += 1
            continue
        met.add(entry.rpps)
        batch.append(entry)
        if len(batch) == _BATCH:
            DirectoryEntry.objects.bulk_create(batch)
            batch = []
    DirectoryEntry.objects.bulk_create(batch)
    return DirectoryLoaded(
        numbers=len(met), passed_over=passed_over, profiles=_check_again(_with_number())
    )


def _places(header: list[str]) -> Mapping[str, int]:
    folded = [fold(name.lstrip("\ufeff")) for name in header]
    missing = [name for name in _COLUMNS.values() if name not in folded]
    if missing:
        raise NotADirectory(", ".join(missing))
    return {key: folded.index(name) for key, name in _COLUMNS.items()}


def _entry(row: list[str], places: Mapping[str, int]) -> DirectoryEntry | None:
    if len(row) <= max(places.values()) or row[places["type"]].strip() != _RPPS:
        return None
    number = row[places["number"]].strip()
    if len(number) != 11 or not number.isdecimal():
        return None
    return DirectoryEntry(
        rpps=number,
        name_key=name_key_of(row[places["first_name"]], row[places["last_name"]]),
        profession_code=row[places["profession"]].strip()[:4],
    )


def _with_number() -> Iterator[Candidate]:
    return Candidate.objects.exclude(rpps="").order_by("pk").iterator(chunk_size=500)


def _check_again(candidates: Iterable[Candidate]) -> int:
    changed = 0
    for candidate in candidates:
        state = rpps_state_of(candidate.rpps, name_key=candidate.name_key)
        if state != RppsState(candidate.rpps_state):
            Candidate.objects.filter(pk=candidate.pk).update(rpps_state=state)
            changed += 1
    return changed
