"""Reports in the header; public figures among what everybody finds at the foot."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group, Place

ENTRIES = [
    Entry(
        _("Rapports"),
        "reports:list",
        group=Group.STEERING,
        rank=76,
        icon="file-chart-column",
        permission="reports.view",
    ),
    Entry(_("Chiffres publics"), "reports:public", place=Place.FOOTER, rank=45, sections=()),
]
