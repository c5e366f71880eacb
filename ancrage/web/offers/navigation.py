"""The offers in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [Entry(_("Offres"), "offers:list", icon="briefcase", rank=20, permission="offers.view")]
