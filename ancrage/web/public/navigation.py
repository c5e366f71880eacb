"""What the footer of every page holds, as the law and accessibility ask."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    # The exact words that RGAA asks of a site without a valid audit.
    Entry(
        _("Accessibilité : non conforme"),
        "public:accessibility",
        rank=60,
        place=Place.FOOTER,
    ),
    Entry(_("Mentions légales"), "public:legal", rank=20, place=Place.FOOTER),
    Entry(_("Plan du site"), "public:site_map", rank=40, place=Place.FOOTER),
]
