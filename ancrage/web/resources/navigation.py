"""Resources in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Ressources"),
        "resources:list",
        rank=25,
        icon="hand-helping",
        permission="resources.view",
    )
]
