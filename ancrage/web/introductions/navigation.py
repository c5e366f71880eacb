"""Introductions in the header, and one's own in the account menu."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Mises en relation"),
        "introductions:board",
        group=Group.PEOPLE,
        rank=24,
        icon="handshake",
        permission="introductions.list",
    ),
    Entry(
        _("Mes mises en relation"),
        "introductions:own",
        rank=6,
        icon="handshake",
        permission="introductions.keep_own",
        place=Place.OWN,
    ),
]
