"""The few views of allauth that need more than our words."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from ancrage.accounts.demo import demo_accounts

# Called by the page, hence at each request: outside the demo it is always empty.
login = LoginView.as_view(extra_context={"demo_accounts": demo_accounts})


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last second factor of somebody who must hold one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse as the page of the authenticator application does."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()
