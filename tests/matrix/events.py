"""Events for those who organise them: the coordination of their territory alone."""

from collections.abc import Mapping
from typing import Any

from ancrage.events.enums import SideRole
from ancrage.events.models import Question, Side
from tests.factories import EventFactory, ParticipantFactory, PartyFactory, SideFactory
from tests.matrix.world import Row, World

LIST = (302, 403, 403, 403, 200, 200, 403, 403, 403)
ORGANISE = (302, 403, 403, 403, 200, 404, 403, 403, 403)


ACT = (302, 403, 403, 403, 302, 404, 403, 403, 403)


def event(world: World) -> Mapping[str, Any]:
    return {"pk": EventFactory(territory=world.territory).pk}


def to_close(world: World) -> Mapping[str, Any]:
    return {**event(world), "after": "closed"}


def side(world: World) -> Mapping[str, Any]:
    made = EventFactory(territory=world.territory)
    SideFactory(event=made, role=SideRole.HOST)
    return {"pk": made.pk, "role": "host"}


def question(world: World) -> Mapping[str, Any]:
    made = EventFactory(territory=world.territory)
    asked = Question.objects.create(
        side=SideFactory(event=made), position=1, kind="text", label="Quel métier ?"
    )
    return {"pk": made.pk, "question": asked.pk}


def person(world: World) -> Mapping[str, Any]:
    made = EventFactory(territory=world.territory)
    row = ParticipantFactory(party=PartyFactory(side=SideFactory(event=made)))
    return {"pk": made.pk, "participant": row.pk}


def two(world: World) -> Mapping[str, Any]:
    first = person(world)
    side = Side.objects.get(event=first["pk"])
    return {**first, "other": ParticipantFactory(party=PartyFactory(side=side)).pk}


# What is sent is refused (422) where it cannot be right, once one may send it.
REFUSED = (302, 403, 403, 403, 422, 404, 403, 403, 403)


MATRIX = {
    "events:list": Row("GET", LIST),
    "events:export_csv": Row("GET", LIST),
    "events:export_xlsx": Row("GET", LIST),
    # Each coordination creates one in its own territory.
    "events:create": Row("GET", LIST),
    "events:detail": Row("GET", ORGANISE, event),
    "events:move": Row("POST", ACT, to_close),
    "events:cancel": Row("GET", ORGANISE, event),
    "events:restore": Row("POST", ACT, event),
    "events:delete": Row("POST", ACT, event),
    "events:edit": Row("GET", ORGANISE, event),
    "events:registration": Row("GET", ORGANISE, event),
    "events:sides": Row("GET", ORGANISE, event),
    "events:question_add": Row("GET", ORGANISE, side),
    "events:question_edit": Row("GET", ORGANISE, question),
    "events:question_move": Row("POST", ACT, question),
    "events:question_delete": Row("GET", ORGANISE, question),
    "events:people": Row("GET", ORGANISE, event),
    "events:duplicates": Row("GET", ORGANISE, event),
    "events:merge": Row("POST", ACT, two),
    "events:apart": Row("POST", ACT, two),
    "events:compare_again": Row("POST", ACT, two),
    "events:people_export": Row("GET", ORGANISE, event),
    "events:person_add": Row("GET", ORGANISE, side),
    "events:participant": Row("GET", ORGANISE, person),
    "events:person_edit": Row("GET", ORGANISE, person),
    "events:person_cancel": Row("POST", ACT, person),
    "events:person_place": Row("POST", ACT, person),
    "events:person_reinstate": Row("POST", ACT, person),
    "events:party_edit": Row("POST", ACT, person, lambda world: {"kind": "single"}),
    "events:party_join": Row("POST", REFUSED, person),
    "events:party_leave": Row("POST", ACT, person),
    "events:hours": Row("GET", ORGANISE, event),
    "events:room": Row("GET", ORGANISE, event),
    "events:room_count": Row("POST", ACT, event, lambda world: {"count": 4}),
    "events:room_rows": Row("POST", ACT, event, lambda world: {"columns": 4}),
}
