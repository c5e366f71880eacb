"""Medical demography: those who work in the territory read it, some try « what if »."""

from collections.abc import Mapping
from typing import Any

from tests.factories import CommuneFactory
from tests.matrix.world import Row, World

# Candidates and welcome partners have no part in it; another coordination sees its own land.
READ = (302, 403, 200, 200, 200, 200, 403, 200, 200)
# The commune of a territory of others is no commune of theirs.
OWN_LAND = (302, 403, 200, 200, 200, 404, 403, 200, 200)


def commune_of(world: World) -> Mapping[str, Any]:
    commune = CommuneFactory(insee="44901", latitude=43.1, longitude=0.1)
    world.territory.communes.add(commune)
    return {"code": commune.insee}


MATRIX = {
    "demography:communes": Row("GET", READ),
    "demography:communes_csv": Row("GET", READ),
    # Without contour nor point there is no map to hand over.
    "demography:communes_map": Row("GET", (302, 403, 404, 404, 404, 404, 403, 404, 404)),
    "demography:commune": Row("GET", OWN_LAND, commune_of),
}
