"""The doors, walked through as a person does: page, form, mail, code."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts import services
from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine, OutboxTask
from tests.factories.accounts import PASSWORD
from tests.web.accounts.support import last_code, open_ana, sent, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return open_ana()


def test_password_signs_in_and_leads_to_the_first_page(client: Client, ana: User) -> None:
    response = client.post(
        reverse("account_login"), {"login": "ANA@exemple.test", "password": PASSWORD}
    )

    assert (response.status_code, response.url) == (302, reverse("web:after_login"))
    assert signed_in(client) == ana


def test_password_sign_in_goes_back_to_the_page_asked(client: Client, ana: User) -> None:
    asked = client.get(reverse("accounts:security"))
    assert asked.url == f"{reverse('account_login')}?next={reverse('accounts:security')}"

    page = client.get(asked.url)
    assert f'name="next" value="{reverse("accounts:security")}"' in page.text
    response = client.post(
        asked.url,
        {"login": ana.email, "password": PASSWORD, "next": reverse("accounts:security")},
    )

    assert response.url == reverse("accounts:security")


def test_password_sign_in_never_goes_to_another_site(client: Client, ana: User) -> None:
    response = client.post(
        reverse("account_login"),
        {"login": ana.email, "password": PASSWORD, "next": "https://ailleurs.test/"},
    )

    assert response.url == reverse("web:after_login")


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client, ana: User) -> None:
    answers = [
        client.post(reverse("account_login"), {"login": login, "password": "inexact"})
        for login in (ana.email, "personne@exemple.test")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert [answer.context["form"].non_field_errors() for answer in answers] == [
        [
            "L’adresse ou le mot de passe ne sont pas les bons. Vérifiez-les, ou demandez à"
            " recevoir un code."
        ]
    ] * 2
    assert signed_in(client) is None


def test_the_sixth_wrong_password_is_not_even_tried(client: Client, ana: User) -> None:
    for _time in range(5):
        client.post(reverse("account_login"), {"login": ana.email, "password": "inexact"})

    response = client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})

    assert response.status_code == 422
    assert "Trop d’essais" in response.text
    assert signed_in(client) is None


def test_a_closed_account_is_told_so(client: Client, ana: User) -> None:
    services.close_account(user=ana, by=None, now=timezone.now())

    response = client.post(
        reverse("account_login"), {"login": ana.email, "password": PASSWORD}, follow=True
    )

    assert response.redirect_chain == [(reverse("account_inactive"), 302)]
    assert "Ce compte est fermé" in response.text
    assert signed_in(client) is None


def test_code_signs_in(client: Client, ana: User) -> None:
    response = client.post(
        reverse("account_request_login_code"), {"email": ana.email}, follow=True
    )
    assert response.redirect_chain == [(reverse("account_confirm_login_code"), 302)]
    code = last_code()

    response = client.post(reverse("account_confirm_login_code"), {"code": code.replace("-", " ")})

    assert (response.status_code, response.url) == (302, reverse("web:after_login"))
    assert signed_in(client) == ana
    message = mail.outbox[0]
    assert (message.to, message.subject) == (
        ["ana@exemple.test"],
        f"{code} est votre code de connexion",
    )
    assert code in message.alternatives[0].content
    # Once sent, the code is nowhere in the database but in the session that waits for it.
    assert code not in str(list(OutboxTask.objects.values()))


def test_code_mail_speaks_its_reader_s_language(client: Client, ana: User) -> None:
    services.choose_language(user=ana, language="en", by=ana, now=timezone.now())

    client.post(reverse("account_request_login_code"), {"email": ana.email})

    task = OutboxTask.objects.get()
    assert '<html lang="en">' in task.payload["html"]


def test_code_for_an_unknown_address_tells_the_page_nothing(client: Client, ana: User) -> None:
    pages = []
    for email in (ana.email, "personne@exemple.test"):
        client.cookies.clear()
        page = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
        pages.append(re.sub(r'value="[^"]{64}"', "", page.text.replace(email, "")))

    assert pages[0] == pages[1]
    assert [message.subject for message in sent()][1] == "Aucun compte avec cette adresse"


def test_three_wrong_codes_close_the_door(client: Client, ana: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    code = last_code()

    answers = [
        client.post(reverse("account_confirm_login_code"), {"code": "0000-0000"})
        for _time in range(3)
    ]
    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert response.url == reverse("account_request_login_code")
    assert signed_in(client) is None


def test_code_dies_after_ten_minutes(client: Client, ana: User, time_machine) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    code = last_code()
    time_machine.move_to(start + timedelta(minutes=10, seconds=1), tick=False)

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("account_request_login_code")
    assert signed_in(client) is None


def test_code_serves_once(client: Client, ana: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    code = last_code()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_logout"))

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("account_request_login_code")
    assert signed_in(client) is None


def test_another_code_replaces_the_first(client: Client, ana: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    first = last_code()

    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = last_code()

    assert second != first
    wrong = client.post(reverse("account_confirm_login_code"), {"code": first})
    assert wrong.status_code == 422
    client.post(reverse("account_confirm_login_code"), {"code": second})
    assert signed_in(client) == ana


SIGN_UP = {
    "first_name": "Léa",
    "last_name": "Martin",
    "email": "Lea.Martin@exemple.test",
    "password1": PASSWORD,
}


def test_sign_up_opens_a_plain_account_once_the_address_is_confirmed(client: Client) -> None:
    response = client.post(reverse("account_signup"), SIGN_UP, follow=True)
    assert response.redirect_chain == [(reverse("account_email_verification_sent"), 302)]
    assert signed_in(client) is None

    client.post(reverse("account_email_verification_sent"), {"code": last_code()})

    user = User.objects.get()
    assert signed_in(client) == user
    assert (user.email, user.full_name, user.search_name, user.language) == (
        "lea.martin@exemple.test",
        "Léa Martin",
        "lea martin",
        "fr",
    )
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("lea.martin@exemple.test", True, True)
    ]
    assert list(AuditLine.objects.values_list("action", "target_label")) == [
        ("account.opened", f"compte {user.pk}")
    ]


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("password1", "trop court", "12"),
        ("password1", "123456789012", "numérique"),
        ("email", "lea chez exemple", "valide"),
        ("first_name", "", "obligatoire"),
    ],
)
def test_sign_up_refused_keeps_what_was_typed(
    client: Client, field: str, value: str, part: str
) -> None:
    response = client.post(reverse("account_signup"), SIGN_UP | {field: value})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert part in " ".join(response.context["form"].errors[field])
    assert 'value="Martin"' in response.text
    assert not User.objects.exists()


def test_sign_up_with_a_known_address_says_so_by_mail_only(client: Client, ana: User) -> None:
    response = client.post(reverse("account_signup"), SIGN_UP | {"email": ana.email}, follow=True)

    assert response.redirect_chain == [(reverse("account_email_verification_sent"), 302)]
    assert [message.subject for message in sent()] == ["Vous avez déjà un compte"]
    assert User.objects.count() == 1


def test_forgotten_password_is_replaced_by_code(client: Client, ana: User) -> None:
    client.post(reverse("account_reset_password"), {"email": ana.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": last_code()})
    new = "une toute autre phrase"

    response = client.post(
        reverse("account_complete_password_reset"),
        {"password1": new, "password2": new},
        follow=True,
    )

    assert "Votre mot de passe est changé" in response.text
    ana.refresh_from_db()
    assert ana.check_password(new)
    assert signed_in(client) is None
    assert [message.subject for message in sent()][-1] == "Votre mot de passe a été changé"
    assert "account.password_reset" in AuditLine.objects.values_list("action", flat=True)


def test_sign_out_asks_then_ends_the_session(client: Client, ana: User) -> None:
    client.force_login(ana)

    assert "Se déconnecter ?" in client.get(reverse("account_logout")).text
    response = client.post(reverse("account_logout"))

    assert response.url == reverse("web:home")
    assert signed_in(client) is None


def test_sign_in_brings_back_the_language_of_the_last_visit(client: Client, ana: User) -> None:
    services.choose_language(user=ana, language="en", by=ana, now=timezone.now())

    response = client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})

    assert response.cookies["django_language"].value == "en"


def test_language_button_is_remembered_by_the_account(client: Client, ana: User) -> None:
    client.force_login(ana)

    response = client.post(reverse("set_language"), {"language": "en", "next": "/compte/"})

    ana.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/compte/")
    assert (ana.language, response.cookies["django_language"].value) == ("en", "en")


def test_language_button_serves_visitors_and_ignores_unknown_languages(client: Client) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert response.cookies["django_language"].value == "en"

    response = client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    assert "django_language" not in response.cookies
