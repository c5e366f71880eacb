"""The map of a territory's needs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.territory.models import Commune, Territory
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

# Neighbours this far, in degrees, bound the cells of communes without a contour.
MARGIN_DEGREES = 0.15


def map_of(
    territory: Territory, communes: Sequence[Commune], page: OverviewPage
) -> MapDrawing | None:
    """Draw the posts of `page` on `communes`; None when no commune can be placed."""
    rows = {row.code: row for row in page.communes}
    places = tuple(_place(commune, _hamlets(territory)) for commune in communes)
    try:
        base = base_map(places, around=_around(communes), backdrop=_backdrop(territory))
    except NothingToDraw:
        return None
    figures = [
        Figure(
            code=row.code,
            value=row.positions,
            title=_title(row.name, row.positions),
            href=row.href,
        )
        for row in rows.values()
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


def _place(commune: Commune, hamlets: Mapping[str, tuple[tuple[float, float], ...]]) -> Place:
    return Place(
        code=commune.insee,
        name=commune.name,
        latitude=commune.latitude,
        longitude=commune.longitude,
        contour=json.dumps(commune.contour) if commune.contour else None,
        hamlets=hamlets.get(commune.insee, ()),
    )


def _backdrop(territory: Territory) -> Backdrop | None:
    return Backdrop.from_geojson(territory.backdrop) if territory.backdrop else None


def _hamlets(territory: Territory) -> dict[str, tuple[tuple[float, float], ...]]:
    """Further points of communes, which give cells a truer shape than one point does."""
    features: Sequence[Mapping[str, Any]] = (territory.backdrop or {}).get("features", ())
    return {
        feature["properties"]["insee"]: tuple(
            (latitude, longitude) for longitude, latitude in feature["geometry"]["coordinates"]
        )
        for feature in features
        if feature["properties"].get("kind") == "hamlets"
    }


def _around(communes: Sequence[Commune]) -> tuple[tuple[float, float], ...]:
    """The points of the communes next door, so that a cell stops where they begin."""
    placed = [
        (commune.latitude, commune.longitude)
        for commune in communes
        if commune.latitude is not None and commune.longitude is not None
    ]
    if not placed or all(commune.contour for commune in communes):
        return ()
    latitudes, longitudes = zip(*placed, strict=True)
    near = (
        Commune.objects.filter(
            latitude__range=(min(latitudes) - MARGIN_DEGREES, max(latitudes) + MARGIN_DEGREES),
            longitude__range=(min(longitudes) - MARGIN_DEGREES, max(longitudes) + MARGIN_DEGREES),
        )
        .exclude(pk__in=[commune.pk for commune in communes])
        .order_by("insee")
        .values_list("latitude", "longitude")
    )
    return tuple(near)
