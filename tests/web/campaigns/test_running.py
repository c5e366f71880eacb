"""The coordination prepares, opens, follows, closes."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    MembershipFactory,
    PartnerFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LIST = "/campagnes/"


def _url(campaign, name="detail"):
    return reverse(f"campaigns:{name}", args=[campaign.pk])


def _page(response):
    return BeautifulSoup(response.content, "html.parser")


def _typed(*professions, **changes):
    return {
        "name": "Recensement 2027",
        "reference_day": "2027-01-01",
        "closes_on": "2027-01-31",
        "professions": [row.pk for row in professions],
        "questions": "Qui part\n\n  Qui   arrive",
        "message": "Bonjour",
        **changes,
    }


@pytest.fixture
def draft(territory, nurse):
    made = CampaignFactory(territory=territory, name="Projet", closes_on=date(2026, 12, 1))
    made.professions.add(nurse)
    return made


def test_campaign_is_prepared(client, coordinator, territory, nurse):
    response = client.post(reverse("campaigns:create"), _typed(nurse))

    campaign = Campaign.objects.get()
    assert response["Location"] == _url(campaign)
    assert (campaign.territory, campaign.name, campaign.closes_on, campaign.created_by) == (
        territory,
        "Recensement 2027",
        date(2027, 1, 31),
        coordinator,
    )
    questions = [row.text for row in campaign.questions.order_by("position")]
    assert questions == ["Qui part", "Qui arrive"]
    page = client.get(_url(campaign)).text
    assert all(text in page for text in ("Qui arrive", "Bonjour", nurse.label_fr))


def test_professions_are_grouped_by_family(client, coordinator, nurse):
    groups = _page(client.get(reverse("campaigns:create"))).select("[role=group]")

    (nursing,) = [row for row in groups if row["aria-label"] == "Soins infirmiers et encadrement"]
    assert nursing.find("input", value=str(nurse.pk)) is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"professions": []}, "Choisissez au moins un métier"),
        ({"closes_on": "2026-11-15"}, "Cette date est passée"),
        ({"questions": "\n".join("abcdefghijk")}, "vous en avez écrit 11"),
        ({"questions": "Court\n" + "x" * 241}, "La question 2 est trop longue"),
        ({"name": "Projet"}, "porte déjà ce nom"),
    ],
)
def test_form_that_cannot_be_taken_comes_back(
    client, coordinator, draft, nurse, changes, sentence
):
    response = client.post(reverse("campaigns:create"), _typed(nurse, **changes))

    page = _page(response)
    assert response.status_code == 422
    assert sentence in page.select_one(".error-summary").get_text()
    assert page.find(id="id_message").get_text(strip=True) == "Bonjour"
    assert Campaign.objects.count() == 1


def test_nobody_prepares_a_campaign_for_another_territory(client, coordinator):
    other = CampaignFactory(open=True).territory.slug

    assert client.get(reverse("campaigns:create"), {"territoire": other}).status_code == 404


def test_draft_is_changed(client, coordinator, draft, assistant):
    assert _page(client.get(_url(draft, "edit"))).find(id="id_name")["value"] == "Projet"

    client.post(_url(draft, "edit"), {**_typed(assistant), "revision": 1})

    draft.refresh_from_db()
    assert draft.name == "Recensement 2027"
    assert list(draft.professions.order_by("pk")) == [assistant]


def test_draft_changed_meanwhile_keeps_what_was_typed(client, coordinator, draft, nurse):
    Campaign.objects.filter(pk=draft.pk).update(revision=4)

    refused = client.post(_url(draft, "edit"), {**_typed(nurse), "revision": 1})

    page = _page(refused)
    assert refused.status_code == 422
    assert "a été modifiée entre-temps" in page.get_text()
    assert page.find(id="id_name")["value"] == "Recensement 2027"
    revision = page.find("input", {"name": "revision"})["value"]
    client.post(_url(draft, "edit"), {**_typed(nurse), "revision": revision})
    draft.refresh_from_db()
    assert draft.name == "Recensement 2027"


def test_draft_does_not_take_the_name_of_another(client, coordinator, draft, campaign, nurse):
    response = client.post(_url(draft, "edit"), _typed(nurse, name=campaign.name))

    assert response.status_code == 422
    assert "porte déjà ce nom" in response.text


def test_open_campaign_is_not_edited(client, coordinator, campaign):
    assert client.get(_url(campaign, "edit"))["Location"] == _url(campaign)


def test_opening_says_whom_it_asks_then_asks(client, coordinator, draft, partner, territory):
    MembershipFactory(partner=partner)
    PartnerFactory(territory=territory, name="Avec une boîte")
    silent = PartnerFactory(territory=territory, name="Sans personne", contact_email="")

    ask = _page(client.get(_url(draft, "open"))).get_text()
    done = client.post(_url(draft, "open"), follow=True)

    assert "3 structures du territoire pourront répondre" in ask
    assert "1 personne recevra un courriel" in ask
    assert "1 boîte de service recevra un courriel, faute de membre" in ask
    assert "Une structure n’a personne à prévenir" in ask
    assert "Avec une boîte" not in ask
    assert silent.name in ask
    assert "La campagne est ouverte" in done.text
    assert CampaignAnswer.objects.filter(campaign=draft).count() == 3


def test_opening_that_is_refused_says_why(client, coordinator, draft):
    response = client.post(_url(draft, "open"), follow=True)

    assert "Aucune structure du territoire ne recrute" in response.text


def test_dashboard_shows_who_answered(client, coordinator, campaign, partner):
    CampaignAnswerFactory(campaign=campaign, partner=partner)
    silent = CampaignAnswerFactory(
        campaign=campaign, partner__contact_email="", partner__name="Zéro adresse"
    )
    sent = CampaignAnswerFactory(
        campaign=campaign, status=AnswerStatus.SUBMITTED, submitted_at=NOW
    )

    page = _page(client.get(_url(campaign)))
    filtered = _page(client.get(_url(campaign), {"etat": "submitted"}))

    assert "Une structure sur 3 a répondu." in page.get_text()
    assert page.get_text().count("Sans membre, boîte du service prévenue") == 1
    assert page.get_text().count("Personne à prévenir") == 1
    rows = [row.find("th").contents[0] for row in page.select("tbody tr")]
    assert rows == [partner.name, silent.partner.name, sent.partner.name]
    rows = [row.find("th").contents[0] for row in filtered.select("tbody tr")]
    assert rows == [sent.partner.name]
    assert client.get(_url(campaign), {"etat": "x"}).status_code == 200


def test_dashboard_after_a_swap_is_the_dashboard_after_a_reload(client, coordinator, answer):
    whole = _page(client.get(_url(answer.campaign))).find(id="results")
    part = client.get(_url(answer.campaign), headers={"HX-Request": "true"})

    assert str(_page(part).find(id="results")) == str(whole)
    assert "<html" not in part.text


def test_late_structures_are_reminded_and_the_result_is_said(client, coordinator, answer, partner):
    partner.contact_email = ""
    partner.save()
    nobody = client.post(_url(answer.campaign, "remind"), follow=True)
    MembershipFactory(partner=partner)
    first = client.post(_url(answer.campaign, "remind"), follow=True)
    second = client.post(_url(answer.campaign, "remind"), follow=True)

    assert f"Sans membre ni boîte de service : {partner}." in nobody.text
    assert "1 structure relancée par courriel." in first.text
    assert "toutes l’ont été il y a moins de 3 jours" in second.text
    assert "1 relance, le 16 novembre" in second.text


def test_reminding_about_a_draft_is_refused(client, coordinator, draft):
    response = client.post(_url(draft, "remind"), follow=True)

    assert "La campagne n’est pas ouverte" in response.text


def test_closing_asks_and_the_next_page_offers_to_reopen(client, coordinator, answer):
    campaign = answer.campaign
    ask = client.get(_url(campaign, "close"))
    closed = client.post(_url(campaign, "close"), follow=True)
    again = client.post(_url(campaign, "close"), follow=True)

    campaign.refresh_from_db()
    assert "1 structure qui n’a pas envoyé sa réponse" in ask.text
    assert campaign.status == CampaignStatus.CLOSED
    assert "La campagne est close." in closed.text
    assert "La campagne est close." not in again.text
    assert "La campagne n’est pas ouverte" in again.text
    assert "Non envoyée" in again.text
    reopened = client.post(_url(campaign, "reopen"), follow=True)
    assert "La campagne est rouverte" in reopened.text


def test_deadline_that_has_passed_is_said(client, coordinator, campaign):
    Campaign.objects.update(closes_on=date(2026, 11, 15))

    assert "La date limite est passée." in client.get(_url(campaign)).text
    assert "ne pourra plus" not in client.get(_url(campaign, "close")).text


def test_draft_is_deleted_once_confirmed(client, coordinator, draft, campaign):
    ask = client.get(_url(draft, "delete")).text
    deleted = client.post(_url(draft, "delete"), follow=True)
    refused = client.post(_url(campaign, "delete"), follow=True)

    assert "Supprimer cette campagne" in ask
    assert "est supprimée" in deleted.text
    assert "ses questions ne changent plus" in refused.text
    assert list(Campaign.objects.all()) == [campaign]


def test_list_shows_the_campaigns_of_the_territory_by_state(client, coordinator, campaign, draft):
    elsewhere = CampaignFactory(closed=True, name="Ailleurs")
    CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.SUBMITTED)
    CampaignAnswerFactory(campaign=campaign)

    every = client.get(LIST).text
    drafts = client.get(LIST, {"etat": "draft"}).text

    assert "1 sur 2" in every
    assert draft.name in every
    assert elsewhere.name not in every
    assert campaign.name not in drafts
    assert client.get(LIST, {"etat": "x"}).status_code == 200


def test_list_without_a_campaign_offers_to_prepare_one(client, coordinator):
    assert "Comptez dix minutes pour la préparer." in client.get(LIST).text


def test_list_after_a_swap_is_the_list_after_a_reload(client, coordinator, campaign):
    whole = _page(client.get(LIST)).find(id="results")
    part = client.get(LIST, headers={"HX-Request": "true"})

    assert str(_page(part).find(id="results")) == str(whole)


@pytest.mark.parametrize(
    ("status", "closed", "words"),
    [
        (AnswerStatus.WAITING, False, "Répondre"),
        (AnswerStatus.SUBMITTED, False, "Corriger"),
        (AnswerStatus.STARTED, False, "Commencée"),
        (AnswerStatus.STARTED, True, "Non envoyée"),
    ],
)
def test_list_of_a_structure_says_where_its_own_answer_stands(
    client, member, answer, territory, status, closed, words
):
    CampaignFactory(territory=territory, name="Projet secret")
    CampaignAnswer.objects.update(status=status)
    CampaignAnswerFactory(campaign=answer.campaign, partner=PartnerFactory(name="Voisine"))
    if closed:
        Campaign.objects.filter(pk=answer.campaign_id).update(status=CampaignStatus.CLOSED)

    page = client.get(LIST).text

    assert words in page
    assert "Projet secret" not in page
    assert "Voisine" not in page


def test_list_of_a_structure_without_a_campaign_says_what_will_happen(client, member):
    assert "Aucune campagne pour l’instant" in client.get(LIST).text


@pytest.mark.parametrize("count", [1, 15])
def test_pages_take_the_same_queries_whatever_their_length(
    client, coordinator, campaign, count, django_assert_max_num_queries
):
    CampaignAnswerFactory.create_batch(count, campaign=campaign)
    CampaignFactory.create_batch(count, territory=campaign.territory, closed=True)

    for address in (LIST, _url(campaign), _url(campaign, "close")):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
