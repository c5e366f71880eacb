"""Events as visitors see them: the same for everybody; a personal link is a key of its own."""

from collections.abc import Mapping
from typing import Any

from ancrage.events.enums import EventState
from ancrage.events.queries import personal_token
from ancrage.web.registrations.results import Result, written
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# An event in preparation is read by the coordination of its territory alone.
ORGANISERS = (404, 404, 404, 404, 200, 404, 404, 404, 404)


def announced(world: World) -> Mapping[str, Any]:
    return {"slug": EventFactory(territory=world.territory).slug}


def draft(world: World) -> Mapping[str, Any]:
    return {"slug": EventFactory(territory=world.territory, state=EventState.DRAFT).slug}


def side(world: World) -> Mapping[str, Any]:
    event = EventFactory(territory=world.territory, still_open=True)
    return {"slug": event.slug, "role": SideFactory(event=event).role}


def result(world: World) -> Mapping[str, Any]:
    return {**announced(world), "result": written(Result(rank=0, people=1))}


def own_link(world: World) -> Mapping[str, Any]:
    event = EventFactory(territory=world.territory, still_open=True)
    return {"token": personal_token(ParticipantFactory(party__side=SideFactory(event=event)))}


MATRIX = {
    "registrations:list": Row("GET", EVERYBODY),
    "registrations:event": Row("GET", ORGANISERS, draft),
    "registrations:calendar": Row("GET", EVERYBODY, announced),
    "registrations:register": Row("GET", EVERYBODY, side),
    "registrations:done": Row("GET", EVERYBODY, result),
    "registrations:lost_link": Row("GET", EVERYBODY, announced),
    "registrations:link_sent": Row("GET", EVERYBODY, announced),
    "registrations:personal": Row("GET", EVERYBODY, own_link),
    "registrations:answers": Row("GET", EVERYBODY, own_link),
    "registrations:presence": Row("GET", EVERYBODY, own_link),
    "registrations:own_calendar": Row("GET", EVERYBODY, own_link),
    "registrations:renew": Row("GET", EVERYBODY, own_link),
    "registrations:sharing": Row("POST", (302,) * 9, own_link),
}
