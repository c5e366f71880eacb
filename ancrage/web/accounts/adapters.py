"""How allauth talks to the rest of the house: our accounts, our mails, our words."""

import time
import uuid
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ancrage.accounts.enums import AccountEvent
from ancrage.accounts.models import User, search_name_of
from ancrage.accounts.permissions import needs_strong_sign_in
from ancrage.accounts.queries import SECOND_FACTORS, account_of
from ancrage.kit.audit import record
from ancrage.kit.mail import queue_mail
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import touch_subject
from ancrage.web.accounts.cookies import remember_language
from ancrage.web.accounts.devices import device_name
from ancrage.web.accounts.sessions import begin
from ancrage.web.client import client_ip

_log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts without a user name, mails through the outbox, a journal of what was changed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Ce compte est fermé."),
        "duplicate_email": gettext_lazy("C’est déjà l’adresse de ce compte."),
        "email_password_mismatch": gettext_lazy(
            "L’adresse ou le mot de passe ne sont pas les bons. Vérifiez-les, ou demandez à"
            " recevoir un code."
        ),
        "email_taken": gettext_lazy("Un compte existe déjà avec cette adresse."),
        "enter_current_password": gettext_lazy("Ce n’est pas votre mot de passe actuel."),
        "incorrect_code": gettext_lazy(
            "Ce code n’est pas le bon. Recopiez celui du dernier message reçu."
        ),
        "incorrect_password": gettext_lazy("Ce n’est pas le bon mot de passe."),
        "invalid_login": gettext_lazy("Indiquez une adresse électronique."),
        "rate_limited": gettext_lazy("Trop de demandes à la suite. Patientez quelques minutes."),
        "same_as_current": gettext_lazy("Choisissez une valeur différente de l’actuelle."),
        "too_many_login_attempts": gettext_lazy(
            "Trop d’essais à la suite. Patientez cinq minutes, puis demandez un nouveau code."
        ),
        "unverified_primary_email": gettext_lazy("Confirmez d’abord votre adresse actuelle."),
    }

    def new_user(self, request: HttpRequest) -> User:
        """Start an account in the language of the page that asks for it."""
        return User(created_at=timezone.now(), language=get_language() or settings.LANGUAGE_CODE)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Write the account that somebody opens for themselves, and say so in the journal."""
        user.search_name = search_name_of(
            form.cleaned_data.get("first_name", ""), form.cleaned_data.get("last_name", "")
        )
        super().save_user(request, user, form, commit=commit)
        if commit:
            record(action=AccountEvent.OPENED, target=user, by=user, now=user.created_at)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Open a session, and start counting its life; somebody followed gives sign of life."""
        super().login(request, user)
        now = timezone.now()
        begin(request, now=now)
        subject = DataSubject.objects.filter(user=user).order_by().first()
        if subject is not None:
            touch_subject(subject=subject, now=now)
        _log.info("account.signed_in", user=user.pk)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Show the pages in the language the person chose on their last visit."""
        response = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a line for whoever watches over the doors; the address is not in it."""
        _log.warning("account.sign_in_failed")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address seen by our proxies, which the client cannot forge."""
        return client_ip(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the page on security, where the change shows."""
        return reverse("accounts:security")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before a sensitive act, unless they have just typed it."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name in our words the ways to prove again who one is."""
        words = {
            "reauthenticate": _("Utiliser mon mot de passe"),
            "mfa_reauthenticate": _("Utiliser un code de mon application, ou de secours"),
            "mfa_reauthenticate:webauthn": _("Utiliser ma clé d’accès"),
        }
        return [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in the language of its reader.

        A mail server that is slow or down then neither fails the page nor tells, by its delay,
        which addresses have an account.
        """
        reader = context.get("user") or account_of(email)
        queue_mail(
            key=f"account:{uuid.uuid4().hex}",
            to=email,
            template=_template_of(template_prefix),
            context={
                **{name: context[name] for name in _SENT if name in context},
                "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
                "login_url": self._absolute("account_login"),
                "security_url": self._absolute("accounts:security"),
                "signup_url": self._absolute("account_signup"),
                "reset_url": self._absolute("account_reset_password"),
            },
            language=reader.language if reader else get_language() or settings.LANGUAGE_CODE,
            now=timezone.now(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner, and the journal, that something of their security has changed."""
        now: datetime = timezone.now()
        record(
            action=AccountEvent(f"account.{template_prefix.rpartition('/')[2]}"),
            target=user,
            by=user,
            now=now,
        )
        device = device_name(self.get_http_user_agent(self.request))
        self.send_mail(
            template_prefix,
            email or user.email,
            {**(context or {}), "user": user, "at": now, "device": device},
        )

    def _absolute(self, url_name: str) -> str:
        return settings.SITE_URL.rstrip("/") + reverse(url_name)


# What allauth hands to its mails and ours need; the rest (request, user) stays out of the queue.
_SENT = ("code", "at", "device", "from_email", "to_email", "deleted_email")


def _template_of(template_prefix: str) -> str:
    """Return our own mail for allauth's: « account/email/login_code » → accounts/email/…"""
    return f"accounts/email/{template_prefix.rpartition('/')[2]}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: named for people, and not dropped by those who must hold one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Votre rôle demande un second facteur : ajoutez-en un autre avant de retirer celui-ci."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Les codes de secours remplacent un second facteur : ajoutez-en un d’abord."
        ),
        "incorrect_code": gettext_lazy(
            "Ce code n’est pas le bon. Recopiez celui que l’application affiche maintenant."
        ),
        "unverified_email": gettext_lazy("Confirmez d’abord votre nouvelle adresse électronique."),
    }

    def encrypt(self, text: str) -> str:
        """Keep the secrets of applications and recovery codes unreadable in a stolen database."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret again, also after `SECRET_KEY` moved to `SECRET_KEY_FALLBACKS`."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor of a person whose role demands one."""
        if not settings.MFA_REQUIRED or not needs_strong_sign_in(authenticator.user):
            return True
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=SECOND_FACTORS
        ).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Suggest a name for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if count == 0:
            return _("Ma clé d’accès")
        return _("Ma clé d’accès n° %(number)s") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return str(settings.BRAND_NAME)


def _keys() -> MultiFernet:
    secrets = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [sha256(f"ancrage.second_factor:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
