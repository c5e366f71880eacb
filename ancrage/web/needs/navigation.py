"""Needs in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Besoins"),
        "needs:list",
        group=Group.RECRUITING,
        rank=20,
        icon="clipboard-list",
        permission="needs.view",
    )
]
