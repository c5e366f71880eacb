"""Territories in the account menu of those who steer one."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(
        _("Territoires"),
        "territories:list",
        rank=50,
        icon="map-pinned",
        permission="territory.steer",
        place=Place.ACCOUNT,
    ),
]
