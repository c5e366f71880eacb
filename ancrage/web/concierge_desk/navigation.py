"""The follow-up of life projects in the menu of the welcome."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Projets de vie"),
        "concierge_desk:list",
        group=Group.WELCOME,
        icon="house",
        rank=52,
        permission="life_projects.follow",
    )
]
