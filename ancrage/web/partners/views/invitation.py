"""The page behind the link of an invitation: who invites, to what, and how to accept."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts.queries import account_of
from ancrage.partners import services
from ancrage.partners.models import Invitation
from ancrage.partners.queries import has_verified_email
from ancrage.web.access import public
from ancrage.web.errors import gone
from ancrage.web.rendering import render_page


@require_safe
@never_cache
@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites and to what; offer to accept, to sign in, or to open an account."""
    try:
        offered = services.open_invitation(token=token, now=timezone.now())
    except (services.InvitationUnknown, services.InvitationExpired) as refusal:
        return _over(request, refusal)
    return render_page(
        request,
        "partners/invitation.html",
        {
            "invitation": offered,
            "token": token,
            "may_accept": _is_invited(request, offered),
            "has_account": account_of(offered.email) is not None,
        },
    )


@require_POST
@public
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make the reader a member, or lead them to their account first."""
    now = timezone.now()
    try:
        if not request.user.is_authenticated:
            return _to_account(request, token, services.open_invitation(token=token, now=now))
        membership = services.accept_invitation(token=token, by=request.user, now=now)
    except (services.InvitationUnknown, services.InvitationExpired) as refusal:
        return _over(request, refusal)
    except services.InvitationForSomeoneElse:
        messages.error(request, _("Cette invitation est adressée à quelqu’un d’autre."))
        return redirect("partners:invitation", token)
    messages.success(
        request,
        _("Bienvenue : vous êtes membre de « %(partner)s ».")
        % {"partner": membership.partner.name},
    )
    return redirect("partners:sheet", membership.partner.slug)


def _is_invited(request: HttpRequest, offered: Invitation) -> bool:
    return request.user.is_authenticated and has_verified_email(request.user, offered.email)


def _to_account(request: HttpRequest, token: str, offered: Invitation) -> HttpResponse:
    """Sign in or open an account, then come back: the link in the mail proves the address."""
    back = urlencode({"next": reverse("partners:invitation", args=[token])})
    if account_of(offered.email) is not None:
        return redirect(f"{reverse('account_login')}?{back}")
    get_adapter().stash_verified_email(request, offered.email)
    return redirect(f"{reverse('account_signup')}?{back}")


def _over(request: HttpRequest, refusal: Exception) -> HttpResponse:
    context: dict[str, Any] = {
        "title": _("Cette invitation n’est plus valable"),
        "text": _(
            "Elle a déjà servi, elle a été annulée, ou son adresse est incomplète. Demandez à la"
            " structure de vous en envoyer une autre."
        ),
    }
    if isinstance(refusal, services.InvitationExpired):
        context["text"] = _(
            "Elle date de plus de deux semaines. Demandez à la structure de la renvoyer : cela"
            " lui prend un instant."
        )
    return gone(request, context)
