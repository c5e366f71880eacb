"""Two territories, four structures and nine readers: the stage on which every URL is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ancrage.accounts.models import User
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)

ACTORS = (
    "visitor",
    "candidate",
    "owner",
    "other_employer",
    "coordinator",
    "other_coordinator",
    "welcome_partner",
    "institution",
    "admin",
)


@dataclass(frozen=True)
class World:
    """The rows a section's objects hang on. `owner` manages and signs for `partner`."""

    territory: Territory
    other_territory: Territory
    partner: Partner
    # Another structure of the same territory: the hostile neighbour's.
    neighbour: Partner
    welcome: Partner
    readers: Mapping[str, User | None]


@dataclass(frozen=True)
class Row:
    """One URL of the matrix.

    `statuses` follow `ACTORS`. `make` builds the object the URL is about, owned by
    `world.partner`, and returns the keyword arguments of the URL; `data` is what a POST sends
    (a function of the world where it names rows). What one reader changes is put back before the
    next one asks.
    """

    method: str
    statuses: tuple[int, ...]
    make: Callable[[World], Mapping[str, Any]] = field(default=lambda world: {})
    data: Callable[[World], Mapping[str, Any]] = field(default=lambda world: {})

    def __post_init__(self) -> None:
        if len(self.statuses) != len(ACTORS):
            message = f"a row has {len(ACTORS)} statuses, one an actor: {ACTORS}"
            raise ValueError(message)


def build_world() -> World:
    """Write the stage: `other_employer` recruits for the neighbour, in the same territory."""
    territory = TerritoryFactory(slug="pays-de-retz")
    other_territory = TerritoryFactory(slug="ailleurs")
    partner = PartnerFactory(territory=territory, public=True, name="Hôpital fictif")
    neighbour = PartnerFactory(territory=territory, name="Voisine fictive")
    welcome = PartnerFactory(territory=territory, welcome=True, name="Habitat fictif")
    coordinator = TerritoryRoleFactory(territory=territory).user
    return World(
        territory=territory,
        other_territory=other_territory,
        partner=partner,
        neighbour=neighbour,
        welcome=welcome,
        readers={
            "visitor": None,
            "candidate": UserFactory(),
            "owner": MembershipFactory(partner=partner, manager=True, signatory=True).user,
            "other_employer": MembershipFactory(
                partner=neighbour, manager=True, signatory=True
            ).user,
            "coordinator": coordinator,
            "other_coordinator": TerritoryRoleFactory(territory=other_territory).user,
            "welcome_partner": MembershipFactory(welcome=True, partner=welcome).user,
            "institution": TerritoryRoleFactory(territory=territory, institution=True).user,
            "admin": UserFactory(is_platform_admin=True),
        },
    )
