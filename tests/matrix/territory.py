"""Territories: coordinators steer and present theirs, administrators draw them all."""

from collections.abc import Mapping
from typing import Any

from ancrage.territory.models import LivingArea
from ancrage.territory.services import perimeter_stamp
from tests.factories import UserFactory
from tests.matrix.world import Row, World


def statuses(area: int, elsewhere: int, admin: int) -> tuple[int, ...]:
    """Every row has a visitor sent to sign in, and everybody else refused."""
    return (302, 403, 403, 403, area, elsewhere, 403, 403, admin)


STEER = statuses(200, 404, 200)
DESCRIBE = statuses(302, 404, 302)
ADMIN_ONLY = statuses(403, 403, 302)


def placed(world: World) -> dict[str, Any]:
    world.territory.communes.set([world.partner.commune])
    return {"slug": world.territory.slug}


def area(world: World) -> dict[str, Any]:
    made = LivingArea.objects.create(territory=world.territory, name="Littoral")
    return {**placed(world), "pk": made.pk}


def typed_presentation(world: World) -> Mapping[str, Any]:
    return {"name": "Pays de Retz"}


def typed_territory(world: World) -> Mapping[str, Any]:
    return {"name": "Sud Loire", "places": "44131"}


def typed_area(world: World) -> Mapping[str, Any]:
    return {"name": "Côte", "communes": [world.partner.commune.insee]}


def typed_perimeter(world: World) -> Mapping[str, Any]:
    return {"places": "44131"}


def confirmed(world: World) -> Mapping[str, Any]:
    return {"codes": "44131", "seen": perimeter_stamp([world.partner.commune])}


def typed_office(world: World) -> Mapping[str, Any]:
    return {"email": UserFactory().email, "office": "coordinator"}


MATRIX = {
    "territories:list": Row("GET", statuses(200, 200, 200)),
    "territories:csv": Row("GET", statuses(200, 200, 200)),
    "territories:create": Row("POST", ADMIN_ONLY, data=typed_territory),
    "territories:sheet": Row("GET", STEER, placed),
    "territories:edit": Row("POST", DESCRIBE, placed, typed_presentation),
    "territories:perimeter": Row("POST", statuses(403, 403, 200), placed, typed_perimeter),
    "territories:perimeter_confirm": Row("POST", ADMIN_ONLY, placed, confirmed),
    "territories:appoint": Row("POST", ADMIN_ONLY, placed, typed_office),
    "territories:area_add": Row("POST", DESCRIBE, placed, typed_area),
    "territories:area_edit": Row("POST", DESCRIBE, area, typed_area),
    "territories:area_remove": Row("GET", STEER, area),
}
