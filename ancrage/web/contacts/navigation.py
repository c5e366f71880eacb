"""The coordination's queue of people to call back."""

from django.utils.translation import pgettext_lazy

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        pgettext_lazy("navigation", "Contacts"),
        "contacts:list",
        icon="message-circle",
        rank=50,
        permission="contact_requests.view",
    )
]
