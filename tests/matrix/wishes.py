"""Wishes, behind a personal link: the link alone opens them, whoever holds it."""

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
    "wishes:choose": Row("GET", EVERYBODY, own_link),
    # An empty form: the page comes back with what is wrong.
    "wishes:say": Row("POST", (422,) * 9, own_link),
}
