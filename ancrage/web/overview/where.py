"""The map of a territory's needs."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.territory.models import Territory
from ancrage.territory.queries import MappedCommune
from ancrage.web.maps import Figure, MapDrawing, NothingToDraw, draw_map, territory_base
from ancrage.web.overview.page import OverviewPage


def map_of(
    territory: Territory, communes: Sequence[MappedCommune], page: OverviewPage
) -> MapDrawing | None:
    """Draw the posts of `page` on `communes`; None when no commune can be placed."""
    try:
        base = territory_base(territory, communes)
    except NothingToDraw:
        return None
    figures = [
        Figure(
            code=row.code,
            value=row.positions,
            level=row.tension.level,
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
        tint_label=_("Postes par profil disponible"),
    )


def _title(name: str, positions: int) -> str:
    posts = ngettext("%(count)d poste", "%(count)d postes", positions) % {"count": positions}
    return _("%(commune)s : %(posts)s") % {"commune": name, "posts": posts}
