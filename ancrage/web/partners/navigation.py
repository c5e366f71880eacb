"""Structures in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Structures"), "partners:list", rank=40, icon="building-2", permission="partners.view"
    ),
]
