"""The coordination's queue of people to call back."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Prises de contact"),
        "contacts:list",
        icon="message-circle",
        rank=50,
        permission="contact_requests.view",
    )
]
