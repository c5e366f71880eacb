"""« Mon projet de vie »: everybody's own page, 404 where there is no project; nobody else's."""

from collections.abc import Mapping
from typing import Any

from tests.factories import (
    CandidateFactory,
    LifeProjectFactory,
    WelcomeTermsFactory,
)
from tests.matrix.world import Row, World

# Everybody with an account may have one; only the candidate of the stage has.
SIGNED_IN = (302, *(200,) * 8)
OWN = (302, 200, *(404,) * 7)
ACT = (302, 302, *(404,) * 7)


def project(world: World) -> Any:
    person = CandidateFactory(territory=world.territory, user=world.readers["candidate"])
    return LifeProjectFactory(subject=person.subject, needs=["housing"])


def mine(world: World) -> Mapping[str, Any]:
    project(world)
    return {}


def need(world: World) -> Mapping[str, Any]:
    project(world)
    return {"kind": "housing"}


def offer(world: World) -> Mapping[str, Any]:
    project(world)
    return {"pk": WelcomeTermsFactory(resource__partner=world.welcome).resource_id}


MATRIX = {
    "life_project:own": Row("GET", SIGNED_IN, mine),
    # Whoever has no profile, or a project already, is led to the page above.
    "life_project:open": Row("GET", (302,) * 9, mine),
    "life_project:edit": Row("GET", OWN, mine),
    "life_project:close": Row("POST", ACT, mine),
    "life_project:withdraw": Row("GET", OWN, mine),
    "life_project:need": Row("GET", OWN, need),
    "life_project:ask": Row("GET", OWN, offer),
    # Of one's own project only: the request named is nobody's here.
    "life_project:cancel": Row(
        "POST", (302, *(404,) * 8), mine, lambda world: {"demande": "999999"}
    ),
}
