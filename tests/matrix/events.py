"""Events for those who organise them: the coordination of their territory alone."""

from collections.abc import Mapping
from typing import Any

from tests.factories import EventFactory
from tests.matrix.world import Row, World

LIST = (302, 403, 403, 403, 200, 200, 403, 403, 403)
ORGANISE = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def event(world: World) -> Mapping[str, Any]:
    return {"pk": EventFactory(territory=world.territory).pk}


MATRIX = {
    "events:list": Row("GET", LIST),
    "events:detail": Row("GET", ORGANISE, event),
}
