"""The account menu, and the administration of accounts."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(_("Mon compte"), "accounts:profile", rank=10, icon="user", place=Place.ACCOUNT),
    Entry(_("Sécurité"), "accounts:security", rank=20, icon="shield-check", place=Place.ACCOUNT),
    Entry(
        _("Comptes"),
        "accounts:user_list",
        rank=80,
        icon="users",
        permission="accounts.list",
        place=Place.ACCOUNT,
    ),
    Entry(
        _("Journal"),
        "accounts:audit",
        rank=90,
        icon="scroll-text",
        permission="audit.view",
        place=Place.ACCOUNT,
    ),
]
