"""What is asked before an act on a structure that its members would feel at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ancrage.partners.models import Membership, Partner
from ancrage.partners.queries import is_last_manager
from ancrage.web.partners.forms.members import RightsForm


def ask_to_leave(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Ask before a structure leaves the territory."""
    return _ask(
        request,
        partner,
        {
            "title": _("Retirer « %(partner)s » du territoire ?") % {"partner": partner.name},
            "consequences": [
                _("ses membres n’ouvrent plus son espace ;"),
                _("elle disparaît de l’annuaire et des structures attendues pour la charte ;"),
                _("ses besoins, ses ressources et son historique sont gardés."),
            ],
            "note": _("Vous pourrez la réintégrer depuis sa fiche."),
            "action": reverse("partners:leave", args=[partner.slug]),
            "confirm_label": _("Retirer du territoire"),
            "cancel_href": reverse("partners:sheet", args=[partner.slug]),
        },
    )


def ask_to_remove(
    request: HttpRequest, partner: Partner, membership: Membership, status: int = 200
) -> HttpResponse:
    """Ask before a person leaves a structure; say so when nobody else would manage it."""
    last = is_last_manager(membership)
    without_manager = _(
        "plus personne ne gère la structure : seule la coordination du territoire pourra modifier"
        " sa fiche et inviter quelqu’un ;"
    )
    return _ask(
        request,
        partner,
        {
            "title": _("Retirer %(person)s de la structure ?") % {"person": membership.user},
            "consequences": [
                _("cette personne n’ouvre plus l’espace de la structure ;"),
                *([without_manager] if last else []),
                _("ce qu’elle a écrit reste."),
            ],
            "note": _("Vous pourrez l’inviter de nouveau."),
            "action": reverse("partners:member_remove", args=[partner.slug, membership.pk]),
            "confirm_label": _("Retirer de la structure"),
            "hidden": {"last": "1"} if last else {},
        },
        status,
    )


def ask_about_last_manager(
    request: HttpRequest, partner: Partner, membership: Membership, form: RightsForm
) -> HttpResponse:
    """Ask before the last manager of a structure gives its management up."""
    signs = {"may_sign": "on"} if form.cleaned_data["may_sign"] else {}
    return _ask(
        request,
        partner,
        {
            "title": _("Laisser la structure sans gestionnaire ?"),
            "consequences": [
                _(
                    "plus personne ne gère la structure : seule la coordination du territoire"
                    " pourra modifier sa fiche et inviter quelqu’un."
                )
            ],
            "note": _("Pour l’éviter, donnez d’abord la gestion à un autre membre."),
            "action": reverse("partners:member_edit", args=[partner.slug, membership.pk]),
            "confirm_label": _("Laisser sans gestionnaire"),
            "hidden": {"last": "1", **signs},
        },
        422,
    )


def _ask(
    request: HttpRequest, partner: Partner, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = {
        "partner": partner,
        "hidden": {},
        "cancel_href": reverse("partners:members", args=[partner.slug]),
        **context,
    }
    return render(request, "partners/confirm.html", shown, status=status)
