import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from ancrage.candidates.enums import ContactRequestStatus
from ancrage.candidates.models import Candidate, ContactRequest
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    ContactRequestFactory,
    NeedFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FORM = "/me-faire-connaitre/"


@pytest.fixture(autouse=True)
def _no_count_left_over():
    cache.clear()


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz", communes=[CommuneFactory()])


@pytest.fixture
def coordinator(territory, client):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


@pytest.mark.parametrize(("radius", "kept"), [("20", 20), ("0", 0), ("", None)])
def test_request_is_kept_with_the_profession_recognised(client, territory, radius, kept):
    commune = territory.communes.get()

    response = client.post(
        FORM,
        {
            "first_name": "Alix",
            "last_name": "Fictive",
            "email": "alix@exemple.test",
            "profession_text": "IDE",
            "commune": commune.pk,
            "radius_km": radius,
            "horizon": "months_3",
            "message": "Bonjour",
        },
    )

    assert response.headers["Location"] == reverse("contacts:thanks")
    request = ContactRequest.objects.get()
    assert (request.name, request.territory, request.commune, request.radius_km) == (
        "Alix Fictive",
        territory,
        commune,
        kept,
    )
    assert request.profession.code == "nurse"


def test_request_about_an_offer_says_which(client, territory):
    offer = NeedFactory(published=True)

    client.post(f"{FORM}?offre={offer.pk}", {"last_name": "Alix", "phone": "0240821234"})

    assert ContactRequest.objects.get().offer_label == str(offer)


@pytest.mark.parametrize("asked", ["abc", "99999999999999999999", "-1"])
def test_request_about_no_offer_is_taken_all_the_same(client, territory, asked):
    NeedFactory(members_only=True, published=True)

    response = client.post(f"{FORM}?offre={asked}", {"last_name": "Alix", "phone": "0240821234"})

    assert response.status_code == 302
    assert ContactRequest.objects.get().offer_label == ""


def test_request_that_nobody_could_answer_comes_back_with_what_was_typed(client, territory):
    response = client.post(FORM, {"last_name": "Fictive", "message": "Bonjour"})

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "Indiquez une adresse électronique ou un téléphone" in page.get_text()
    assert page.find(id="id_last_name")["value"] == "Fictive"
    assert page.find(id="id_message").get_text(strip=True) == "Bonjour"
    assert ContactRequest.objects.count() == 0


def test_program_that_fills_everything_is_thanked_and_forgotten(client, territory):
    response = client.post(
        FORM, {"last_name": "Robot", "email": "r@exemple.test", "website": "http://spam.test"}
    )

    assert response.headers["Location"] == reverse("contacts:thanks")
    assert ContactRequest.objects.count() == 0


def test_form_without_territory_does_not_exist(client):
    assert client.get(FORM).status_code == 404


def test_writing_too_often_is_refused_and_reading_is_not(client, territory):
    answers = [
        client.post(FORM, {"last_name": "Alix", "phone": "0240821234"}).status_code
        for _call in range(11)
    ]

    assert answers[-1] == 429
    assert client.get(FORM).status_code == 200


def test_queue_shows_those_who_wait_in_the_territory_only(client, territory, coordinator):
    waiting = ContactRequestFactory(territory=territory)
    answered = ContactRequestFactory(territory=territory, status=ContactRequestStatus.ANSWERED)
    elsewhere = ContactRequestFactory()

    page = client.get(reverse("contacts:list")).content.decode()

    assert page.index(waiting.name) < page.index(answered.name)
    assert elsewhere.name not in page


def test_queue_is_filtered(client, territory, coordinator):
    waiting = ContactRequestFactory(territory=territory)
    answered = ContactRequestFactory(territory=territory, status=ContactRequestStatus.ANSWERED)

    page = client.get(reverse("contacts:list"), {"etat": "answered"}).content.decode()

    assert answered.name in page
    assert waiting.name not in page


@pytest.mark.parametrize("count", [1, 20])
def test_queue_takes_the_same_queries_whatever_its_length(
    client, territory, coordinator, count, django_assert_max_num_queries
):
    ContactRequestFactory.create_batch(count, territory=territory)

    with django_assert_max_num_queries(10):
        assert client.get(reverse("contacts:list")).status_code == 200


