"""What protects an account: password, second factor, devices, tokens of programs."""

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts import services
from ancrage.accounts.models import ApiToken
from ancrage.accounts.permissions import needs_strong_sign_in
from ancrage.accounts.queries import has_second_factor, security_of, sessions_of, tokens_of
from ancrage.web.access import acts_on, allowed, reader, sensitive
from ancrage.web.accounts.devices import devices_of
from ancrage.web.accounts.forms import TokenForm
from ancrage.web.rendering import render_page


@require_safe
@allowed("accounts.manage_own")
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factor and devices signed in, on one page."""
    user = reader(request)
    sessions = sessions_of(user, now=timezone.now())
    context = {
        "security": security_of(user),
        "must_hold_second_factor": settings.MFA_REQUIRED and needs_strong_sign_in(user),
        "devices": devices_of(sessions, current=request.session.session_key),
    }
    return render_page(request, "accounts/security.html", context)


@require_POST
@allowed("accounts.manage_own")
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one device."""
    user, now = reader(request), timezone.now()
    keys = [one.session_key for one in sessions_of(user, now=now) if one.pk == pk]
    if services.end_sessions(user=user, keys=keys, by=user, now=now):
        messages.success(request, _("Cet appareil est déconnecté."))
    else:
        messages.info(request, _("Cet appareil était déjà déconnecté."))
    return redirect("accounts:security")


@require_POST
@allowed("accounts.manage_own")
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user, now = reader(request), timezone.now()
    here = request.session.session_key
    keys = [one.session_key for one in sessions_of(user, now=now) if one.session_key != here]
    ended = services.end_sessions(user=user, keys=keys, by=user, now=now)
    messages.success(
        request,
        ngettext(
            "%(count)d autre appareil est déconnecté.",
            "%(count)d autres appareils sont déconnectés.",
            ended,
        )
        % {"count": ended},
    )
    return redirect("accounts:security")


@require_POST
@allowed("accounts.manage_own")
def presence(request: HttpRequest) -> HttpResponse:
    """Hear that a reader is still there, typing: the middleware has just noted it."""
    return HttpResponse(status=204)


@require_safe
@allowed("accounts.manage_own")
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Ask a coordinator or an administrator for a second factor, before anything else."""
    user = reader(request)
    if not needs_strong_sign_in(user) or has_second_factor(user):
        return redirect("accounts:security")
    return render_page(request, "accounts/second_factor_setup.html")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("api_tokens.manage")
@sensitive
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens one made, and a form to make another; its secret is shown this once."""
    user, now = reader(request), timezone.now()
    form = TokenForm(request.POST or None, today=timezone.localdate(now))
    secret = ""
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        secret = services.create_token(
            user=user, name=name, expires_at=form.expires_at, by=user, now=now
        )
        form = TokenForm(today=timezone.localdate(now))
    context = {"form": form, "secret": secret, "tokens": tokens_of(user), "now": now}
    status = 422 if form.errors else 200
    return render_page(request, "accounts/tokens.html", context, status=status)


@require_POST
@acts_on(ApiToken, "api_tokens.manage")
def token_revoke(request: HttpRequest, tokens: QuerySet[ApiToken], pk: int) -> HttpResponse:
    """Stop a program from entering."""
    token = get_object_or_404(tokens, pk=pk)
    services.revoke_token(token=token, by=request.user, now=timezone.now())
    messages.success(request, _("Le jeton « %(name)s » n’ouvre plus rien.") % {"name": token.name})
    return redirect("accounts:tokens")
