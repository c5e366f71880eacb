"""The base map of communes we hold: their contours or cells, on the backdrop of a territory."""

import json
from collections.abc import Collection

from ancrage.territory.models import Territory
from ancrage.territory.queries import MappedCommune, communes_around
from ancrage.web.maps.drawing import BaseMap, base_map
from ancrage.web.maps.places import Backdrop, LatLon, Place


def territory_base(territory: Territory, communes: Collection[MappedCommune]) -> BaseMap:
    """Lay out some communes of a territory, in one query at most; the drawing is kept.

    Raises:
        NothingToDraw: none of them has a contour or a point.
    """
    backdrop = Backdrop()
    if territory.backdrop:
        backdrop = Backdrop.from_geojson(
            json.loads(territory.backdrop), credit=territory.backdrop_source
        )
    vintages = {commune.contour_vintage for commune in communes if commune.contour_vintage}
    return base_map(
        tuple(_place(commune, backdrop) for commune in communes),
        around=tuple(
            point for one in communes_around(communes) for point in _place(one, backdrop).points
        ),
        backdrop=backdrop,
        contours_from=", ".join(sorted(vintages)),
    )


def _place(commune: MappedCommune, backdrop: Backdrop) -> Place:
    hamlets: tuple[LatLon, ...] = backdrop.hamlets_of(commune.insee)
    return Place(
        code=commune.insee,
        name=commune.name,
        latitude=commune.latitude,
        longitude=commune.longitude,
        contour=commune.contour,
        hamlets=hamlets,
    )
