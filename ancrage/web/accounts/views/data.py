"""My data: take them away, or go."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.models import User
from ancrage.web.access import allowed, reader, sensitive, sensitive_file
from ancrage.web.accounts.leaving import leave_platform
from ancrage.web.accounts.standing import standing_of
from ancrage.web.acting import confirm_page
from ancrage.web.portability import data_of
from ancrage.web.rendering import render_page


@require_safe
@allowed("accounts.manage_own")
@sensitive_file("privacy:mine")
def download(request: HttpRequest) -> HttpResponse:
    """Hand over everything the platform holds of the reader, as one JSON file."""
    now = timezone.now()
    response = JsonResponse(
        data_of(reader(request), now=now), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    name = f"mes-donnees-{timezone.localdate(now).isoformat()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@allowed("accounts.manage_own")
def file_ready(request: HttpRequest) -> HttpResponse:
    """Offer the file that its reader had asked for before proving who they are."""
    address = request.GET.get("de", "")
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        raise Http404 from None
    back = getattr(found.func, "file_from", None)
    if back is None or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404
    context = {"file_url": address, "back_url": reverse(back)}
    return render_page(request, "accounts/file_ready.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("accounts.manage_own")
@sensitive
def close(request: HttpRequest) -> HttpResponse:
    """Say what will be lost, then close the account for good."""
    user = reader(request)
    if request.method == "POST":
        try:
            leave_platform(user=user, by=user, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("privacy:mine")
        logout(request)
        messages.success(request, _("Votre compte est fermé et vos données sont effacées."))
        return redirect("web:home")
    return confirm_page(
        request,
        title=_("Fermer mon compte ?"),
        consequences=_consequences(user),
        note=_("C’est définitif : le compte ne pourra pas être rouvert."),
        button=_("Fermer mon compte"),
        back=reverse("privacy:mine"),
    )


def _consequences(user: User) -> list[str]:
    standing = standing_of(user)
    lines = [
        _("Votre nom, votre adresse et votre mot de passe sont effacés."),
        _("Vous êtes déconnecté de tous vos appareils, et vos jetons ne marchent plus."),
    ]
    lines += [
        _("Vous quittez « %(structure)s ».") % {"structure": one.partner}
        for one in standing.memberships
    ]
    lines += [
        _("Votre mission pour « %(territory)s » prend fin.") % {"territory": one.territory}
        for one in standing.offices
    ]
    return [
        *lines,
        _("Ce que vous avez fait pour une structure lui reste, sans votre nom."),
    ]
