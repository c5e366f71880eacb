"""Training in the header; one's own courses; what the coordination and providers keep."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Formations"),
        "training:list",
        group=Group.WELCOME,
        rank=36,
        icon="graduation-cap",
    ),
    Entry(
        _("Mes formations"),
        "training:own",
        rank=9,
        icon="graduation-cap",
        permission="training_wishes.keep_own",
        place=Place.OWN,
        sections=("training:own",),
    ),
]
