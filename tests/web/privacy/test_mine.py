"""« Mes données »: what I agreed to, who looked, and my rights, one button each."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.privacy.models import ConsentEntry, DataSubject, RightsRequest
from ancrage.privacy.queries import consent_holds
from tests.factories import (
    AccessTraceFactory,
    ConsentEntryFactory,
    DataSubjectFactory,
    MembershipFactory,
    PartnerFactory,
    RightsRequestFactory,
)
from tests.factories.moments import NOW
from tests.web.accounts.support import faults_of, sign_in, signed_in

pytestmark = pytest.mark.django_db

MINE = "/compte/donnees/"


def main_of(response: HttpResponse) -> BeautifulSoup:
    assert faults_of(response.text) == []
    return BeautifulSoup(response.text, "html.parser").main


def words(response: HttpResponse) -> str:
    return " ".join(main_of(response).get_text(" ").split())


def posted(client: Client, name: str, **data: Any) -> str:
    """Send a button of the page; return what the page then says."""
    response = client.post(reverse(f"privacy:{name}"), data, follow=True)
    assert response.redirect_chain[-1][0] == MINE
    return words(response)


def test_somebody_without_a_profile_sees_what_concerns_their_account(
    client: Client, ana: User
) -> None:
    page = client.get(MINE)

    main = main_of(page)
    assert main.find("a", href=reverse("accounts:download"))
    assert main.find("a", href=reverse("accounts:close"))
    assert not main.find("a", href=reverse("privacy:erase"))
    assert main.find(id="accords") is None


def test_agreement_is_given_and_withdrawn_with_one_button_each(
    client: Client, subject: DataSubject
) -> None:
    page = main_of(client.get(MINE))
    assert "Jamais donné" in page.get_text()
    (form,) = page.select(f"form[action='{reverse('privacy:consent_give')}']")
    data = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}

    assert "Accord noté" in posted(client, "consent_give", **data)
    assert consent_holds(subject, "talent_pool")
    (form,) = main_of(client.get(MINE)).select(
        f"form[action='{reverse('privacy:consent_withdraw')}']"
    )
    data = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    said = posted(client, "consent_withdraw", **data)

    assert "Accord retiré" in said
    assert "Retiré le" in said
    assert not consent_holds(subject, "talent_pool")
    assert [one.recorded_by for one in ConsentEntry.objects.order_by("pk")] == [subject.user] * 2


def test_a_structure_is_named_beside_its_agreement(client: Client, subject: DataSubject) -> None:
    hospital = PartnerFactory(name="Hôpital fictif")
    scope = f"partner:{hospital.pk}"
    ConsentEntryFactory(subject=subject, purpose="identity", scope=scope)

    assert "– Hôpital fictif" in words(client.get(MINE))
    posted(client, "consent_withdraw", purpose="identity", scope=scope)
    assert not consent_holds(subject, "identity", scope)
    posted(client, "consent_give", purpose="identity", scope=scope, version="2026-11")
    assert consent_holds(subject, "identity", scope)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"purpose": "talent_pool", "version": "1999-01"}, "relisez-le"),
        ({"purpose": "identity", "scope": "partner:1", "version": "2026-11"}, "relisez-le"),
        ({"purpose": "support"}, "relisez-le"),
    ],
)
def test_an_agreement_that_was_not_asked_is_not_given(
    data: dict[str, str], said: str, client: Client, subject: DataSubject
) -> None:
    assert said in posted(client, "consent_give", **data)
    assert ConsentEntry.objects.count() == 0


def test_what_was_not_asked_is_not_withdrawn(client: Client, subject: DataSubject) -> None:
    data = {"purpose": "identity", "scope": "partner:1"}

    assert "ne vous a pas été demandé" in posted(client, "consent_withdraw", **data)


def test_the_person_reads_who_looked(client: Client, subject: DataSubject) -> None:
    member = MembershipFactory(partner__name="Hôpital fictif", user__last_name="Regardante")
    scope = f"partner:{member.partner_id}"
    AccessTraceFactory(subject=subject, viewer=member.user, scope=scope, fields=["last_name"])
    AccessTraceFactory(
        subject=subject, viewer=None, scope="elsewhere", fields=["export", "mystère"]
    )
    AccessTraceFactory()

    page = client.get(MINE)

    said = words(page)
    for expected in (
        "Regardante",
        "Hôpital fictif",
        "un compte fermé depuis",
        "une copie dans un fichier, mystère",
    ):
        assert expected in said
    # All of them are on the page: there is nowhere else to read them.
    assert "Voir les 2 consultations" not in said
    assert len(main_of(page).select("#consultations tbody tr")) == 2


def test_every_look_is_on_its_own_page(
    client: Client, subject: DataSubject, django_assert_max_num_queries: Any
) -> None:
    assert "Aucune consultation de votre identité" in words(client.get(reverse("privacy:looks")))
    for day in range(26):
        AccessTraceFactory(subject=subject, at=NOW - timedelta(days=day))

    with django_assert_max_num_queries(14):
        first = client.get(reverse("privacy:looks"))
    second = client.get(reverse("privacy:looks"), {"page": 2})

    assert [len(main_of(page).select("tbody tr")) for page in (first, second)] == [25, 1]


def test_looks_are_narrowed_and_taken_away(client: Client, subject: DataSubject) -> None:
    AccessTraceFactory(subject=subject, at=NOW)
    AccessTraceFactory(subject=subject, purpose="support", fields=["goal"], at=NOW)
    AccessTraceFactory(subject=subject, at=NOW - timedelta(days=40))
    AccessTraceFactory()
    asked = {"pourquoi": "identity", "depuis": timezone.localdate(NOW).isoformat()}

    page = client.get(reverse("privacy:looks"), asked)
    file = client.get(reverse("privacy:looks_export"), asked)
    every = client.get(reverse("privacy:looks_export"), {"pourquoi": "n’importe quoi"})

    assert len(main_of(page).select("tbody tr")) == 1
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Quand;Qui;Pour;Pourquoi;Ce qui a été vu"
    assert len(lines) == 2
    assert len(b"".join(every.streaming_content).decode().splitlines()) == 4


def test_the_copy_holds_profile_and_account(client: Client, subject: DataSubject) -> None:
    response = client.get(reverse("privacy:export"))

    content = io.BytesIO(b"".join(response.streaming_content))
    archive = zipfile.ZipFile(content)
    data = json.loads(archive.read("donnees.json"))
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"'
    )
    assert data["compte"]["account"][0]["email"] == "ana@exemple.test"
    assert data["privacy"]["accords"] == []
    assert "tableaux/compte-account.csv" in archive.namelist()
    assert RightsRequest.objects.get().kind == "portability"
    assert "Recevoir une copie" in words(client.get(MINE))


def test_a_request_is_sent_to_those_who_follow_the_person(
    client: Client, subject: DataSubject
) -> None:
    url = reverse("privacy:ask")
    assert client.get(url).status_code == 200

    empty = client.post(url, {"kind": "rectification", "details": ""})
    assert empty.status_code == 422
    assert faults_of(empty.text) == []
    said = posted(client, "ask", kind="rectification", details="Mon nom : Anna")

    filed = RightsRequest.objects.get()
    assert (filed.subject, filed.home, filed.channel, filed.details) == (
        subject,
        subject.home,
        "self",
        "Mon nom : Anna",
    )
    assert "Réponse au plus tard le" in said


def test_a_profile_is_limited_then_shown_again(client: Client, subject: DataSubject) -> None:
    asked = client.get(reverse("privacy:limit"))
    assert "Plus personne d’autre que vous" in words(asked)

    said = posted(client, "limit")
    assert "Votre profil est caché et gelé" in said
    page = main_of(client.get(MINE))
    assert not page.select(f"form[action='{reverse('privacy:consent_give')}']")
    assert "gelé" in posted(client, "consent_give", purpose="talent_pool", version="2026-11")
    subject.refresh_from_db()
    assert subject.limited_at is not None

    assert "de nouveau montré" in posted(client, "lift")
    subject.refresh_from_db()
    assert subject.limited_at is None
    assert RightsRequest.objects.get().kind == "limitation"


def test_erasing_ones_profile_ends_the_account_too(client: Client, subject: DataSubject) -> None:
    assert "C’est définitif" in words(client.get(reverse("privacy:erase")))

    response = client.post(reverse("privacy:erase"), follow=True)

    assert "Votre profil et votre compte sont effacés." in response.text
    assert signed_in(client) is None
    assert DataSubject.objects.get().anonymised_at is not None
    assert User.objects.get(pk=subject.user_id).erased_at is not None


def test_somebody_who_works_here_keeps_their_account(client: Client, subject: DataSubject) -> None:
    MembershipFactory(user=subject.user)

    assert "Votre compte reste ouvert" in posted(client, "erase")

    assert signed_in(client) == subject.user
    assert DataSubject.objects.get().user is None


def test_closing_ones_account_erases_the_profile(client: Client, subject: DataSubject) -> None:
    client.post(reverse("accounts:close"))

    assert DataSubject.objects.get().anonymised_at is not None
    assert RightsRequest.objects.get().kind == "erasure"


def test_sensitive_pages_ask_again_who_one_is(client: Client, subject: DataSubject) -> None:
    fresh = Client()
    fresh.force_login(subject.user)

    for name in ("export", "erase"):
        asked = fresh.get(reverse(f"privacy:{name}"))
        assert asked.url.startswith(reverse("account_reauthenticate"))


def test_signing_in_is_a_sign_of_life(client: Client, subject: DataSubject) -> None:
    DataSubject.objects.update(last_contact_at=NOW - timedelta(days=700), warned_at=NOW)

    sign_in(Client(), subject.user)

    subject.refresh_from_db()
    assert subject.last_contact_at > NOW - timedelta(days=1)
    assert subject.warned_at is None


def test_nobody_acts_on_the_profile_of_another(client: Client, ana: User) -> None:
    other = DataSubjectFactory()
    ConsentEntryFactory(subject=other)
    RightsRequestFactory(subject=other, details="Affaire d’une autre")

    assert "Affaire" not in client.get(MINE).text
    for name in ("consent_give", "consent_withdraw", "limit", "lift", "erase"):
        response = client.post(reverse(f"privacy:{name}"), {"purpose": "talent_pool"})
        assert response.status_code == 404
    assert client.get(reverse("privacy:export")).status_code == 404
    other.refresh_from_db()
    assert (other.limited_at, other.anonymised_at) == (None, None)
