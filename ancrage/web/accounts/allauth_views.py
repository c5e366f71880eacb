"""The few views of allauth that need more than our words."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ancrage.accounts.demo import demo_accounts

# Called by the page, hence at each request: outside the demo it is always empty.
login = LoginView.as_view(extra_context={"demo_accounts": demo_accounts})


class PasskeyLoginView(LoginWebAuthnView):
    """Sign in by a passkey alone."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Speak of a key, where allauth would speak of a code."""
        messages.error(
            self.request,
            _("Cette clé d’accès n’ouvre aucun compte ici. Choisissez un autre moyen."),
        )
        return redirect("account_login")


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last second factor of somebody who must hold one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse as the page of the authenticator application does."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


passkey_login = PasskeyLoginView.as_view()
remove_passkey = RemovePasskeyView.as_view()