@pytest.mark.parametrize(
    ("suite", "status"),
    [("repondue", ContactRequestStatus.ANSWERED), ("sans", ContactRequestStatus.CLOSED)],
)
def test_answer_is_noted_and_can_be_undone(client, territory, coordinator, suite, status):
    request = ContactRequestFactory(territory=territory)

    client.post(reverse("contacts:answer", args=[request.pk]), {"suite": suite})
    request.refresh_from_db()
    assert (request.status, request.answered_by) == (status, coordinator)

    client.post(reverse("contacts:reopen", args=[request.pk]))
    request.refresh_from_db()
    assert request.status == ContactRequestStatus.NEW


def test_second_answer_is_told(client, territory, coordinator):
    request = ContactRequestFactory(territory=territory, status=ContactRequestStatus.ANSWERED)

    response = client.post(reverse("contacts:answer", args=[request.pk]), follow=True)

    assert "Quelqu’un de la coordination s’en est déjà chargé" in response.content.decode()


NIR = "Mon numéro : 2 85 05 44 131 045 61."


def test_writer_is_warned_of_what_has_no_place_and_decides(client, territory):
    sent = {"last_name": "Fictive", "email": "alix@exemple.test", "message": NIR}

    first = client.post(FORM, sent)

    page = BeautifulSoup(first.content, "html.parser")
    assert first.status_code == 422
    assert "Envoyer quand même" in page.get_text()
    assert page.find(id="id_message").get_text(strip=True) == NIR
    assert ContactRequest.objects.count() == 0
    assert client.post(FORM, {**sent, "read_again": "on"}).status_code == 302
    assert ContactRequest.objects.get().message == NIR


def test_coordination_is_shown_what_has_no_place_in_a_message(client, territory, coordinator):
    request = ContactRequestFactory(territory=territory, message=NIR)

    page = client.get(reverse("contacts:detail", args=[request.pk])).content.decode()

    assert "ce que l’on ne garde pas" in page


def test_message_with_a_certain_profession_opens_a_profile(client, territory):
    commune = territory.communes.get()

    client.post(
        FORM,
        {
            "first_name": "Alix",
            "last_name": "Fictive",
            "email": "alix@exemple.test",
            "profession_text": "IDE",
            "commune": commune.pk,
            "horizon": "now",
            "pool": "on",
        },
    )

    candidate = Candidate.objects.get()
    assert (candidate.in_pool, candidate.commune, candidate.subject.user) == (True, commune, None)
    assert candidate.available_from == timezone.localdate()
    assert ContactRequest.objects.get().candidate == candidate


def test_box_of_the_card_is_never_ticked_beforehand(client, territory):
    page = BeautifulSoup(client.get(FORM).content, "html.parser")

    assert page.find(id="id_pool").has_attr("checked") is False


def test_person_who_has_a_profile_leaves_a_message_alone(client, territory):
    user = UserFactory()
    CandidateFactory(user=user, territory=territory)
    client.force_login(user)

    client.post(FORM, {"last_name": "Fictive", "phone": "0240821234", "profession_text": "IDE"})

    assert Candidate.objects.count() == 1
    assert ContactRequest.objects.get().candidate is None


def test_telephone_is_checked_beside_an_address_right_or_wrong(client, territory):
    for email in ("fictive@exemple.test", "pas une adresse"):
        response = client.post(FORM, {"last_name": "Fictive", "email": email, "phone": "12"})

        assert response.status_code == 422
        assert "« 12 » n’est pas un numéro de téléphone" in response.text.replace("\xa0", " ")


@pytest.mark.parametrize("trade", ["IDE", "je ne sais pas encore"])
def test_writer_who_is_known_already_is_shown_to_the_coordination_alone(client, territory, trade):
    known = CandidateFactory(territory=territory, phone="+33612345678", first_name="Zéphyrine")
    CandidateFactory(phone="+33612345678")
    typed = {"last_name": "Fictive", "phone": "06 12 34 56 78", "profession_text": trade}

    thanked = client.post(FORM, typed, follow=True)
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    request = ContactRequest.objects.get()
    read = client.get(reverse("contacts:detail", args=[request.pk]))

    assert "Zéphyrine" not in thanked.text
    assert [one.candidate for one in read.context["likenesses"]] == [known]
    assert "même téléphone" in read.text
