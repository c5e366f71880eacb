"""The map of a territory's needs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import MappedCommune, map_source_of
from ancrage.web.maps import (
    Backdrop,
    Figure,
    MapDrawing,
    NothingToDraw,
    Place,
    base_map,
    draw_map,
)
from ancrage.web.overview.page import OverviewPage

Points = tuple[tuple[float, float], ...]


def map_of(
    territory: Territory, communes: Sequence[Commune], page: OverviewPage
) -> MapDrawing | None:
    """Draw the posts of `page` on `communes`; None when no commune can be placed."""
    source = map_source_of(communes)
    hamlets = _hamlets(territory)
    try:
        base = base_map(
            tuple(_place(commune, hamlets) for commune in source.communes),
            around=_points(source.around, hamlets),
            backdrop=_backdrop(territory),
        )
    except NothingToDraw:
        return None
    figures = [
        Figure(
            code=row.code,
            value=row.positions,
            title=_title(row.name, row.positions),
            href=row.href,
        )
        for row in page.communes
    ]
    return draw_map(
        base,
        figures,
        key="besoins",
        title=_("Carte des postes à pourvoir, %(name)s") % {"name": territory.name},
        description=_(
            "Un rond par commune, plus grand là où les postes sont plus nombreux. Les mêmes "
            "nombres sont dans le tableau des communes."
        ),
    )


def _title(name: str, positions: int) -> str:
    posts = ngettext("%(count)d poste", "%(count)d postes", positions) % {"count": positions}
    return _("%(commune)s : %(posts)s") % {"commune": name, "posts": posts}


def _place(commune: MappedCommune, hamlets: Mapping[str, Points] | None = None) -> Place:
    return Place(
        code=commune.insee,
        name=commune.name,
        latitude=commune.latitude,
        longitude=commune.longitude,
        contour=commune.contour,
        hamlets=(hamlets or {}).get(commune.insee, ()),
    )


def _backdrop(territory: Territory) -> Backdrop | None:
    if not territory.backdrop:
        return None
    return Backdrop.from_geojson(territory.backdrop, credit=territory.backdrop_source)


def _points(communes: Sequence[MappedCommune], hamlets: Mapping[str, Points]) -> Points:
    """The points of the communes next door, so that a cell stops where they begin."""
    points: list[tuple[float, float]] = []
    for commune in communes:
        points.extend(_place(commune, hamlets).points)
    return tuple(points)


def _hamlets(territory: Territory) -> dict[str, Points]:
    """Further points of communes, which give cells a truer shape than one point does."""
    features: Sequence[Mapping[str, Any]] = (territory.backdrop or {}).get("features", ())
    return {
        feature["properties"]["insee"]: tuple(
            (latitude, longitude) for longitude, latitude in feature["geometry"]["coordinates"]
        )
        for feature in features
        if feature["properties"].get("kind") == "hamlets"
    }
