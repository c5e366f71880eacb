"""The mails of the doors: each rendered, in both languages, as text and as a page."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

import ancrage.web
from ancrage.kit.mail import queue_mail
from ancrage.kit.models import OutboxTask
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

FOLDER = Path(ancrage.web.__file__).parent / "templates" / "accounts" / "email"
MAILS = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
CONTEXT = {
    "code": "1234-5678",
    "minutes": 10,
    "at": NOW,
    "device": "Firefox sur Windows",
    "from_email": "ana@exemple.test",
    "to_email": "ana.d'armor@exemple.test",
    "deleted_email": "ana@exemple.test",
    "login_url": "https://ancrage.test/compte/connexion/",
    "security_url": "https://ancrage.test/compte/securite/",
    "signup_url": "https://ancrage.test/compte/inscription/",
    "reset_url": "https://ancrage.test/compte/mot-de-passe/oublie/",
}


def payload_of(name: str, language: str) -> dict[str, str]:
    queue_mail(
        key=name,
        to="ana@exemple.test",
        template=f"accounts/email/{name}",
        context=CONTEXT,
        language=language,
        now=NOW,
    )
    return dict(OutboxTask.objects.get().payload)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", MAILS)
def test_mail_is_whole(name: str, language: str) -> None:
    mail = payload_of(name, language)

    page = BeautifulSoup(mail["html"], "html.parser")
    assert page.html["lang"] == language
    assert 0 < len(mail["subject"]) <= 80
    assert len(page.find_all("h1")) == 1
    assert "&#x27;" not in mail["text"]
    assert re.search(r"\n{4,}|[ \t]+\n\n[ \t]+\n", mail["text"]) is None
    # What the page says, the text says too: code, address, link.
    for fact in ("1234-5678", CONTEXT["to_email"], CONTEXT["security_url"]):
        assert (fact in mail["text"]) is (
            fact in page.get_text() or fact in {a["href"] for a in page.find_all("a")}
        )


def test_mail_with_a_code_reads_like_this() -> None:
    with translation.override("en"):  # the reader of the page is not the reader of the mail
        mail = payload_of("login_code", "fr")

    assert mail["subject"] == "1234-5678 est votre code de connexion"
    assert mail["text"].strip().splitlines()[:5] == [
        "Recopiez ce code sur la page de connexion :",
        "",
        "1234-5678",
        "",
        "Il est valable 10 minutes et ne sert qu’une fois. Ne le donnez à personne, même à"
        " quelqu’un qui dit travailler pour nous.",
    ]


def test_notice_of_a_change_says_when_from_where_and_what_to_do() -> None:
    mail = payload_of("email_changed", "fr")

    assert mail["subject"] == "Votre adresse a été changée"
    for part in (
        "L’adresse de votre compte était ana@exemple.test ;",
        "c’est maintenant ana.d'armor@exemple.test.",
        "Le 16 novembre 2026, 10:30, depuis : Firefox sur Windows",
        "Si ce n’était pas vous, changez tout de suite de mot de passe",
        "https://ancrage.test/compte/securite/",
    ):
        assert part in mail["text"].replace("\u00a0", " ")
