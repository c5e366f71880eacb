"""Who could become what in a territory, within 12, 24 and 36 months, against what it lacks.

Somebody counts for a profession if a bridge of their own profession leads there, or if they aim
at it; a way that is open to anybody would count everybody for everything. Conditions that nobody
has told are supposed to hold, as in the ways of one person: the page says how many are to check.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ancrage.candidates.enums import CandidateStatus, DiplomaState
from ancrage.candidates.models import Candidate, CandidateProfession, Career
from ancrage.candidates.services.bridging import bridge_people
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.reach import HORIZONS, Alike, arrivals, reliefs, soonest
from ancrage.core.bridges.values import ANYBODY, Path
from ancrage.matching.services.bridging import Shortage, shortages_in
from ancrage.privacy.cells import small_cell
from ancrage.professions.models import Profession, ProfessionBridge
from ancrage.professions.services import network_on
from ancrage.professions.services.telling import Teller, ToldPath
from ancrage.territory.models import Territory

MOST_PEOPLE = 5_000
"""Beyond, those heard from last are counted, and the page says so."""


@dataclass(frozen=True, slots=True)
class Becoming:
    """What a territory lacks of a profession, and how many could hold it within each horizon.

    Counts are None where they are too small to be shown.
    """

    profession: Profession
    shortage: Shortage
    within: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class BecomingTable:
    """Every profession that bridges lead to; `is_partial`: too many people to count all."""

    lines: tuple[Becoming, ...]
    people: int
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who could come to a profession, and by which way at the earliest."""

    key: int
    path: ToldPath

    @property
    def months(self) -> int:
        """Months from the day of the question."""
        return self.path.months


@dataclass(frozen=True, slots=True)
class Closing:
    """What one bridge would bring to a shortage; without a bridge, all of them together.

    `closes_in`: months after which as many people as posts could have come, None if too few.
    """

    bridge: ProfessionBridge | None
    within: tuple[int, ...]
    closes_in: int | None


@dataclass(frozen=True, slots=True)
class Comers:
    """Who could come to a profession, the soonest first, and what each bridge would bring."""

    people: tuple[Comer, ...]
    shortage: Shortage
    closings: tuple[Closing, ...]
    is_partial: bool

    def within(self, months: int) -> int:
        """Return how many could have come by then."""
        return sum(one.months <= months for one in self.people)


def becoming_in(*, territory: Territory, on: date, exact: bool) -> BecomingTable:
    """Return, for each profession, the people within each horizon against the need.

    Without `exact`, counts that would tell of fewer than five people are left out.
    """
    crowd = _Crowd(Candidate.objects.filter(territory=territory), on=on)
    shortages = shortages_in(territory=territory, on=on)
    lines = []
    for profession in crowd.goals():
        found = [(path.months, len(one.people)) for one, path in crowd.soonest(profession.code)]
        counts = [sum(people for at, people in found if at <= months) for months in HORIZONS]
        shortage = shortages.get(profession.code, Shortage(profession.code, 0, 0))
        if found or shortage.posts:
            shown = tuple(counts) if exact else masked_steps(counts)
            lines.append(Becoming(profession, shortage, shown))
    lines.sort(key=lambda one: (-one.shortage.fte_hundredths, one.profession.rank))
    return BecomingTable(tuple(lines), crowd.count, crowd.is_partial)


def comers_to(
    *, territory: Territory, candidates: QuerySet[Candidate], goal: str, on: date
) -> Comers:
    """Return who could come to a profession, and which bridges would close its shortage."""
    crowd = _Crowd(candidates, on=on, goal=goal)
    shortage = shortages_in(territory=territory, on=on).get(goal, Shortage(goal, 0, 0))
    teller = Teller(on=on)
    found = crowd.soonest(goal)
    # People of whom the same is known come by the same path: it is told once.
    told = {id(path): teller.path(path) for _one, path in found}
    people = tuple(Comer(int(one.person[1:]), told[id(one.path)]) for one in arrivals(found))
    closings = tuple(
        Closing(
            teller.bridges[one.bridge] if one.bridge else None,
            tuple(one.within(months) for months in HORIZONS),
            one.closes_in,
        )
        for one in reliefs(crowd.own_ways, crowd.people, goal, shortage.posts)
    )
    return Comers(people, shortage, closings, crowd.is_partial)


def masked_steps(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return counts that grow with time, None where they, or what they add, tell of too few.

    >>> masked_steps([3, 9, 12])
    (None, 9, None)
    >>> masked_steps([0, 0, 6])
    (0, 0, 6)
    """
    shown: list[int | None] = []
    told = 0
    for count in counts:
        if small_cell(count - told):
            shown.append(None)
        else:
            shown.append(count)
            told = count
    return tuple(shown)


class _Crowd:
    """The people of a territory whose profession leads somewhere, or who aim at one."""

    def __init__(
        self, candidates: QuerySet[Candidate], *, on: date, goal: str | None = None
    ) -> None:
        self._network = network_on(on=on)
        self.own_ways = Network(
            bridge for bridge in self._network.bridges if bridge.source != ANYBODY
        )
        rows = candidates.filter(status=CandidateStatus.ACTIVE)
        leading = _upstream(self.own_ways, goal)
        moving = CandidateProfession.objects.filter(profession__code__in=leading)
        told = Career.objects.exclude(titles=[])
        aiming = CandidateProfession.objects.filter(diploma=DiplomaState.AIMED_AT)
        if goal is not None:
            aiming = aiming.filter(profession__code=goal)
        matched = rows.filter(
            Q(pk__in=moving.values("candidate"))
            | Q(pk__in=told.values("candidate"))
            | Q(pk__in=aiming.values("candidate"))
        )
        self.is_partial = matched.count() > MOST_PEOPLE
        # Asked again by each question: thousands of keys take longer to write in one.
        heard_last = matched.order_by("-updated_at", "-pk").values("pk")[:MOST_PEOPLE]
        self.people = bridge_people(candidates=Candidate.objects.filter(pk__in=heard_last), on=on)
        self.count = sum(len(one.people) for one in self.people)
        self._aims: dict[str, set[str]] = defaultdict(set)
        for key, code in (
            aiming.filter(candidate__in=rows.values("pk"))
            .order_by("pk")
            .values_list("candidate", "profession__code")
        ):
            self._aims[code].add(f"c{key}")

    def goals(self) -> list[Profession]:
        """Return the professions that a bridge leads to."""
        targets = {bridge.target for bridge in self._network.bridges}
        return list(Profession.objects.filter(code__in=targets).order_by("rank", "pk"))

    def soonest(self, goal: str) -> list[tuple[Alike, Path]]:
        """Return who could come: by a bridge of their own, or by any if they aim at it."""
        aims = self._aims.get(goal, set())
        own = _among(self.people, lambda key: key not in aims)
        aiming = _among(self.people, aims.__contains__)
        return [*soonest(self.own_ways, own, goal), *soonest(self._network, aiming, goal)]


def _among(people: Iterable[Alike], is_wanted: Callable[[str], bool]) -> list[Alike]:
    wanted = (Alike(one.facts, tuple(filter(is_wanted, one.people))) for one in people)
    return [one for one in wanted if one.people]


def _upstream(network: Network, goal: str | None) -> Collection[str]:
    """Return the titles from which a way leads to the goal (to anything, without one)."""
    if goal is None:
        return {bridge.source for bridge in network.bridges}
    return network.sources_of(goal)
