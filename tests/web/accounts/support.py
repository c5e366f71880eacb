"""What the tests of the doors share: an account, the mails, a page read as a reader does."""

import re
from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts import services
from ancrage.accounts.models import User
from ancrage.kit.outbox import run_due
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_CODE = re.compile(r"\b\d{4}-\d{4}\b")


def open_ana() -> User:
    """Open a plain account with a verified address and the password of the factories."""
    return services.open_account(
        email="ana@exemple.test",
        first_name="Ana",
        last_name="Roux",
        password=PASSWORD,
        by=None,
        now=timezone.now(),
    )


def protect(user: User) -> list[str]:
    """Give `user` an authenticator application (secret `SECRET`); return recovery codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def totp_code(*, at: datetime, secret: str = SECRET) -> str:
    """Return what the application shows at that moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def sign_in(client: Client, user: User, **more: str) -> HttpResponse:
    """Sign in by password, as the form does: what was typed is a fresh proof of who one is."""
    return client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, **more}
    )


def signed_in(client: Client) -> User | None:
    """Return whose session it is."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def sent() -> list[mail.EmailMultiAlternatives]:
    """Send what waits and return every mail sent so far."""
    ran = run_due(clock=timezone.now)
    assert (ran.retried, ran.abandoned) == (0, 0)
    return list(mail.outbox)


def last_code() -> str:
    """Return the code of the last mail."""
    found = _CODE.search(sent()[-1].body)
    assert found is not None
    return found[0]


def faults_of(page: str) -> list[str]:
    """Return what keeps a page from being one of ours: title, one h1, labels, no inline code."""
    soup = BeautifulSoup(page, "html.parser")
    faults = []
    title = soup.title.get_text(strip=True) if soup.title else ""
    if not title.endswith("– Ancrage") or title.startswith("–"):
        faults.append(f"title {title!r}")
    if len(soup.find_all("h1")) != 1 or not soup.h1.get_text(strip=True):
        faults.append("not one h1")
    for script in soup.find_all("script"):
        if not script.get("src") and not script.get("type", "").startswith("application/"):
            faults.append("inline script")
    if soup.find_all("style") or soup.find_all(style=True):
        faults.append("inline style")
    for control in soup.select("main input, main select, main textarea"):
        if control.get("type") in {"hidden", "submit"}:
            continue
        if not soup.find("label", attrs={"for": control.get("id")}) and not control.find_parent(
            "label"
        ):
            faults.append(f"no label for {control.get('name')}")
        if control.get("placeholder"):
            faults.append(f"placeholder on {control.get('name')}")
    for form in soup.select("form[method=post]"):
        if not form.find("input", attrs={"name": "csrfmiddlewaretoken"}):
            faults.append(f"no token in the form to {form.get('action')}")
    for code in soup.main.find_all("code"):
        code.extract()
    english = re.search(
        r"\b(Password|Email|Sign (?:in|out|up)|Authenticator|Recovery|Security key)\b",
        soup.main.get_text(" "),
    )
    if english:
        faults.append(f"in English: {english[0]}")
    return faults
