"""The pages of the demo: anywhere else, they do not exist."""

from collections.abc import Mapping
from typing import Any

from tests.factories import EventFactory
from tests.matrix.world import Row, World

NO_SUCH_PAGE = (302, 404, 404, 404, 404, 404, 404, 404, 404)


def event(world: World) -> Mapping[str, Any]:
    return {"pk": EventFactory(territory=world.territory).pk}


MATRIX = {
    "demo:evening": Row("GET", NO_SUCH_PAGE, event),
    "demo:play": Row("POST", NO_SUCH_PAGE, event),
    "demo:replay": Row("POST", NO_SUCH_PAGE, event),
}
