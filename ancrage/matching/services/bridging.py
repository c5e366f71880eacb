"""Bridges set against the needs of a territory: where a post waits, who could fill it, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Sum

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import supply_of
from ancrage.candidates.services.bridging import bridge_facts
from ancrage.core.bridges.values import Person
from ancrage.needs.queries import needs_open_in
from ancrage.privacy.cells import K
from ancrage.professions.services import goals_of, told_ways
from ancrage.professions.services.telling import ToldPath, ToldWays
from ancrage.territory.models import Territory

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Shortage:
    """The posts of a profession that wait in a territory; working time in hundredths of FTE."""

    profession: str
    posts: int
    fte_hundredths: int


def shortages_in(*, territory: Territory, on: date) -> dict[str, Shortage]:
    """Return what waits in a territory on a day, by code of profession. One query."""
    rows = (
        needs_open_in(territory, on=on)
        .order_by()
        .values_list("profession__code")
        .annotate(posts=Sum("positions"), fte=Sum(F("positions") * F("fte_hundredths")))
    )
    return {code: Shortage(code, posts, fte) for code, posts, fte in rows}


def local_chances(*, territory: Territory, on: date) -> Mapping[str, int]:
    """Return the chance of a local post in each profession wanted, in percent, by its code.

    The posts open for one person who looks for one: those who look, and the newcomer. Fewer than
    `K` people count as `K - 1`, so that the figure designates nobody. Two queries.
    """
    people = supply_of(territory, since=on, until=on + YEAR).by_profession
    rows = (
        needs_open_in(territory, on=on)
        .order_by()
        .values_list("profession", "profession__code")
        .annotate(posts=Sum("positions"))
    )
    return {
        code: min(100, 100 * posts // (max(people.get(key, 0), K - 1) + 1))
        for key, code, posts in rows
    }


# --- The ways of one person ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What the platform knows of a person for the bridges, by codes of titles.

    `works`: title, full-time months (None: untold), last day (None: it goes on).
    `papers`: kind of certificate, last day of validity.
    """

    titles: tuple[tuple[str, bool], ...]
    works: tuple[tuple[str, int | None, date | None], ...]
    sector: str
    papers: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class PersonalWays:
    """The ways to a goal if one is chosen; otherwise every title in reach, with its fastest."""

    known: Known
    ways: ToldWays | None
    goals: tuple[tuple[str, ToldPath], ...]
    # The keys of the facts that the ways ask, with those answered before.
    asked: tuple[str, ...]
    # The titles whose work counts on these ways.
    counted: tuple[str, ...]


def ways_of(*, candidate: Candidate, goal: str, on: date) -> PersonalWays:
    """Return the ways of a person from a day, or all they can reach if no goal is told."""
    person = bridge_facts(candidate=candidate, on=on)
    told = tuple(key for key, _answer in sorted(person.words))
    held = tuple(dict.fromkeys(one.title for one in person.titles))
    if not goal:
        goals = tuple(goals_of(person=person, on=on))
        return PersonalWays(_known(person), None, goals, told, held)
    local = local_chances(territory=candidate.territory, on=on)
    ways = told_ways(person=person, goal=goal, on=on, local=local)
    checks = [check for path in ways.paths for step in path.steps for check in step.checks]
    asked = dict.fromkeys([*(check.key for check in checks if check.key), *told])
    counted = dict.fromkeys(
        title for check in checks for title in check.condition.get("professions", ())
    )
    gained = {step.bridge.target.code for path in ways.paths for step in path.steps}
    # Work in a title that the way itself gives is not asked of who does not hold it.
    works = tuple(title for title in (*held, *counted) if title in held or title not in gained)
    return PersonalWays(_known(person), ways, (), tuple(asked), tuple(dict.fromkeys(works)))


def _known(person: Person) -> Known:
    return Known(
        tuple((one.title, one.sure) for one in person.titles),
        tuple((one.profession, one.months, one.until) for one in person.practices or ()),
        person.sector.value if person.sector else "",
        tuple((one.kind, one.valid_to) for one in person.papers),
    )
