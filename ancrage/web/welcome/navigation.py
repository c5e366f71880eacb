"""The directory of offers in the header, and what a partner answers."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        _("Conciergerie"),
        "welcome:list",
        group=Group.WELCOME,
        rank=34,
        icon="house",
        permission="welcome_offers.view",
    ),
    Entry(
        _("Demandes d’accueil"),
        "welcome:requests",
        group=Group.WELCOME,
        rank=36,
        icon="inbox",
        # The directory lights for all the pages of the section; this one for its list alone.
        sections=("welcome:requests",),
        permission="welcome_requests.answer",
    ),
]
