"""Does the directory know a number, and under that name?"""

from ancrage.candidates.enums import RppsState
from ancrage.candidates.models import DirectoryEntry


def rpps_state_of(rpps: str, *, name_key: str) -> RppsState:
    """Return what the loaded directory says of a well-formed number and of its bearer's name.

    The family name and one first name must be there: people seldom write all their names.
    """
    entry = DirectoryEntry.objects.filter(rpps=rpps).order_by().first()
    if entry is None:
        return RppsState.ABSENT if DirectoryEntry.objects.exists() else RppsState.KEY
    known, given = set(entry.name_key.split()), set(name_key.split())
    same = bool(given and known) and (given <= known or known <= given)
    return RppsState.FOUND if same else RppsState.OTHER_NAME
