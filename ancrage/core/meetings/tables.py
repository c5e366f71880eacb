"""A table number for each meeting: hosts keep theirs whenever there are enough.

Tables are numbered from 1. A table already announced stays, unless it is no longer there. A host
keeps one table all along; where more hosts serve than there are tables, a host who comes back
takes its last table if it is free, and otherwise the first one that is.

Complexity: O(n log n) for n meetings, plus the search of a free table.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from ancrage.core.meetings.values import Instance, Meeting

DIGITS = re.compile(r"\d+")
LONGEST_NUMBER = 12


def natural(text: str) -> str:
    """Return a key that sorts « h2 » before « h10 »."""
    return DIGITS.sub(lambda digits: digits[0].zfill(LONGEST_NUMBER), text)


def seated(instance: Instance, meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return the meetings with their tables, sorted by round, table and visitor."""
    meetings = list(meetings)
    given = _given(instance, meetings)
    serving: dict[int, set[str]] = defaultdict(set)
    for one in meetings:
        serving[one.round].add(one.host)
    named = sorted({one.host for one in meetings}, key=lambda host: (natural(host), host))
    rank = {host: number for number, host in enumerate(named)}
    homes = _homes(instance, rank, given)
    last: dict[str, int] = dict(homes)
    at: dict[tuple[str, int], int] = {}
    for when in sorted(serving):
        hosts = sorted(serving[when], key=rank.__getitem__)
        taken = {given[host, when] for host in hosts if (host, when) in given}
        waiting = []
        for host in hosts:
            table = given.get((host, when))
            if table is None:
                table = last.get(host)
                if table is None or table in taken or _is_lost(instance, table, when):
                    waiting.append(host)
                    continue
                taken.add(table)
            at[host, when] = table
        numbers = iter(range(1, len(hosts) + len(taken) + 1))
        for host in waiting:
            table = next(number for number in numbers if number not in taken)
            taken.add(table)
            at[host, when] = table
        for host in hosts:
            last[host] = homes.get(host, at[host, when])
    placed = [(one[2], at[one[0], one[2]], one[1], one[0]) for one in meetings]
    placed.sort()
    return tuple(Meeting(host, visitor, when, table) for when, table, visitor, host in placed)


def _given(instance: Instance, meetings: Iterable[Meeting]) -> dict[tuple[str, int], int]:
    """Return the tables already announced that can still serve, one host each."""
    given: dict[tuple[str, int], int] = {}
    taken: set[tuple[int, int]] = set()
    for host, _visitor, when, table in sorted(meetings, key=lambda one: (one.round, one.card)):
        if table is None or table < 1 or _is_lost(instance, table, when):
            continue
        if (host, when) in given or (table, when) in taken:
            continue
        given[host, when] = table
        taken.add((table, when))
    return given


def _is_lost(instance: Instance, table: int, when: int) -> bool:
    """Whether a table is no longer there in a round: the past had its own."""
    return instance.tables is not None and when >= instance.from_round and table > instance.tables


def _homes(
    instance: Instance, rank: Mapping[str, int], given: Mapping[tuple[str, int], int]
) -> dict[str, int]:
    """Return the table that each host keeps, when there is one for each."""
    if instance.tables is not None and len(rank) > instance.tables:
        return {}
    announced: dict[str, Counter[int]] = defaultdict(Counter)
    for (host, _when), table in given.items():
        if instance.tables is None or table <= instance.tables:
            announced[host][table] += 1
    homes: dict[str, int] = {}
    taken: set[int] = set()
    for host in sorted(announced, key=rank.__getitem__):
        for table, _times in sorted(announced[host].items(), key=lambda item: (-item[1], item[0])):
            if table not in taken:
                homes[host] = table
                taken.add(table)
                break
    free = (number for number in range(1, 2 * len(rank) + 1) if number not in taken)
    for host in rank:
        if host not in homes:
            homes[host] = next(free)
    return homes
