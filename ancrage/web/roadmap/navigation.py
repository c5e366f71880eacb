"""The roadmap in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Feuille de route"),
        "roadmap:list",
        group=Group.STEERING,
        rank=72,
        icon="map",
        permission="roadmap.view",
    ),
    Entry(
        _("Conditions de travail"),
        "roadmap:safety",
        group=Group.STEERING,
        rank=74,
        icon="shield-check",
        permission="safety.view",
        sections=(),
    ),
]
