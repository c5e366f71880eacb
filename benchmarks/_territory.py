"""An invented region: people and posts on a map, professions in excess and in shortage."""

import datetime as dt
import random

from ancrage.core.fit.facts import NEVER, Credential, Held, Need, Person, Practice, Zone

# (profession, share of the posts, people per post): doctors are missing, orderlies are not.
PROFESSIONS = (
    ("general_practitioner", 8, 0.5),
    ("physiotherapist", 5, 1.5),
    ("nurse", 26, 4),
    ("care_assistant", 30, 9),
    ("hospital_orderly", 16, 20),
    ("social_worker", 7, 6),
    ("midwife", 3, 1.2),
    ("radiographer", 5, 2),
)
CONTRACTS = ("cdi", "cdd", "civil_servant", "locum")
HOURS = ("day", "night", "12h", "weekend")
TODAY = dt.date(2026, 11, 21)
# A region of 200 km by 150 km, around Nantes.
SOUTH, NORTH, WEST, EAST = 46.6, 48.0, -2.5, -0.3
YES = Credential(Held.YES)


def draw_needs(dice: random.Random, count: int) -> list[Need]:
    """Needs of all professions; a third of them part-time, a few things not said."""
    names, shares, _ratios = zip(*PROFESSIONS, strict=True)
    return [
        Need(
            key=f"n{rank:05}",
            profession=profession,
            fte=dice.choice((20, 50, 50, 80, 100, 100, 100, 100, 100)),
            registration_required=profession != "hospital_orderly",
            commune=f"c{dice.randrange(1500)}",
            latitude=dice.uniform(SOUTH, NORTH),
            longitude=dice.uniform(WEST, EAST),
            starts_on=TODAY + dt.timedelta(days=dice.randrange(180)),
            ends_on=dice.choice((NEVER, NEVER, TODAY + dt.timedelta(days=365))),
            contract=dice.choice(CONTRACTS),
            hours=None if dice.random() < 0.1 else frozenset(dice.sample(HOURS, 2)),
            days=frozenset(),
        )
        for rank, profession in enumerate(dice.choices(names, shares, k=count))
    ]


def draw_people(dice: random.Random, count: int) -> list[Person]:
    """People of all professions, in the proportions of demand and shortage."""
    names, shares, ratios = zip(*PROFESSIONS, strict=True)
    weights = [share * ratio for share, ratio in zip(shares, ratios, strict=True)]
    return [
        _person(dice, f"p{rank:05}", profession)
        for rank, profession in enumerate(dice.choices(names, weights, k=count))
    ]


def _person(dice: random.Random, key: str, profession: str) -> Person:
    home = Zone(
        f"c{dice.randrange(1500)}",
        dice.uniform(SOUTH, NORTH),
        dice.uniform(WEST, EAST),
        max_km=dice.choice((15, 20, 30, 50, 100)),
    )
    registration = dice.choice((YES, YES, YES, YES, Credential()))
    least = dice.choice((20, 50, 80))
    return Person(
        key=key,
        practices=(Practice(profession, "", YES, registration),),
        licences=(),
        zones=(home,),
        available_from=TODAY + dt.timedelta(days=dice.randrange(120)),
        available_to=NEVER,
        contracts=frozenset(dice.sample(CONTRACTS, 3)),
        fte_min=least,
        fte_max=dice.choice((least, 100, 100)),
        hours_accepted=frozenset(dice.sample(HOURS, 3)),
    )
