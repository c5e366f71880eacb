"""The pages of part-times that structures keep: declared, found, withdrawn, completed."""

import pytest
from bs4 import BeautifulSoup

from ancrage.matching.models import RetainedPartTime
from ancrage.matching.services import posts
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW
from tests.factories.posts import detection, fractions_of, part_time

pytestmark = pytest.mark.django_db

URL = "/postes-partages/temps-partiels/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def recruiter(partner):
    return MembershipFactory(partner=partner).user


@pytest.fixture
def need(territory):
    (need,) = fractions_of(PartnerFactory(territory=territory, name="Voisine"), ftes=(40,))
    return need


@pytest.fixture
def kept(need, partner):
    return part_time(need, partner)


def text_of(response):
    text = BeautifulSoup(response.content, "html.parser").get_text(" ")
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def sent(row, **facts):
    return {
        "profession": row.profession.label_fr,
        "commune": row.commune.name,
        "fte": "50 %",
        "wished_least": "80 %",
        "wished_most": "100 %",
        "starts_on": "2026-12-01",
        "jour_1": ["1m", "1a"],
        **facts,
    }


def test_structure_declares_a_part_time_changes_it_and_withdraws_it(
    client, recruiter, kept, partner
):
    client.force_login(recruiter)
    RetainedPartTime.objects.update(withdrawn_at=NOW)

    refused = client.post(f"{URL}nouveau/", sent(kept, wished_least="40 %", jour_1=[]))
    client.post(f"{URL}nouveau/", sent(kept))
    row = RetainedPartTime.objects.get(withdrawn_at=None)
    client.post(f"{URL}{row.pk}/", sent(kept, wished_most="90 %"))
    changed = RetainedPartTime.objects.get(pk=row.pk)
    page = client.post(f"{URL}{row.pk}/retirer/", follow=True)
    client.post(page.context["undo_offer"].url)

    assert refused.status_code == 422
    assert "Cochez les créneaux" in text_of(refused)
    assert (row.partner, row.fte_hundredths, row.slots) == (partner, 50, "1m 1a")
    assert changed.wished_most == 90
    assert "Temps partiel retiré." in text_of(page)
    assert RetainedPartTime.objects.get(pk=row.pk).withdrawn_at is None


def test_list_is_searched_exported_and_shown_to_its_structure_only(
    client, coordinator, recruiter, kept
):
    other = MembershipFactory(partner=PartnerFactory(territory=kept.partner.territory)).user
    client.force_login(coordinator)

    found = client.get(URL, {"q": "hopital"}, headers=HTMX)
    none = client.get(URL, {"q": "introuvable"})
    withdrawn = client.get(URL, {"etat": "retires"})
    lines = b"".join(client.get(f"{URL}export.csv").streaming_content).decode("utf-8-sig")
    client.force_login(other)
    elsewhere = client.get(URL)

    assert "de 0,8 à 1 ETP" in text_of(found)
    assert "<html" not in found.content.decode()
    for page in (none, withdrawn, elsewhere):
        assert "Aucun temps partiel ici" in text_of(page)
    assert "Hôpital fictif" not in text_of(elsewhere)
    assert lines.splitlines()[1].split(";")[4:7] == ["50", "80", "100"]


def test_detection_says_who_gains_what_of_a_part_time(client, coordinator, kept, need, territory):
    run = detection(territory, need)
    row = run.found[0] | {"fte": 90}
    row["parts"] += [row["parts"][0] | {"ref": f"r{kept.pk}", "fte": 50, "kept": True}]
    run.found, run.left = [row], [{"ref": f"r{kept.pk}", "why": "alone", "figure": None}]
    run.left[0] |= {"partners": [], "partner_count": 0}
    run.save()
    client.force_login(coordinator)

    page = text_of(client.get(f"/postes-partages/detection/{run.pk}/"))
    left = text_of(client.get(f"/postes-partages/detection/{run.pk}/?vue=seules"))
    opened = client.post(f"/postes-partages/detection/{run.pk}/ouvrir/", {"rang": "0"})
    file = text_of(client.get(opened.url))

    assert "Il garde quelqu’un qui est déjà là et voudrait davantage d’heures." in page
    assert "La personne déjà en poste passe de 0,5 à 0,9 ETP" in page
    assert "déjà tenue" in left
    assert "quelqu’un y est déjà en poste" in file
    assert "aucun besoin commun n’est publié" in file


def test_employers_read_that_nobody_is_looked_for(client, coordinator, kept, need):
    parts = [posts.PartToOpen(need, "4m"), posts.PartToOpen(kept, "1m")]
    post = posts.open_shared_post(parts=parts, travel=0, by=None, now=NOW)
    post.parts.update(answer="asked", asked_at=NOW)
    type(post).objects.update(state="studied", vehicle="secondment")
    for part in post.parts.order_by("pk"):
        posts.answer_part(part=part, agrees=True, by=None, now=NOW)
    client.force_login(coordinator)

    file = text_of(client.get(f"/postes-partages/{post.pk}/"))
    sheet = text_of(client.get(f"/besoins/{need.pk}/"))

    assert "La personne déjà en poste peut prendre les autres parts" in file
    assert "les besoins des autres parts sont mis de côté" in file
    assert "Une personne déjà en poste sur le territoire peut prendre ces heures" in sheet


@pytest.mark.parametrize("count", [1, 4])
def test_list_costs_the_same_whatever_its_length(
    client, coordinator, need, partner, count, django_assert_num_queries
):
    for _turn in range(count):
        part_time(need, PartnerFactory(territory=partner.territory))
    client.force_login(coordinator)
    client.get(URL)

    with django_assert_num_queries(7):
        client.get(URL)
