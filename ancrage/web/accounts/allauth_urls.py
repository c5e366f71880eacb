"""allauth's pages at French addresses, each behind our guard.

The names are allauth's own: its views link to one another by them. What we do not offer (several
addresses, telephone, social accounts, its list of sessions) is simply not on the map.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from ancrage.web.access import allowed, public
from ancrage.web.accounts.allauth_views import login, passkey_login, remove_passkey

View = Callable[..., HttpResponseBase]


def _page(route: str, view: View, name: str, *, guard: Callable[[View], View]) -> URLPattern:
    """Place a page of allauth; a form that comes back answers 422, as everywhere in the house."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and _has_refused_form(response):
            response.status_code = 422
        return response

    return path(route, guard(answered), name=name)


def _has_refused_form(response: HttpResponseBase) -> bool:
    context = getattr(response, "context_data", None) or {}
    return any(isinstance(value, BaseForm) and value.errors for value in context.values())


def _open(route: str, view: View, name: str) -> URLPattern:
    return _page(route, view, name, guard=public)


def _own(route: str, view: View, name: str) -> URLPattern:
    return _page(route, view, name, guard=allowed("accounts.manage_own"))


urlpatterns = [
    # --- the doors
    _open("connexion/", login, "account_login"),
    _open("connexion/code/", account.request_login_code, "account_request_login_code"),
    _open("connexion/code/saisir/", account.confirm_login_code, "account_confirm_login_code"),
    _open("connexion/second-facteur/", second_factor.authenticate, "mfa_authenticate"),
    _open("connexion/cle/", passkey_login, "mfa_login_webauthn"),
    _open("deconnexion/", account.logout, "account_logout"),
    _open("ferme/", account.account_inactive, "account_inactive"),
    _open("inscription/", account.signup, "account_signup"),
    _open(
        "adresse/confirmer/",
        account.email_verification_sent,
        "account_email_verification_sent",
    ),
    _open("mot-de-passe/oublie/", account.password_reset, "account_reset_password"),
    _open(
        "mot-de-passe/oublie/code/",
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
    ),
    _open(
        "mot-de-passe/oublie/nouveau/",
        account.complete_password_reset,
        "account_complete_password_reset",
    ),
    _open(
        "mot-de-passe/oublie/fait/",
        account.password_reset_from_key_done,
        "account_password_reset_completed",
    ),
    # --- one's own account
    _own("adresse/", account.email, "account_email"),
    _own("mot-de-passe/", account.password_change, "account_change_password"),
    _own("mot-de-passe/choisir/", account.password_set, "account_set_password"),
    _own("verification/", account.reauthenticate, "account_reauthenticate"),
    _own("verification/code/", second_factor.reauthenticate, "mfa_reauthenticate"),
    _own("verification/cle/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _own("second-facteur/", second_factor.index, "mfa_index"),
    _own("second-facteur/application/", totp.activate_totp, "mfa_activate_totp"),
    _own("second-facteur/application/retirer/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _own("second-facteur/cles/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _own("second-facteur/cles/ajouter/", passkeys.add_webauthn, "mfa_add_webauthn"),
    _own("second-facteur/cles/<int:pk>/renommer/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    _own("second-facteur/cles/<int:pk>/retirer/", remove_passkey, "mfa_remove_webauthn"),
    _own(
        "second-facteur/codes-de-secours/",
        recovery_codes.view_recovery_codes,
        "mfa_view_recovery_codes",
    ),
    _own(
        "second-facteur/codes-de-secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _own(
        "second-facteur/codes-de-secours/telecharger/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]
