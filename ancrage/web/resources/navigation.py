"""Resources in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Ressources"),
        "resources:list",
        group=Group.RECRUITING,
        rank=25,
        icon="hand-helping",
        permission="resources.view",
    )
]
