"""Shared posts in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Postes partagés"),
        "shared_posts:list",
        group=Group.RECRUITING,
        rank=23,
        icon="puzzle",
        permission="shared_posts.view",
    )
]
