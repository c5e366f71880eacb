from datetime import timedelta

import pytest
from django.test import Client

from ancrage.kit.models import OutboxTask
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries.links import ask_token
from ancrage.needs.services import ask_freshness, confirm_need, pause_stale
from ancrage.partners.recipients import Recipient
from tests.factories import MembershipFactory, NeedFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(partner):
    return NeedFactory(
        partner=partner,
        published=True,
        confirmed_at=NOW - timedelta(days=31),
        description="Secret du métier",
        contact_phone="+33240821234",
    )


@pytest.fixture
def member(partner):
    user = UserFactory()
    MembershipFactory(user=user, partner=partner)
    return user


@pytest.fixture
def link(need, member):
    recipient = Recipient(email=member.email, language="fr", user=member, partner=None)
    return f"/besoins/actualite/{ask_token(need, recipient, now=NOW)}/"


def text_of(page):
    return " ".join(page.find("main").get_text(" ", strip=True).split())


def state():
    row = Need.objects.get()
    return row.status, row.confirmed_at


def test_link_of_the_mail_opens_without_signing_in(client, need, member, read):
    ask_freshness(now=NOW)
    text = OutboxTask.objects.get().payload["text"]
    address = next(word for word in text.split() if "/besoins/actualite/" in word).removeprefix(
        "http://127.0.0.1:8000"
    )

    response = client.get(address)

    assert response.status_code == 200
    assert read(response).h1.get_text(strip=True) == "Toujours d’actualité ?"


def test_link_shows_what_the_mail_said_and_nothing_more(client, need, link, read):
    page = read(client.get(link))

    assert str(need.profession) in text_of(page)
    assert "Hôpital fictif" in text_of(page)
    assert "Secret du métier" not in str(page)
    assert "0240821234" not in str(page).replace(" ", "")
    assert [button["value"] for button in page.find("main").find_all("button")] == [
        "still_open",
        "filled",
        "withdrawn",
    ]


def test_link_opened_by_a_scanner_changes_nothing(client, link):
    before = state()

    client.get(link)
    client.head(link)

    assert state() == before


def test_link_is_not_kept_by_any_cache(client, link):
    assert "no-store" in client.get(link).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("answer", "status", "sentence"),
    [
        ("still_open", NeedStatus.PUBLISHED, "Le besoin est à jour"),
        ("filled", NeedStatus.FILLED, "noté comme pourvu"),
        ("withdrawn", NeedStatus.WITHDRAWN, "Le besoin est retiré"),
    ],
)
def test_answer_is_done_thanked_for_and_undone(client, link, read, answer, status, sentence):
    thanks = client.post(link, {"answer": answer}, follow=True)

    assert thanks.redirect_chain[0][1] == 302
    assert sentence in text_of(read(thanks))
    assert state()[0] == status

    done = thanks.redirect_chain[0][0]
    undone = client.post(done, follow=True)

    assert read(undone).h1.get_text(strip=True) == "Réponse annulée"
    assert state()[0] == NeedStatus.PUBLISHED
    again = client.post(done)
    assert again.status_code == 409
    assert "Il n’y a aucun changement à annuler." in text_of(read(again))


def test_answer_that_is_none_of_the_three_is_refused(client, link):
    before = state()

    assert client.post(link, {"answer": "effacer"}).status_code == 422
    assert client.post(link, {}).status_code == 422
    assert state() == before


def test_answer_without_the_form_of_the_page_is_refused(link):
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(link, {"answer": "filled"}).status_code == 403


def test_link_of_a_paused_need_publishes_it_again(client, need, member, read):
    Need.objects.update(confirmed_at=NOW - timedelta(days=70))
    pause_stale(now=NOW)
    text = OutboxTask.objects.get(key__startswith="needs.paused").payload["text"]
    address = next(word for word in text.split() if "/besoins/actualite/" in word).removeprefix(
        "http://127.0.0.1:8000"
    )

    assert "le publie de nouveau" in text_of(read(client.get(address)))
    client.post(address, {"answer": "still_open"})

    assert state() == (NeedStatus.PUBLISHED, NOW)


def test_link_of_a_need_that_is_over_says_so(client, need, link, read):
    Need.objects.update(status=NeedStatus.PAUSED, starts_on="2026-07-01", ends_on="2026-08-31")

    response = client.post(link, {"answer": "still_open"})

    assert response.status_code == 422
    assert "La date de fin de ce besoin est passée" in text_of(read(response))


@pytest.mark.parametrize("token", ["faux", "eyJuZWVkIjoxfQ:signature", "%20"])
def test_forged_link_is_refused_politely(client, need, token, read):
    for address in (f"/besoins/actualite/{token}/", f"/besoins/actualite/fait/{token}/"):
        response = client.post(address, {"answer": "filled"})

        assert response.status_code == 403
        assert "Ce lien n’est pas valable" in text_of(read(response))
        assert str(need.profession) not in response.content.decode()
    assert state()[0] == NeedStatus.PUBLISHED


def test_expired_link_is_refused_politely(client, need, link, november, read):
    november.move_to(NOW + timedelta(days=31), tick=False)

    response = client.post(link, {"answer": "filled"})

    assert response.status_code == 410
    assert "Ce lien a expiré." in text_of(read(response))
    assert str(need.profession) not in response.content.decode()
    assert state()[0] == NeedStatus.PUBLISHED


def test_link_already_answered_is_refused_politely(client, need, member, link, read):
    confirm_need(need=need, by=member, now=NOW)

    response = client.get(link)

    assert response.status_code == 410
    assert "déjà été mis à jour" in text_of(read(response))


def test_link_of_who_left_is_refused_politely(client, need, member, link, read):
    member.memberships.update(ended_at=NOW)

    response = client.post(link, {"answer": "filled"})

    assert response.status_code == 403
    assert "n’agit plus pour cette structure" in text_of(read(response))
    assert state()[0] == NeedStatus.PUBLISHED


def test_link_speaks_the_language_of_its_reader_unless_the_browser_chose(
    client, need, member, read
):
    member.language = "en"
    member.save()
    recipient = Recipient(email=member.email, language="en", user=member, partner=None)
    link = f"/besoins/actualite/{ask_token(need, recipient, now=NOW)}/"

    assert read(client.get(link)).html["lang"] == "en"
    client.cookies["django_language"] = "fr"
    assert read(client.get(link)).html["lang"] == "fr"


def test_link_opens_no_other_door(client, need, link):
    client.get(link)

    assert client.get(f"/besoins/{need.pk}/").status_code == 302
    assert client.get(f"/besoins/{need.pk}/modifier/").status_code == 302
