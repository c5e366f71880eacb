"""Profiles: the coordination’s list, the cards of structures, one’s own."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Profils"),
        "candidates:list",
        group=Group.PEOPLE,
        icon="users",
        rank=40,
        permission="candidates.view",
    ),
    Entry(
        _("Vivier"),
        "candidates:cards",
        group=Group.PEOPLE,
        icon="contact",
        rank=45,
        permission="candidates.cards",
    ),
    Entry(
        _("Mon profil"),
        "candidates:own",
        icon="id-card",
        rank=5,
        permission="candidates.keep_own",
        place=Place.OWN,
    ),
]
