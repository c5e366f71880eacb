"""Campaigns in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Campagnes"),
        "campaigns:list",
        group=Group.RECRUITING,
        rank=30,
        icon="clipboard-check",
        permission="campaigns.view",
    ),
]
