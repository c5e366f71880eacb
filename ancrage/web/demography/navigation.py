"""Medical demography in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Démographie"),
        "demography:communes",
        group=Group.STEERING,
        rank=70,
        icon="map-pin",
        permission="demography.view",
    )
]
