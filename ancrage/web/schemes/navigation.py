"""The aids in the header of every page; the requests followed; one's own."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(_("Aides"), "schemes:list", group=Group.WELCOME, rank=35, icon="hand-coins"),
    Entry(
        _("Demandes d’aides"),
        "schemes:requests",
        group=Group.WELCOME,
        rank=36,
        icon="file-clock",
        permission="aid_requests.list",
        sections=("schemes:requests",),
    ),
    Entry(
        _("Aides de ma structure"),
        "schemes:structure_requests",
        icon="hand-coins",
        rank=37,
        permission="aid_requests.list_structure",
        place=Place.ACCOUNT,
    ),
    Entry(
        _("Mes aides"),
        "schemes:own_requests",
        icon="hand-coins",
        rank=12,
        permission="aid_requests.read_own",
        place=Place.OWN,
    ),
]
