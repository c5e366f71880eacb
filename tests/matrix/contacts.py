"""First contacts: anybody writes, the coordination of the territory reads."""

from tests.factories import ContactRequestFactory
from tests.matrix.world import Row, World


def _request(world: World) -> dict[str, int]:
    return {"pk": ContactRequestFactory(territory=world.territory).pk}


COORDINATION_READS = (302, 403, 403, 403, 200, 404, 403, 403, 403)
COORDINATION_ACTS = (302, 403, 403, 403, 302, 404, 403, 403, 403)

COORDINATIONS = (302, 403, 403, 403, 200, 200, 403, 403, 403)

MATRIX = {
    "contacts:contact": Row("GET", (200,) * 9),
    "contacts:thanks": Row("GET", (200,) * 9),
    # The other territory's coordination has a queue of its own: 200, and this request not in it.
    "contacts:list": Row("GET", COORDINATIONS),
    "contacts:export": Row("GET", COORDINATIONS),
    "contacts:detail": Row("GET", COORDINATION_READS, _request),
    "contacts:answer": Row("POST", COORDINATION_ACTS, _request),
    "contacts:reopen": Row("POST", COORDINATION_ACTS, _request),
}
