from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ancrage.partners.recipients import Recipient
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import ask_token
from ancrage.resources.services import edit_resource
from ancrage.welcome.services import set_terms
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    ResourceFactory,
    TerritoryFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/ressources/"
HTMX = {"HX-Request": "true"}


def listed(response):
    return list(response.context["page"].object_list)


def text_of(page):
    return page.find("main").get_text(" ", strip=True)


def essentials(**changes):
    return {
        "kind": "housing",
        "title": "Studio meublé",
        "commune": "Pornic",
        "facility": "",
        "available_from": "2027-05-01",
        "acte": "publier",
        **changes,
    }


def details(**changes):
    return {"quantity": "1", "acte": "enregistrer", **changes}


def test_list_of_an_employer_holds_what_the_territory_shares(client, partner, neighbour, owner):
    own = ResourceFactory(partner=partner, published=True)
    theirs = ResourceFactory(partner=neighbour, published=True)
    ResourceFactory(partner=neighbour)
    ResourceFactory(partner=partner)
    ResourceFactory(partner=PartnerFactory(territory=TerritoryFactory()), published=True)

    response = client.get(URL)

    assert set(listed(response)) == {own, theirs}
    assert {row.pk: row.may_edit for row in listed(response)} == {own.pk: True, theirs.pk: False}


def test_list_of_ours_counts_each_state(client, partner, neighbour, owner):
    draft = ResourceFactory(partner=partner)
    ResourceFactory.create_batch(2, partner=partner, published=True)
    ResourceFactory(partner=neighbour, published=True)

    response = client.get(URL, {"vue": "nous", "etat": "draft"})

    assert listed(response) == [draft]
    counts = {tab.label: (tab.count, tab.current) for tab in response.context["states"]}
    assert counts["Toutes"] == (3, False)
    assert counts["Brouillon"] == (1, True)
    assert counts["Disponible"] == (2, False)


def test_list_of_a_welcome_body_holds_its_own_only(client, partner, territory, read):
    welcome = PartnerFactory(territory=territory, welcome=True)
    client.force_login(MembershipFactory(partner=welcome, welcome=True).user)
    own = ResourceFactory(partner=welcome)
    shared = ResourceFactory(partner=partner, published=True)

    response = client.get(URL, {"vue": ""})

    assert listed(response) == [own]
    assert response.context["views"] == []
    assert client.get(f"{URL}{shared.pk}/").status_code == 404


def test_list_filters_and_drops_unknown_criteria(client, partner, owner, commune):
    kept = ResourceFactory(partner=partner, published=True, commune=commune, search="studio")
    ResourceFactory(partner=partner, published=True, search="velo")

    assert listed(client.get(URL, {"q": "STUDIO", "commune": "44131"})) == [kept]
    assert len(listed(client.get(URL, {"nature": "bateau", "tri": "couleur", "page": "9"}))) == 2
    wrong = client.get(URL, {"du": "2027-02-01", "au": "2027-01-01"})
    assert wrong.context["form"].errors == {"au": ["La fin de la période précède son début."]}


def test_list_fragment_is_the_part_of_the_page(client, partner, owner, read):
    ResourceFactory.create_batch(2, partner=partner, published=True)

    whole = client.get(URL, {"vue": "nous"})
    fragment = client.get(URL, {"vue": "nous"}, headers=HTMX)

    assert str(read(fragment).find(id="results")) == str(read(whole).find(id="results"))
    assert "<html" not in fragment.content.decode()


def test_list_asks_as_many_queries_for_many_rows(client, partner, owner):
    ResourceFactory(partner=partner, published=True)
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    ResourceFactory.create_batch(20, partner=partner, published=True)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)

    assert len(many) == len(one)
    assert len(one) <= 16


def test_empty_list_invites_to_share(client, owner, read):
    page = read(client.get(URL))

    assert "Aucune ressource ici" in text_of(page)
    assert page.find("main").find("a", href="/ressources/nouvelle/") is not None


def test_create_then_complete(client, partner, owner, read):
    response = client.post(f"{URL}nouvelle/", essentials())

    resource = Resource.objects.get()
    assert response.url == f"{URL}{resource.pk}/completer/"
    assert (resource.partner, resource.status, resource.available_from) == (
        partner,
        ResourceStatus.PUBLISHED,
        date(2027, 5, 1),
    )
    page = read(client.get(response.url))
    assert "Ressource partagée." in page.find(class_="undo").get_text()

    saved = client.post(
        response.url, details(revision=resource.revision, fte="mi-temps", days="mardi")
    )

    resource.refresh_from_db()
    assert saved.url == f"{URL}{resource.pk}/"
    assert (resource.fte_hundredths, resource.days, resource.title) == (
        50,
        "mardi",
        "Studio meublé",
    )


def test_create_with_errors_keeps_what_was_typed(client, owner, read):
    response = client.post(f"{URL}nouvelle/", essentials(kind="", commune="Atlantide"))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"kind", "commune"}
    assert read(response).find("input", {"name": "title"})["value"] == "Studio meublé"
    assert not Resource.objects.exists()


