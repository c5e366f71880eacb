"""The drafting of a charter: every act is a form, and nothing typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ancrage.partners import services
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Charter, Commitment
from tests.factories import (
    CharterFactory,
    CommitmentFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/charte/projet/"


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz", name="Retz")


@pytest.fixture
def client(territory) -> Client:
    client = Client()
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    return client


@pytest.fixture
def draft(territory) -> Charter:
    charter = CharterFactory(territory=territory, version=1, title="Notre charte")
    for position, text in enumerate(("Un.", "Deux.", "Trois."), start=1):
        CommitmentFactory(
            charter=charter,
            position=position,
            text=text,
            kind=CommitmentKind.OTHER,
            threshold=None,
        )
    return charter


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def texts() -> list[str]:
    return list(Commitment.objects.order_by("position").values_list("text", flat=True))


def test_coordinator_opens_writes_orders_and_publishes(client, territory) -> None:
    assert "Aucun projet en cours" in words(client.get(URL))

    opened = client.post(f"{URL}ouvrir/", follow=True)
    charter = Charter.objects.get()
    assert "Projet de charte, version 1" in words(opened)
    assert "il en faut au moins un pour publier" in words(opened)

    def send(path: str, **data: object):
        charter.refresh_from_db()
        return client.post(f"{URL}{charter.pk}/{path}", {"revision": charter.revision, **data})

    send("texte/", title="Charte du Retz", preamble="Ensemble.")
    send("engagements/", kind="needs_fresh", text="Tenir à jour.", threshold="80")
    send("engagements/", kind="other", text="Partager.", threshold="3")
    send("engagements/2/deplacer/", vers="haut")
    assert texts() == ["Partager.", "Tenir à jour."]
    send("engagements/1/deplacer/", vers="bas")
    send("engagements/2/", kind="no_poaching", text="Ne pas démarcher.")
    assert texts() == ["Tenir à jour.", "Ne pas démarcher."]
    assert Commitment.objects.get(position=2).threshold is None
    send("engagements/2/retirer/")

    asked = words(client.get(f"{URL}{charter.pk}/publier/"))
    published = send("publier/")

    charter.refresh_from_db()
    assert "le texte ne pourra plus changer" in asked
    assert published["Location"] == "/charte/?territoire=pays-de-retz"
    assert (charter.title, charter.preamble) == ("Charte du Retz", "Ensemble.")
    assert charter.published_at is not None


def test_draft_opened_twice_is_the_same(client, draft) -> None:
    response = client.post(f"{URL}ouvrir/", follow=True)

    assert "Un projet était déjà ouvert" in words(response)
    assert Charter.objects.get() == draft


def test_next_draft_says_what_it_will_take_up(client, territory) -> None:
    CharterFactory(territory=territory, published=True, version=4)

    assert "reprendra le texte de la version 4" in words(client.get(URL))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "obligatoire"),
        ({"text": ""}, "text", "obligatoire"),
        ({"kind": "needs_fresh", "threshold": ""}, "threshold", "quelle part des besoins"),
        ({"kind": "pay_shown", "threshold": "101"}, "threshold", "de 1 à 100"),
        ({"kind": "answer_delay", "threshold": "91"}, "threshold", "de 1 à 90 jours"),
        ({"kind": "answer_delay", "threshold": "0"}, "threshold", "supérieure ou égale à 1"),
    ],
)
def test_commitment_form_says_what_is_wrong(client, draft, values, field, sentence) -> None:
    data = {"kind": "other", "text": "Gardé tel quel", "revision": draft.revision, **values}

    for path in ("engagements/", "engagements/1/"):
        response = client.post(f"{URL}{draft.pk}/{path}", data)

        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        found = page.find(id=f"id_{field}_error").get_text(" ")
        assert sentence in " ".join(found.split())
        if field != "text":
            assert "Gardé tel quel" in page.find(id="id_text").get_text()
    assert texts() == ["Un.", "Deux.", "Trois."]


def test_text_without_title_is_refused(client, draft) -> None:
    response = client.post(
        f"{URL}{draft.pk}/texte/", {"title": "", "preamble": "Gardé", "revision": 1}
    )

    assert response.status_code == 422
    assert "Gardé" in BeautifulSoup(response.content, "html.parser").find(id="id_preamble").text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("texte/", {"title": "Le mien", "preamble": ""}),
        ("engagements/", {"kind": "other", "text": "Le mien"}),
        ("engagements/1/", {"kind": "other", "text": "Le mien"}),
    ],
)
def test_second_writer_is_told_and_loses_nothing_typed(client, draft, path, data) -> None:
    services.write_draft(
        charter=draft, revision=1, title="Par une autre", preamble="", by=None, now=NOW
    )

    response = client.post(f"{URL}{draft.pk}/{path}", {"revision": 1, **data})

    page = BeautifulSoup(response.content, "html.parser")
    assert "Quelqu’un a modifié le projet entre-temps" in words(response)
    assert "Le mien" in str(page.select_one("main"))
    assert page.select_one("main [name=revision]")["value"] == "2"
    assert "Le mien" not in texts()
    draft.refresh_from_db()
    assert draft.title == "Par une autre"


def test_move_of_an_outdated_page_changes_nothing(client, draft) -> None:
    services.write_draft(charter=draft, revision=1, title="X", preamble="", by=None, now=NOW)

    response = client.post(
        f"{URL}{draft.pk}/engagements/1/deplacer/", {"revision": "1", "vers": "bas"}, follow=True
    )

    assert "Rien n’a été enregistré" in words(response)
    assert texts() == ["Un.", "Deux.", "Trois."]


def test_commitment_taken_out_meanwhile_is_told(client, draft) -> None:
    response = client.post(
        f"{URL}{draft.pk}/engagements/9/retirer/", {"revision": draft.revision}, follow=True
    )

    assert "a été retiré entre-temps" in words(response)


def test_published_charter_is_changed_by_no_page(client, draft) -> None:
    services.publish_charter(charter=draft, revision=1, by=None, now=NOW)

    response = client.post(
        f"{URL}{draft.pk}/engagements/1/retirer/", {"revision": "2"}, follow=True
    )

    assert "son texte ne change plus" in words(response)
    assert texts() == ["Un.", "Deux.", "Trois."]


def test_empty_draft_is_not_published(client, territory) -> None:
    charter = CharterFactory(territory=territory, version=1)

    response = client.post(f"{URL}{charter.pk}/publier/", {"revision": "1"}, follow=True)

    assert "Ajoutez au moins un engagement avant de publier." in words(response)


def test_draft_is_given_up_after_being_asked(client, draft) -> None:
    asked = client.get(f"{URL}{draft.pk}/abandonner/")
    form = BeautifulSoup(asked.content, "html.parser").select_one("form.actions")
    revision = form.select_one("[name=revision]")["value"]

    response = client.post(form["action"], {"revision": revision}, follow=True)

    assert "Le projet est abandonné." in words(response)
    assert not Charter.objects.exists()
