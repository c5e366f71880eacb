"""Where an event takes place, on the map of its territory."""

from django.utils.translation import gettext as _

from ancrage.events.models import Event
from ancrage.territory.queries import communes_in, mapped_communes
from ancrage.web.maps import Figure, MapDrawing, NothingToDraw, draw_map, territory_base

# A disc that stands for no number: under one, the map explains no scale.
_HERE = 0.9


def map_of(event: Event) -> MapDrawing | None:
    """Draw the territory with the commune of the event; None when it is not on it."""
    communes = mapped_communes(communes_in(event.territory))
    code, name = event.commune.insee, event.commune.name
    if code not in {commune.insee for commune in communes}:
        return None
    try:
        base = territory_base(event.territory, communes)
    except NothingToDraw:
        return None
    return draw_map(
        base,
        [Figure(code=code, value=_HERE, text=" ", title=name)],
        key="lieu",
        title=_("Où se trouve %(commune)s") % {"commune": name},
        description=_("La commune de la rencontre sur la carte du territoire %(territory)s.")
        % {"territory": event.territory.name},
    )
