"""The overview in the header: the territory's first question comes first."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Territoire"),
        "overview:overview",
        icon="map",
        rank=10,
        permission="needs.overview",
    )
]
