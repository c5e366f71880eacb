from datetime import date, timedelta

import pytest

from ancrage.needs.enums import WithdrawReason
from ancrage.needs.services import edit_need, publish_need, undo_last_change, withdraw_need
from ancrage.professions.enums import ContractKind
from tests.factories import (
    LegalPublicationFactory,
    NeedFactory,
    PracticeSheetFactory,
    ProfessionFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def text_of(page):
    return " ".join(page.find("main").get_text(" ", strip=True).split())


def test_detail_shows_the_owner_facts_and_buttons(client, partner, owner, read):
    need = NeedFactory(
        partner=partner,
        published=True,
        profession=ProfessionFactory(code="nurse"),
        contact_phone="+33240821234",
    )

    page = read(client.get(f"/besoins/{need.pk}/"))

    text = text_of(page)
    assert "Infirmier" in page.h1.get_text()
    assert "02 40 82 12 34" in text
    assert page.find("a", href=f"/besoins/{need.pk}/modifier/") is not None
    assert page.find("form", action=f"/besoins/{need.pk}/pause/") is not None
    assert page.find("form", action=f"/besoins/{need.pk}/publier/") is None


def test_detail_says_whose_contact_the_offer_gives(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, contact_email="", contact_phone="")

    text = text_of(read(client.get(f"/besoins/{need.pk}/")))

    assert partner.contact_email in text
    assert "l’offre donne celui de la structure" in text


def test_detail_shows_a_neighbour_the_facts_without_buttons(client, neighbour, owner, read):
    need = NeedFactory(partner=neighbour, published=True, members_only=True, wording_flags="age")

    page = read(client.get(f"/besoins/{need.pk}/"))

    assert page.find("main").find_all("form") == []
    assert page.find("a", href=f"/besoins/{need.pk}/modifier/") is None
    assert "À relire" not in text_of(page)


def test_detail_of_a_neighbours_draft_does_not_exist(client, neighbour, owner):
    need = NeedFactory(partner=neighbour)

    assert client.get(f"/besoins/{need.pk}/").status_code == 404


def test_detail_of_a_members_need_asks_a_visitor_to_sign_in(client, partner):
    need = NeedFactory(partner=partner, published=True, members_only=True)

    response = client.get(f"/besoins/{need.pk}/")

    assert response.status_code == 302
    assert response.url.startswith("/compte/")


def test_detail_points_at_what_to_read_again(client, partner, owner, read):
    need = NeedFactory(partner=partner, description="Avoir résolu ses problèmes de garde.")

    text = text_of(read(client.get(f"/besoins/{need.pk}/")))

    assert "À relire avant de publier" in text
    assert "« Avoir résolu ses problèmes de garde »" in text


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ({}, "Ce poste doit être publié sans délai"),
        ({"published_on": date(2026, 11, 2)}, "s’achève le 2 décembre 2026"),
        ({"published_on": date(2026, 10, 2)}, "est complet depuis le 2 novembre 2026"),
        (
            {"published_on": date(2026, 11, 2), "apply_before": date(2026, 11, 20)},
            "La date limite de candidature vient avant la fin du mois",
        ),
    ],
)
def test_detail_tracks_the_legal_publication(client, partner, owner, read, sheet, expected):
    need = NeedFactory(partner=partner)
    if sheet:
        LegalPublicationFactory(need=need, **sheet)

    assert expected in text_of(read(client.get(f"/besoins/{need.pk}/")))


def test_detail_asks_for_an_end_to_know_whether_to_publish(client, partner, owner, read):
    need = NeedFactory(partner=partner, contract=ContractKind.CDD)

    assert "indiquez la fin du contrat" in text_of(read(client.get(f"/besoins/{need.pk}/")))


def test_detail_of_a_private_structure_speaks_of_no_publication(
    client, coordinator, neighbour, read
):
    need = NeedFactory(partner=neighbour)

    assert "Publication légale" not in text_of(read(client.get(f"/besoins/{need.pk}/")))


