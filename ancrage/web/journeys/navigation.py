"""Journeys: the advisor's day; one's own journey."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Parcours"),
        "journeys:day",
        group=Group.PEOPLE,
        icon="route",
        rank=48,
        permission="journeys.view",
    ),
    Entry(
        _("Parcours en chiffres"),
        "journeys:figures",
        icon="chart-no-axes-column",
        rank=60,
        permission="journey_figures.view",
        place=Place.ACCOUNT,
    ),
    Entry(
        _("Mon parcours"),
        "journeys:own",
        icon="route",
        rank=8,
        permission="journeys.read_own",
        place=Place.OWN,
    ),
]
