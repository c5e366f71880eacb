from datetime import date, timedelta

import pytest

from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.services import publish_need
from tests.factories import NeedFactory, PartnerFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def text_of(page):
    return " ".join(page.find("main").get_text(" ", strip=True).split())


@pytest.mark.parametrize(
    ("trait", "address", "status", "sentence"),
    [
        ({}, "publier", NeedStatus.PUBLISHED, "Besoin publié."),
        ({"paused": True}, "publier", NeedStatus.PUBLISHED, "Besoin publié."),
        ({"published": True}, "pause", NeedStatus.PAUSED, "Besoin mis en pause."),
        ({"closed": True}, "rouvrir", NeedStatus.PUBLISHED, "Besoin rouvert et publié."),
    ],
)
def test_button_changes_the_state_and_offers_to_undo(
    client, partner, owner, read, trait, address, status, sentence
):
    need = NeedFactory(partner=partner, **trait)

    page = read(client.post(f"/besoins/{need.pk}/{address}/", follow=True))

    need.refresh_from_db()
    assert need.status == status
    assert sentence in page.find(class_="undo").get_text()

    bar = page.find(class_="undo")
    named = bar.find("input", {"name": "needs"})["value"]
    back = client.post(bar.form["action"], {"needs": named}, follow=True)
    twice = client.post(bar.form["action"], {"needs": named}, follow=True)

    before = need.status
    need.refresh_from_db()
    assert need.status != before
    assert "Changement annulé." in text_of(read(back))
    assert "Ce qui a changé depuis n’a pas été annulé." in text_of(read(twice))


@pytest.mark.parametrize(
    ("trait", "address", "sentence"),
    [
        ({"published": True}, "publier", "déjà dans l’état"),
        ({"closed": True}, "publier", "Ce besoin est clos"),
        ({}, "pause", "ne peut pas devenir"),
        ({}, "rouvrir", "n’est pas clos"),
        ({}, "confirmer", "Seul un besoin publié se confirme"),
    ],
)
def test_button_that_does_not_suit_the_state_says_why(
    client, partner, owner, read, trait, address, sentence
):
    need = NeedFactory(partner=partner, **trait)

    page = read(client.post(f"/besoins/{need.pk}/{address}/", follow=True))

    assert sentence in text_of(page)
    assert page.find(class_="undo") is None


def test_publishing_after_the_end_is_refused_on_the_page(client, partner, owner, read):
    need = NeedFactory(partner=partner, starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 31))

    page = read(client.post(f"/besoins/{need.pk}/publier/", follow=True))

    assert "La date de fin de ce besoin est passée" in text_of(page)


def test_confirming_makes_the_need_fresh(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, confirmed_at=NOW - timedelta(days=50))

    page = read(client.post(f"/besoins/{need.pk}/confirmer/", follow=True))

    need.refresh_from_db()
    assert need.confirmed_at == NOW
    assert "Merci : ce besoin est à jour." in text_of(page)
    assert "Périmé" not in text_of(page)


def test_filling_all_posts_closes_the_need(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, positions=2)
    url = f"/besoins/{need.pk}/pourvu/"

    assert read(client.get(url)).find("input", {"name": "filled"})["value"] == "2"
    page = read(client.post(url, {"filled": "2", "note": "par la plateforme"}, follow=True))

    need.refresh_from_db()
    assert need.status == NeedStatus.FILLED
    assert NeedStatusChange.objects.get().note == "par la plateforme"
    assert "Besoin pourvu." in page.find(class_="undo").get_text()


def test_filling_some_posts_goes_on_with_the_others(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, positions=3)

    page = read(client.post(f"/besoins/{need.pk}/pourvu/", {"filled": "1"}, follow=True))

    need.refresh_from_db()
    assert (need.status, need.positions) == (NeedStatus.PUBLISHED, 2)
    assert "il reste 2 postes à pourvoir" in text_of(page)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [("0", "supérieure ou égale à 1"), ("4", "va de 1 à 3"), ("", "obligatoire")],
)
def test_filling_an_impossible_number_says_so(client, partner, owner, read, sent, sentence):
    need = NeedFactory(partner=partner, published=True, positions=3)

    response = client.post(f"/besoins/{need.pk}/pourvu/", {"filled": sent})

    assert response.status_code == 422
    assert sentence in text_of(read(response))


def test_withdrawing_asks_why(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True)
    url = f"/besoins/{need.pk}/retirer/"

    unexplained = client.post(url, {})
    explained = client.post(url, {"reason": "unfunded", "note": "refus"}, follow=True)

    assert unexplained.status_code == 422
    need.refresh_from_db()
    assert need.status == NeedStatus.WITHDRAWN
    change = NeedStatusChange.objects.get()
    assert (change.reason, change.note, change.by) == ("unfunded", "refus", owner)
    assert "Besoin retiré." in read(explained).find(class_="undo").get_text()


def test_withdrawing_twice_says_it_is_done(client, partner, owner, read):
    need = NeedFactory(partner=partner, status=NeedStatus.WITHDRAWN)

    response = client.post(f"/besoins/{need.pk}/retirer/", {"reason": "other"})

    assert response.status_code == 422
    assert "déjà dans l’état « Retiré »" in text_of(read(response))


def test_undoing_too_late_says_so(client, partner, owner, read, november):
    need = NeedFactory(partner=partner)
    publish_need(need=need, by=owner, now=NOW)
    november.move_to(NOW + timedelta(hours=25), tick=False)
    client.force_login(owner)

    page = read(client.post("/besoins/annuler/", {"needs": f"{need.pk}:2"}, follow=True))

    assert "plus de 24 heures" in text_of(page)
    assert Need.objects.get().status == NeedStatus.PUBLISHED


@pytest.mark.parametrize("sent", ["", "x", "1:1,2:1", "1:x", "999999999999999999999:1"])
def test_undoing_nothing_of_ones_own_does_not_exist(client, owner, sent):
    NeedFactory(partner=PartnerFactory(), published=True)

    assert client.post("/besoins/annuler/", {"needs": sent}).status_code == 404


def test_changing_the_state_by_a_link_is_refused(client, partner, owner):
    need = NeedFactory(partner=partner)

    assert client.get(f"/besoins/{need.pk}/publier/").status_code == 405
