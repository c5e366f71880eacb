"""The evening: for those who organise the event alone."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ancrage.events.models import Round
from tests.factories.evenings import STARTS, Evening, running_evening
from tests.matrix.world import Row, World

READ = (302, 403, 403, 403, 200, 404, 403, 403, 403)
ACT = (302, 403, 403, 403, 302, 404, 403, 403, 403)


def _evening(world: World) -> Evening:
    return running_evening(hosts=1, visitors=1, rounds=1, territory=world.territory)


def evening(world: World) -> Mapping[str, Any]:
    return {"pk": _evening(world).event.pk}


def badge(world: World) -> Mapping[str, Any]:
    found = _evening(world)
    return {"pk": found.event.pk, "badge": found.person(found.hosts[0]).badge}


def table(world: World) -> Mapping[str, Any]:
    found = _evening(world)
    return {"pk": found.event.pk, "table": found.tables[0].pk}


def first_round(world: World) -> Mapping[str, Any]:
    return {"geste": "commencer", "numero": "1"}


def ended_round(world: World) -> Mapping[str, Any]:
    found = _evening(world)
    ended = STARTS + timedelta(minutes=7)
    Round.objects.create(
        event=found.event, number=0, started_at=STARTS, ends_at=ended, ended_at=ended
    )
    return {"pk": found.event.pk, "number": 1}


def meeting(world: World) -> Mapping[str, Any]:
    found = _evening(world)
    return {"pk": found.event.pk, "meeting": found.timetable.meetings.get().pk}


def a_moment(world: World) -> Mapping[str, Any]:
    return {"evenings": STARTS.isoformat()}


MATRIX = {
    "evenings:evening": Row("GET", READ, evening),
    "evenings:pulse": Row("GET", READ, evening),
    "evenings:open": Row("POST", ACT, evening),
    "evenings:close": Row("GET", READ, evening),
    "evenings:person": Row("GET", READ, badge),
    "evenings:walk_in": Row("GET", READ, evening),
    "evenings:round": Row("POST", ACT, evening, first_round),
    "evenings:everybody": Row("POST", ACT, evening),
    "evenings:everybody_back": Row("POST", ACT, evening, a_moment),
    "evenings:held": Row("GET", READ, ended_round),
    "evenings:correct_held": Row("POST", ACT, meeting),
    "evenings:room": Row("GET", READ, evening),
    "evenings:table": Row("POST", ACT, table),
    "evenings:replan": Row("GET", READ, evening),
    "evenings:projector": Row("GET", READ, evening),
    "evenings:stage": Row("GET", READ, evening),
}
