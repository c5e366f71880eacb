"""Needs that suit me, and the searches one keeps."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(
        _("Besoins pour moi"),
        "finding:needs",
        rank=22,
        icon="sparkles",
        permission="searches.needs",
        place=Place.OWN,
        sections=("finding:needs",),
    ),
    Entry(
        _("Mes recherches"),
        "finding:saved",
        rank=26,
        icon="bell",
        permission="searches.keep",
        place=Place.OWN,
        sections=("finding:saved",),
    ),
]
