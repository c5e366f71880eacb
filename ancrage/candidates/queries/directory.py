"""Does the directory know a number, and under that name?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.candidates.enums import RppsState
from ancrage.candidates.models import DirectoryEntry


@dataclass(frozen=True)
class Directory:
    """What the loaded directory says of a few numbers: {number: folded name}."""

    names: Mapping[str, str]
    is_loaded: bool

    def state_of(self, rpps: str, *, name_key: str) -> RppsState:
        """Return what it says of a well-formed number and of its bearer's name.

        The family name and one first name must be there: people seldom write all their names.
        """
        if rpps not in self.names:
            return RppsState.ABSENT if self.is_loaded else RppsState.KEY
        known, given = set(self.names[rpps].split()), set(name_key.split())
        same = bool(given and known) and (given <= known or known <= given)
        return RppsState.FOUND if same else RppsState.OTHER_NAME


def directory_of(numbers: Iterable[str]) -> Directory:
    """Return what the directory says of these numbers: two queries at most, none for none."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return Directory({}, is_loaded=False)
    rows = DirectoryEntry.objects.filter(rpps__in=wanted).order_by()
    names = dict(rows.values_list("rpps", "name_key"))
    return Directory(names, is_loaded=bool(names) or DirectoryEntry.objects.exists())


def rpps_state_of(rpps: str, *, name_key: str) -> RppsState:
    """Return what the loaded directory says of one number (see `Directory.state_of`)."""
    return directory_of([rpps]).state_of(rpps, name_key=name_key)
