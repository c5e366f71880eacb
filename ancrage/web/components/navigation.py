from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = (
    [Entry(_("Composants"), "components:index", rank=900, place=Place.FOOTER)]
    if settings.SHOW_COMPONENTS
    else []
)
