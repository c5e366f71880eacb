"""Paper of an event: the coordination of its territory alone."""

from collections.abc import Mapping
from typing import Any

from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.matrix.world import Row, World

READ = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def _event(world: World) -> Any:
    event = EventFactory(territory=world.territory)
    ParticipantFactory(party__side=SideFactory(event=event))
    return event


def event(world: World) -> Mapping[str, Any]:
    return {"pk": _event(world).pk}


def badges(world: World) -> Mapping[str, Any]:
    return {"pk": _event(world).pk, "kind": "badges"}


MATRIX = {
    "handouts:index": Row("GET", READ, event),
    # The file itself is the answer.
    "handouts:take": Row(
        "POST", READ, badges, lambda world: {"reason": "Badges de la soirée fictive"}
    ),
}
