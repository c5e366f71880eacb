"""Bridges: one's own ways; who could become what."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Qui pourrait devenir…"),
        "bridges:becoming",
        group=Group.PEOPLE,
        icon="milestone",
        rank=49,
        permission="becoming.view",
    ),
    Entry(
        _("Règles des passerelles"),
        "bridges:rules",
        icon="milestone",
        rank=62,
        permission="bridge_rules.keep",
        place=Place.ACCOUNT,
    ),
    Entry(
        _("Ma passerelle"),
        "bridges:own",
        icon="milestone",
        rank=9,
        permission="candidates.keep_own",
        place=Place.OWN,
    ),
]
