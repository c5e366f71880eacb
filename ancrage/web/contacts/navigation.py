"""The coordination's queue of people to call back."""

from django.utils.translation import pgettext_lazy

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(
        pgettext_lazy("navigation", "Contacts"),
        "contacts:list",
        group=Group.PEOPLE,
        icon="message-circle",
        rank=50,
        permission="contact_requests.view",
    )
]
