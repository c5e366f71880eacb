"""What is asked before a draft is published or given up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ancrage.partners.models import Charter
from ancrage.web.charter.changes import draft_address


def ask_to_publish(request: HttpRequest, charter: Charter) -> HttpResponse:
    """Ask before a draft comes in force."""
    return _ask(
        request,
        charter,
        {
            "title": _("Publier la version %(version)s ?") % {"version": charter.version},
            "consequences": [
                _("le texte ne pourra plus changer ;"),
                _("il sera lu par tous, sans compte ;"),
                _("chaque structure devra le signer, même si elle a signé une autre version."),
            ],
            "note": _("Une correction demandera une nouvelle version."),
            "action": reverse("charter:publish", args=[charter.pk]),
            "confirm_label": _("Publier la charte"),
        },
    )


def ask_to_discard(request: HttpRequest, charter: Charter) -> HttpResponse:
    """Ask before a draft is given up."""
    return _ask(
        request,
        charter,
        {
            "title": _("Abandonner ce projet de charte ?"),
            "consequences": [_("son texte et ses engagements sont effacés.")],
            "note": _("La version en vigueur, s’il y en a une, ne change pas."),
            "action": reverse("charter:discard", args=[charter.pk]),
            "confirm_label": _("Abandonner le projet"),
        },
    )


def _ask(request: HttpRequest, charter: Charter, context: dict[str, Any]) -> HttpResponse:
    shown = {"charter": charter, "cancel_href": draft_address(charter.territory), **context}
    return render(request, "charter/confirm.html", shown)
