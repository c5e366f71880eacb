"""The evening behind a personal link: the link alone opens it, whoever holds it."""

from collections.abc import Mapping
from typing import Any

from ancrage.events.queries import personal_token
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9


def own_link(world: World) -> Mapping[str, Any]:
    side = SideFactory(event=EventFactory(territory=world.territory))
    return {"token": personal_token(ParticipantFactory(party__side=side))}


def own_link_and_a_party(world: World) -> Mapping[str, Any]:
    link = own_link(world)
    return {**link, "party": 1}


MATRIX = {
    "my_evening:show": Row("GET", EVERYBODY, own_link),
    "my_evening:refresh": Row("GET", EVERYBODY, own_link),
    "my_evening:worker": Row("GET", EVERYBODY, own_link),
    # Nobody was met: the page comes back and says so.
    "my_evening:mark": Row("POST", (422,) * 9, own_link_and_a_party),
}
