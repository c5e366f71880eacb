"""The plan room: for the coordination of the event's territory alone."""

from collections.abc import Mapping
from typing import Any

from ancrage.events import services
from ancrage.events.models import Party
from tests.events.crowd import fill
from tests.factories import EventFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

READ = (302, 403, 403, 403, 200, 404, 403, 403, 403)
CHANGE = (302, 403, 403, 403, 302, 404, 403, 403, 403)


def event(world: World) -> Mapping[str, Any]:
    row = EventFactory(territory=world.territory, rounds=2, guarantee=1)
    fill(row, 1, 1, wishes=1)
    return {"pk": row.pk}


def version(world: World) -> Mapping[str, Any]:
    row = EventFactory(territory=world.territory, rounds=2, guarantee=1)
    fill(row, 1, 1)
    services.build_timetable(event=row, by=None, now=NOW, walk_less=False)
    return {"pk": row.pk, "version": 1}


def person(world: World) -> Mapping[str, Any]:
    found = version(world)
    return {**found, "party": Party.objects.filter(event=found["pk"]).order_by("pk")[0].pk}


def pair(world: World) -> Mapping[str, Any]:
    row = EventFactory(territory=world.territory)
    fill(row, 1, 1)
    host, visitor = row.parties.order_by("side__role", "pk").values_list("pk", flat=True)
    return {"pk": row.pk, "host": host, "visitor": visitor}


MATRIX = {
    "meetings:room": Row("GET", READ, event),
    "meetings:build": Row("POST", CHANGE, event),
    "meetings:weights": Row("GET", READ, event),
    "meetings:what_if": Row("GET", READ, event),
    "meetings:rules": Row("GET", READ, event),
    "meetings:pair": Row("GET", READ, pair),
    "meetings:version": Row("GET", READ, version),
    "meetings:publish": Row("POST", CHANGE, version),
    "meetings:compare": Row("GET", READ, version),
    "meetings:export": Row("GET", READ, version),
    "meetings:people": Row("GET", READ, version),
    "meetings:person": Row("GET", READ, person),
    "meetings:unmet": Row("GET", READ, version),
}
