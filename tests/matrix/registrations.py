"""Events as visitors see them: the same for everybody; a personal link is a key of its own."""

from collections.abc import Mapping
from typing import Any

from ancrage.events.queries import personal_token
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9


def own_link(world: World) -> Mapping[str, Any]:
    side = SideFactory(event=EventFactory(territory=world.territory))
    return {"token": personal_token(ParticipantFactory(party__side=side))}


MATRIX = {
    "registrations:personal": Row("GET", EVERYBODY, own_link),
}
