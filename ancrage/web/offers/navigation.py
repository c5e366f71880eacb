"""The offers in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Offres"),
        "offers:list",
        group=Group.RECRUITING,
        icon="briefcase",
        rank=20,
        permission="offers.view",
    )
]
