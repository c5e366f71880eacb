"""The base map of communes we hold: their contours or cells, on the backdrop of a territory."""

from collections.abc import Iterable

from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import MappedCommune, map_source_of
from ancrage.web.maps.drawing import BaseMap, base_map
from ancrage.web.maps.places import Backdrop, LatLon, Place


def territory_base(territory: Territory, communes: Iterable[Commune]) -> BaseMap:
    """Lay out some communes of a territory, in two queries at most; the drawing is kept.

    Raises:
        NothingToDraw: none of them has a contour or a point.
    """
    source = map_source_of(communes)
    backdrop = Backdrop()
    if territory.backdrop:
        backdrop = Backdrop.from_geojson(territory.backdrop, credit=territory.backdrop_source)
    return base_map(
        tuple(_place(commune, backdrop) for commune in source.communes),
        around=tuple(point for one in source.around for point in _place(one, backdrop).points),
        backdrop=backdrop,
        contours_from=", ".join(source.vintages),
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