def test_detail_shows_the_practice_sheet(client, partner, owner, read):
    need = NeedFactory(partner=partner)
    PracticeSheetFactory(need=need, software="Logiciel fictif")

    assert "Logiciel fictif" in text_of(read(client.get(f"/besoins/{need.pk}/")))


@pytest.mark.parametrize(
    ("trait", "stage"),
    [({}, 1), ({"published": True}, 2), ({"paused": True}, 3), ({"closed": True}, 3)],
)
def test_detail_draws_the_life_of_the_need(client, partner, owner, trait, stage):
    need = NeedFactory(partner=partner, **trait)

    assert client.get(f"/besoins/{need.pk}/").context["stage"] == stage


def test_detail_says_when_it_waits_for_a_confirmation(client, partner, owner, read):
    need = NeedFactory(partner=partner, published=True, confirmed_at=NOW - timedelta(days=35))

    page = read(client.get(f"/besoins/{need.pk}/"))

    assert "n’a pas été confirmé depuis le 12 octobre 2026" in text_of(page)
    assert page.find("form", action=f"/besoins/{need.pk}/confirmer/") is not None


def test_detail_costs_few_queries(client, partner, owner, django_assert_max_num_queries):
    need = NeedFactory(partner=partner, published=True)
    PracticeSheetFactory(need=need)
    LegalPublicationFactory(need=need)
    client.get("/besoins/")

    with django_assert_max_num_queries(6):
        client.get(f"/besoins/{need.pk}/")


def test_history_is_told_in_plain_words(client, partner, owner, read):
    need = NeedFactory(partner=partner)
    publish_need(need=need, by=owner, now=NOW)
    edit_need(
        need=need,
        revision=2,
        by=owner,
        now=NOW + timedelta(minutes=1),
        positions=3,
        starts_on=date(2027, 2, 1),
        works_nights=True,
        pay_min_cents=215050,
        pay_period="month",
        contact_phone="0240821234",
        profession=ProfessionFactory(label_fr="Ergothérapeute"),
        practice={"patients": 900},
    )
    withdraw_need(
        need=need,
        reason=WithdrawReason.UNFUNDED,
        note="refus",
        by=None,
        now=NOW + timedelta(minutes=2),
    )
    undo_last_change(need=need, by=owner, now=NOW + timedelta(minutes=3))

    entries = [
        " ".join(entry.get_text(" ", strip=True).split())
        for entry in read(client.get(f"/besoins/{need.pk}/historique/"))
        .find(class_="timeline")
        .find_all("li")
    ]

    assert entries[0].startswith("Changement d’état annulé – Camille Exemple")
    assert entries[1].startswith("Besoin retiré – Plateforme")
    assert entries[1].endswith("Financement non obtenu ; refus ; annulé ensuite")
    assert entries[2].startswith("Besoin modifié – Camille Exemple")
    for told in (
        "Nombre de postes : 1 → 3",
        "Prise de poste : 4 janvier 2027 → 1er février 2027",
        "Nuit : non → oui",
        "Rémunération, de : (vide) → 2 150,50 €",
        "Période : (vide) → par mois",
        "Téléphone du service : (vide) → 02 40 82 12 34",
        "→ Ergothérapeute",
        "Patients suivis : (vide) → 900",
    ):
        assert told in entries[2]
    assert entries[3].startswith("Besoin publié – Camille Exemple")


def test_history_of_a_need_without_any(client, partner, owner, read):
    need = NeedFactory(partner=partner)

    assert "Rien encore" in text_of(read(client.get(f"/besoins/{need.pk}/historique/")))


def test_history_is_not_for_neighbours(client, neighbour, owner):
    need = NeedFactory(partner=neighbour, published=True)

    assert client.get(f"/besoins/{need.pk}/historique/").status_code == 404
