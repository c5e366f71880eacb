"""What is asked before a report is published or its draft given up."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ancrage.roadmap.models import Report


def before_publishing(report: Report) -> dict[str, Any]:
    """The page that asks before publication."""
    return {
        "report": report,
        "title": _("Publier la version %(version)d ?") % {"version": report.version},
        "consequences": [
            _("les chiffres sont calculés une dernière fois, puis ne changent plus ;"),
            _("les structures membres et les institutions du territoire le lisent ;"),
            _("les chiffres publics que vous avez ouverts deviennent ceux de cette version."),
        ],
        "note": _("Une correction fera une nouvelle version ; celle-ci restera lisible."),
        "action": reverse("reports:publish", args=[report.pk]),
        "confirm_label": _("Publier le rapport"),
        "cancel_href": reverse("reports:detail", args=[report.pk]),
    }


def before_discarding(report: Report) -> dict[str, Any]:
    """The page that asks before a draft is given up."""
    return {
        "report": report,
        "title": _("Abandonner ce brouillon ?"),
        "consequences": [
            _("ses chiffres et ses commentaires sont effacés.")
            if report.version == 1
            else _("ce qui a changé depuis la version publiée est effacé.")
        ],
        "note": "",
        "action": reverse("reports:discard", args=[report.pk]),
        "confirm_label": _("Abandonner le brouillon"),
        "cancel_href": reverse("reports:detail", args=[report.pk]),
    }
