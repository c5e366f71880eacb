"""A version of the timetable, read in every way: figures, sheets, wishes, changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ancrage.events.enums import SideRole, TimetableStatus, WishKind
from ancrage.events.models import Event, Meeting, Timetable, Wish
from ancrage.events.queries.parties import Named

# Figures tell of at least so many meetings, whatever is guaranteed.
LEVELS_SHOWN = 3


def versions_of(event: Event) -> QuerySet[Timetable]:
    """Return the versions that are computed, the last first, with how many meetings each has."""
    return (
        Timetable.objects.filter(event=event, status=TimetableStatus.DONE)
        .select_related("made_by")
        .defer("instance")
        .annotate(meeting_count=Count("meetings"))
        .order_by("-version")
    )


def meetings_in(timetable: Timetable) -> list[Meeting]:
    """Return the meetings of a version, by round, then by table."""
    return list(
        Meeting.objects.filter(timetable=timetable)
        .select_related("table")
        .order_by("round", "table__number", "pk")
    )


def wishes_in(event: Event) -> list[Wish]:
    """Return the wishes to meet (not the refusals), the dearest first."""
    return list(
        Wish.objects.filter(event=event, kind=WishKind.WANTED).order_by("rank", "by", "about")
    )


@dataclass(frozen=True, slots=True)
class SideFigures:
    """What one side has: meetings of the one that has fewest, and on average; wishes met."""

    role: str
    people: int
    fewest: int
    mean: float
    wishes: int
    met: int
    first_wishes: int
    first_met: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a version is worth, party by party: a team or a couple counts for one.

    `levels` gives, for 1, 2… meetings, how many parties have at least as many.
    """

    parties: int
    meetings: int
    levels: tuple[tuple[int, int], ...]
    sides: tuple[SideFigures, ...]
    busiest: int

    @property
    def without(self) -> int:
        """How many have no meeting at all."""
        return self.parties - self.levels[0][1]


def figures_of(
    meetings: Iterable[tuple[int, int, int]],
    parties: Mapping[int, str],
    wishes: Iterable[tuple[int, int, int]],
    *,
    guarantee: int,
) -> Figures:
    """Return the figures of meetings (round, host, visitor).

    `parties` gives the role of each that holds a place, `wishes` are (by, about, rank).
    """
    meetings = list(meetings)
    met: Counter[int] = Counter()
    tables: dict[int, set[int]] = defaultdict(set)
    pairs: set[tuple[int, int]] = set()
    for when, host, visitor in meetings:
        met[host] += 1
        met[visitor] += 1
        tables[when].add(host)
        pairs |= {(host, visitor), (visitor, host)}
    wishes = [one for one in wishes if one[0] in parties and one[1] in parties]
    highest = max(LEVELS_SHOWN, guarantee)
    return Figures(
        parties=len(parties),
        meetings=len(meetings),
        levels=tuple(
            (level, sum(met[party] >= level for party in parties))
            for level in range(1, highest + 1)
        ),
        sides=tuple(
            _side(role, [one for one in parties if parties[one] == role], met, wishes, pairs)
            for role in (SideRole.HOST, SideRole.VISITOR)
        ),
        busiest=max((len(hosts) for hosts in tables.values()), default=0),
    )


def _side(
    role: str,
    own: Sequence[int],
    met: Mapping[int, int],
    wishes: Sequence[tuple[int, int, int]],
    pairs: Collection[tuple[int, int]],
) -> SideFigures:
    members = set(own)
    counts = [met[party] for party in own]
    theirs = [one for one in wishes if one[0] in members]
    first = [one for one in theirs if one[2] == 1]
    return SideFigures(
        role=role,
        people=len(own),
        fewest=min(counts, default=0),
        mean=sum(counts) / len(counts) if counts else 0.0,
        wishes=len(theirs),
        met=sum(one[:2] in pairs for one in theirs),
        first_wishes=len(first),
        first_met=sum(one[:2] in pairs for one in first),
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What changes for a party from one version to another: (round, other party) each."""

    party: Named
    lost: tuple[tuple[int, Named], ...]
    gained: tuple[tuple[int, Named], ...]
    moved: tuple[tuple[int, int, Named], ...]


def changes_between(
    before: Iterable[Meeting], after: Iterable[Meeting], parties: Mapping[int, Named]
) -> list[Changed]:
    """Return the parties whose evening differs, in the order of their names.

    A meeting at another table of the same round is no change: the round and the person are kept.
    """
    first, second = _rounds_of(before), _rounds_of(after)
    found = []
    for key in sorted({*first, *second} & set(parties)):
        old, new = first.get(key, {}), second.get(key, {})
        lost = tuple((old[other], parties[other]) for other in old if other not in new)
        gained = tuple((new[other], parties[other]) for other in new if other not in old)
        moved = tuple(
            (old[other], new[other], parties[other])
            for other in old
            if other in new and old[other] != new[other]
        )
        if lost or gained or moved:
            found.append(Changed(parties[key], _by_round(lost), _by_round(gained), moved))
    return sorted(found, key=lambda one: (one.party.role, one.party.label, one.party.pk))


def _by_round(pairs: Iterable[tuple[int, Named]]) -> tuple[tuple[int, Named], ...]:
    return tuple(sorted(pairs, key=lambda one: (one[0], one[1].pk)))


def _rounds_of(meetings: Iterable[Meeting]) -> Mapping[int, dict[int, int]]:
    """Return, for each party, the round of each party it meets."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for one in meetings:
        found[one.host_id][one.visitor_id] = one.round
        found[one.visitor_id][one.host_id] = one.round
    return found
