"""Mail is rendered as what it is: text stays text."""

import pytest
from django.core import mail

from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import run_due
from tests.factories import PartnerFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_mail_escapes_its_html_and_not_its_text() -> None:
    queue_mail(
        key="k",
        to="ana@exemple.test",
        template="partners/email/invitation",
        context={
            "partner": PartnerFactory(name="Soins & Lien d'ici"),
            "inviter": "",
            "expires_at": NOW,
            "token": "t",
        },
        language="fr",
        now=NOW,
    )

    run_due(clock=lambda: NOW)

    message = mail.outbox[0]
    html, _kind = message.alternatives[0]
    assert "Soins & Lien d'ici" in message.subject
    assert "Soins & Lien d'ici" in message.body
    assert "Soins &amp; Lien d&#x27;ici" in html
