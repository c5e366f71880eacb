"""After the evening: one's own link for whoever came, the report for those who organise."""

from collections.abc import Mapping
from typing import Any

from ancrage.events.queries import personal_token
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
LIST = (302, 403, 403, 403, 200, 200, 403, 403, 403)
ORGANISE = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def own_link(world: World) -> Mapping[str, Any]:
    side = SideFactory(event=EventFactory(territory=world.territory))
    return {"token": personal_token(ParticipantFactory(party__side=side))}


def own_link_and_a_question(world: World) -> Mapping[str, Any]:
    link = own_link(world)
    return {**link, "pk": 1}


def the_event(world: World) -> Mapping[str, Any]:
    return {"pk": EventFactory(territory=world.territory).pk}


MATRIX = {
    "outcomes:own": Row("GET", EVERYBODY, own_link),
    # Empty forms: the page comes back with what is wrong.
    "outcomes:answer": Row("POST", (422,) * 9, own_link_and_a_question),
    "outcomes:feedback": Row("POST", (422,) * 9, own_link),
    "outcomes:report": Row("GET", ORGANISE, the_event),
    "outcomes:export": Row("GET", ORGANISE, the_event),
    "outcomes:compared": Row("GET", LIST),
}