def test_edit_shows_the_three_versions_of_a_conflict(client, partner, owner, commune, read):
    resource = ResourceFactory(partner=partner, commune=commune, title="Studio", days="lundi")
    url = f"{URL}{resource.pk}/modifier/"
    opened = {
        name: read(client.get(url)).find("input", {"name": name})["value"]
        for name in ("revision", "opened_on")
    }
    edit_resource(
        resource=resource, revision=1, by=owner, now=NOW, title="Celui d’un collègue", days="jeudi"
    )
    sent = {**essentials(title="Le mien"), **details(days="lundi"), **opened}

    response = client.post(url, sent)

    page = read(response)
    table = page.find("caption", string="Les trois versions").find_parent("table")
    rows = {
        line.th.get_text(strip=True): [cell.get_text(strip=True) for cell in line.find_all("td")]
        for line in table.tbody.find_all("tr")
    }
    assert response.status_code == 409
    assert rows["Intitulé"] == [
        "Studio", "Celui d’un collègue", "Le mien", "votre saisie, à vérifier",
    ]  # fmt: skip
    assert rows["Jours et heures"] == ["lundi", "jeudi", "lundi", "l’autre version, reprise"]
    assert page.find("input", {"name": "days"})["value"] == "jeudi"
    assert Resource.objects.get().title == "Celui d’un collègue"
    again = client.post(url, {**sent, "days": "jeudi", "revision": "2"})
    assert again.status_code == 302
    kept = Resource.objects.get()
    assert (kept.title, kept.days) == ("Le mien", "jeudi")


@pytest.mark.parametrize(
    ("trait", "address", "status", "sentence"),
    [
        ({}, "publier", "published", "Ressource partagée."),
        ({"published": True}, "pause", "paused", "Ressource mise en pause."),
        (
            {"published": True},
            "attribuer",
            "given",
            "Ressource attribuée. Merci\N{NO-BREAK SPACE}!",
        ),
        ({"published": True}, "retirer", "withdrawn", "Ressource retirée."),
        ({"given": True}, "rouvrir", "published", "Ressource partagée de nouveau."),
    ],
)
def test_button_changes_the_state_and_offers_to_undo(
    client, partner, owner, read, trait, address, status, sentence
):
    resource = ResourceFactory(partner=partner, **trait)
    before = resource.status

    page = read(client.post(f"{URL}{resource.pk}/{address}/", follow=True))

    resource.refresh_from_db()
    assert resource.status == status
    assert sentence in page.find(class_="undo").get_text()
    client.post(f"{URL}annuler/", {"resources": f"{resource.pk}:{resource.revision}"})
    resource.refresh_from_db()
    assert resource.status == before


def test_a_button_that_comes_too_late_says_why(client, partner, owner, read):
    resource = ResourceFactory(partner=partner, given=True)

    page = read(client.post(f"{URL}{resource.pk}/pause/", follow=True))

    assert "ne peut pas devenir" in page.get_text()
    assert Resource.objects.get().status == ResourceStatus.GIVEN


def test_history_tells_what_happened(client, partner, owner, read):
    resource = ResourceFactory(partner=partner)
    client.post(f"{URL}{resource.pk}/publier/")

    page = read(client.get(f"{URL}{resource.pk}/historique/"))

    assert "Ressource partagée" in text_of(page)
    assert "Camille Exemple" in text_of(page)


def test_history_tells_of_the_terms_on_which_people_are_welcomed(client, partner, owner, read):
    terms = WelcomeTermsFactory(resource=ResourceFactory(partner=partner, published=True))
    set_terms(resource=terms.resource, price_cents=40_000, by=owner, now=NOW)

    page = read(client.get(f"{URL}{terms.resource.pk}/historique/"))

    assert "Conditions d’accueil modifiées" in text_of(page)


def test_delete_asks_then_deletes_a_draft(client, partner, owner):
    resource = ResourceFactory(partner=partner)

    assert client.get(f"{URL}{resource.pk}/supprimer/").status_code == 200
    client.post(f"{URL}{resource.pk}/supprimer/")

    assert not Resource.objects.exists()


def test_export_holds_what_one_keeps(client, partner, neighbour, owner):
    ResourceFactory(partner=partner, title="=Studio", reference="007")
    ResourceFactory(partner=neighbour, published=True, title="Ailleurs")

    text = client.get(f"{URL}export.csv").getvalue().decode("utf-8-sig")
    workbook = client.get(f"{URL}export.xlsx")

    assert text.splitlines()[0].startswith("Référence interne;Nature;Intitulé;")
    assert "'=Studio" in text
    assert "Ailleurs" not in text
    assert workbook.content[:2] == b"PK"


def test_link_of_a_mail_answers_without_signing_in(client, partner, read):
    user = MembershipFactory(partner=partner).user
    resource = ResourceFactory(
        partner=partner, published=True, confirmed_at=NOW - timedelta(days=31)
    )
    recipient = Recipient(email="", language="fr", user=user, partner=None)
    link = f"{URL}actualite/{ask_token(resource, recipient, now=NOW)}/"

    assert client.get(link).status_code == 200
    resource.refresh_from_db()
    assert resource.status == ResourceStatus.PUBLISHED
    assert client.post(link, {"answer": "boat"}).status_code == 422
    done = client.post(link, {"answer": "given"})

    resource.refresh_from_db()
    assert resource.status == ResourceStatus.GIVEN
    assert "notée comme attribuée" in text_of(read(client.get(done.url)))
    assert client.get(link).status_code == 410
    client.post(done.url)
    resource.refresh_from_db()
    assert resource.status == ResourceStatus.PUBLISHED
    assert client.get(f"{URL}actualite/nimporte/").status_code == 403
