"""What stands between a signed-in reader and every page: time, and the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from ancrage.accounts.permissions import needs_strong_sign_in
from ancrage.accounts.queries import has_second_factor
from ancrage.web.access import reader
from ancrage.web.accounts.sessions import End, end_of, touch

_log = structlog.get_logger(__name__)

# Where a reader who must still set a second factor up may go.
_SETTING_UP = frozenset(
    {
        "accounts:second_factor_setup",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)


class _SignedInMiddleware:
    """Look at signed-in readers only; a page asked without a cookie costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if getattr(view, "sessionless", False):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        return self.check(request) if request.user.is_authenticated else None

    def check(self, request: HttpRequest) -> HttpResponseBase | None:
        """Return what to answer instead of the page, or None to let the reader through."""
        raise NotImplementedError


class SessionLifeMiddleware(_SignedInMiddleware):
    """Sign out a reader whose session is too old, or idle for too long."""

    def check(self, request: HttpRequest) -> HttpResponseBase | None:
        now = timezone.now()
        end = end_of(request, strict=needs_strong_sign_in(request.user), now=now)
        if end is None:
            touch(request, now=now)
            return None
        _log.info("account.session_over", user=request.user.pk, why=end.value)
        logout(request)
        messages.info(
            request,
            _("Votre session a pris fin au bout de 12 heures. Connectez-vous de nouveau.")
            if end is End.OLD
            else _(
                "Sans activité depuis 30 minutes, votre session a pris fin. Connectez-vous de"
                " nouveau."
            ),
        )
        return _start_again(request)


class SecondFactorMiddleware(_SignedInMiddleware):
    """Lead a coordinator or an administrator without a second factor to its set-up page."""

    def check(self, request: HttpRequest) -> HttpResponseBase | None:
        if not settings.MFA_REQUIRED or not needs_strong_sign_in(request.user):
            return None
        signed_with = {one["method"] for one in get_authentication_records(request, request.user)}
        if "mfa" in signed_with or has_second_factor(reader(request)):
            return None
        if request.resolver_match and request.resolver_match.view_name in _SETTING_UP:
            return None
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRefresh()
        return redirect("accounts:second_factor_setup")


def _start_again(request: HttpRequest) -> HttpResponseBase:
    """Ask the page again as a visitor: it shows itself, or asks to sign in and comes back."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    if request.method in ("GET", "HEAD"):
        return redirect(request.get_full_path())
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    return redirect_to_login(came_from.path or "/")
