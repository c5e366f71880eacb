"""The desk of the welcome: the coordination of the person's territory, and nobody else."""

from collections.abc import Mapping
from typing import Any

from tests.factories import (
    CandidateFactory,
    JourneyFactory,
    LifeProjectFactory,
    WelcomeTermsFactory,
)
from tests.matrix.world import Row, World

# Another coordination has a list of its own.
LISTS = (302, 403, 403, 403, 200, 200, 403, 403, 403)
READ = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def _project(world: World) -> Any:
    person = CandidateFactory(territory=world.territory)
    JourneyFactory(candidate=person, advisor=world.readers["coordinator"])
    return LifeProjectFactory(subject=person.subject, needs=["housing"])


def project(world: World) -> Mapping[str, Any]:
    return {"pk": _project(world).pk}


def offer(world: World) -> Mapping[str, Any]:
    terms = WelcomeTermsFactory(resource__partner=world.welcome)
    return {"pk": _project(world).pk, "offer": terms.resource_id}


MATRIX = {
    "concierge_desk:list": Row("GET", LISTS),
    "concierge_desk:export": Row("GET", LISTS),
    "concierge_desk:unmet": Row("GET", LISTS),
    "concierge_desk:detail": Row("GET", READ, project),
    "concierge_desk:ask": Row("GET", READ, offer),
    # The request named is nobody's.
    "concierge_desk:cancel": Row(
        "POST", (302, 403, 403, 403, 404, 404, 403, 403, 403), project, lambda w: {"demande": "0"}
    ),
    "concierge_desk:outcome": Row("GET", READ, project),
}
