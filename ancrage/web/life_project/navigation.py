"""« Mon projet de vie » among one's own pages."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(
        _("Mon projet de vie"),
        "life_project:own",
        icon="house",
        rank=10,
        permission="life_projects.keep_own",
        place=Place.OWN,
    )
]
