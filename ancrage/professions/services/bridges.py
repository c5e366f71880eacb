"""The ways from one profession to another, read from the rules of the database.

    person = Person("c12", on, titles=(Holding("care_assistant"),), …)
    paths_for(person=person, goal="nurse", on=on)

Titles are the codes of `Qualification`. A personal fact is known by its own name for all bridges;
an agreement or a selection only for one of them: see `fact_key`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ancrage.core.bridges.network import Network
from ancrage.core.bridges.reach import Reach, Relief, alike, reaching, reliefs
from ancrage.core.bridges.search import fastest, paths
from ancrage.core.bridges.values import (
    ANYBODY,
    Bridge,
    Certificate,
    Condition,
    Funding,
    Person,
    Sector,
    Seniority,
    Title,
    Topic,
    Ways,
    Word,
)
from ancrage.professions.enums import ConditionKind, FactTopic, topic_of
from ancrage.professions.models import BridgeFunding, ProfessionBridge
from ancrage.professions.queries import bridges_listed_on, fundings_listed_on
from ancrage.professions.services.telling import Teller, ToldPath, ToldWays


def network_on(*, on: date) -> Network:
    """Return the bridges that the reference lists on a day, whenever their rules are in force."""
    fundings = {funding.code: funding for funding in fundings_listed_on(on)}
    return Network(_bridge(row, fundings) for row in bridges_listed_on(on))


def paths_for(
    *, person: Person, goal: str, on: date, local: Mapping[str, int] | None = None
) -> Ways:
    """Return all the ways to a title that nothing beats, and what is shut.

    `local` is the chance of a post in the territory, in percent, by title.
    """
    return paths(network_on(on=on), person, goal, local=local)


def told_ways(
    *, person: Person, goal: str, on: date, local: Mapping[str, int] | None = None
) -> ToldWays:
    """Return the same with the rules, as pages tell them. Four queries."""
    return Teller(on=on).ways(paths_for(person=person, goal=goal, on=on, local=local))


def goals_of(*, person: Person, on: date) -> list[tuple[str, ToldPath]]:
    """Return every title that a person can reach and does not hold, the soonest first, each with
    its fastest way. Four queries."""
    network, teller = network_on(on=on), Teller(on=on)
    found = [
        (goal, path)
        for goal in sorted({bridge.target for bridge in network.bridges})
        if (path := fastest(network, person, goal)) is not None and path.steps
    ]
    found.sort(key=lambda one: (one[1].months, one[0]))
    return [(goal, teller.path(path)) for goal, path in found]


def people_reaching(*, people: Iterable[Person], goal: str, on: date) -> tuple[Reach, ...]:
    """Return who could reach a title, the soonest first."""
    return reaching(network_on(on=on), alike(people), goal)


def reliefs_for(
    *, people: Iterable[Person], goal: str, posts: int, on: date
) -> tuple[Relief, ...]:
    """Return what all bridges, then each one, would bring to a shortage of so many posts."""
    return reliefs(network_on(on=on), alike(people), goal, posts)


def fact_key(fact: str, bridge: str) -> str:
    """Return the name under which a person's facts tell one: admitted to one school is not to all.

    An agreement or a selection belongs to a bridge; what concerns the person, to none.
    """
    return fact if topic_of(fact) is FactTopic.REQUIREMENT else f"{fact}@{bridge}"


def _bridge(row: ProfessionBridge, fundings: Mapping[str, BridgeFunding]) -> Bridge:
    return Bridge(
        key=row.code,
        source=row.origin.code if row.origin else ANYBODY,
        target=row.target.code,
        months=row.months,
        conditions=_conditions(row.conditions, row.code),
        # One that is no longer listed pays for nothing.
        fundings=tuple(
            _funding(fundings[code], row.code) for code in row.fundings if code in fundings
        ),
        valid_from=row.in_force_from,
        valid_to=row.in_force_to,
        intakes=frozenset(row.intakes),
        fee=row.fee_cents,
        kept_alone=row.kept_alone_percent,
    )


def _funding(row: BridgeFunding, bridge: str) -> Funding:
    return Funding(
        key=row.code,
        sectors=frozenset(map(Sector, row.sectors)),
        conditions=_conditions(row.conditions, bridge),
        kept=row.kept_percent,
        rest=row.rest_cents,
        owed_times=row.owed_times,
        owed_most=row.owed_most_months,
        valid_from=row.in_force_from,
        valid_to=row.in_force_to,
    )


def _conditions(typed: Sequence[Mapping[str, Any]], bridge: str) -> tuple[Condition, ...]:
    return tuple(_condition(one, bridge) for one in typed)


def _condition(one: Mapping[str, Any], bridge: str) -> Condition:
    match one["kind"]:
        case ConditionKind.SENIORITY:
            professions = frozenset(one.get("professions", ()))
            return Seniority(one["months"], professions, one.get("window"))
        case ConditionKind.TITLE:
            return Title(frozenset(one["any_of"]))
        case ConditionKind.CERTIFICATE:
            return Certificate(one["certificate"])
        case _:
            return Word(Topic(topic_of(one["fact"]).value), fact_key(one["fact"], bridge))
