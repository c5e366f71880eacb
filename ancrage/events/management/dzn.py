"""Instances of the public benchmark of business-to-business meetings (MiniZinc data)."""

import re
from collections.abc import Sequence

from ancrage.core.meetings.compact.values import Appointment, CompactInstance
from ancrage.kit.management.reading import BadFile

STATEMENT = re.compile(r"(\w+)\s*=\s*([^;]*);")
MORNING, AFTERNOON, ANY = 1, 2, 3


def read_dzn(text: str) -> CompactInstance:
    """Read an instance: people, meetings and rounds, numbered from 1 in the file.

    Raises:
        BadFile: something is missing, or is not what the format says.
    """
    data = dict(STATEMENT.findall(text))
    people, meetings = _number(data, "nBusiness"), _number(data, "nMeetings")
    rounds, morning = _number(data, "nTotalSlots"), _number(data, "nMorningSlots")
    rows = [_numbers(row) for row in _text(data, "requested").split("|")]
    requested = [row for row in rows if row]
    if len(requested) != meetings or any(len(row) != 3 for row in requested):
        raise BadFile(f"« requested » doit avoir {meetings} lignes de trois nombres.")
    sessions = {
        MORNING: frozenset(range(morning)),
        AFTERNOON: frozenset(range(morning, rounds)),
        ANY: frozenset(range(rounds)),
    }
    fixed = _numbers(data.get("fixed", "")) or [0] * meetings
    before = _sets(data.get("precedences", "")) or [[] for _meeting in requested]
    absent = _sets(data.get("forbidden", "")) or [[] for _person in range(people)]
    if (len(fixed), len(before), len(absent)) != (meetings, meetings, people):
        raise BadFile(
            "« fixed », « precedences » ou « forbidden » : la longueur n’est pas la bonne."
        )
    appointments = []
    for (first, second, session), slot, earlier in zip(requested, fixed, before, strict=True):
        if session not in sessions:
            raise BadFile(f"La session {session} n’est ni 1, ni 2, ni 3.")
        suits = frozenset({slot - 1}) if slot else sessions[session]
        after = frozenset(other - 1 for other in earlier if other)
        appointments.append(Appointment(first - 1, second - 1, suits, after))
    return CompactInstance(
        people,
        rounds,
        _number(data, "nTables"),
        tuple(appointments),
        tuple(frozenset(slot - 1 for slot in own if slot) for own in absent),
    )


def _text(data: dict[str, str], name: str) -> str:
    if name not in data:
        raise BadFile(f"Il manque « {name} ».")
    return data[name]


def _number(data: dict[str, str], name: str) -> int:
    numbers = _numbers(_text(data, name))
    if len(numbers) != 1:
        raise BadFile(f"« {name} » doit être un nombre entier.")
    return numbers[0]


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text)]


def _sets(text: str) -> Sequence[list[int]]:
    return [_numbers(own) for own in re.findall(r"\{([^}]*)\}", text)]
