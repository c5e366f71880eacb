"""The pages of shared posts: detected, carried, read by each side, answered from a mail."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from ancrage.kit.outbox import run_due
from ancrage.matching.models import PostChoice, PostRun, SharedPost
from ancrage.matching.queries import part_token
from ancrage.matching.services import posts
from ancrage.needs.models import Need
from ancrage.partners.recipients import Recipient
from ancrage.web.shared_posts.papers import data_of
from ancrage.web.shared_posts.rows import file_context, file_for
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW
from tests.factories.posts import detection, fractions_of, shared_post

pytestmark = pytest.mark.django_db

URL = "/postes-partages/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def november(time_machine):
    """The pages read the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def neighbour(territory):
    return PartnerFactory(territory=territory, name="Voisine fictive")


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def recruiter(partner):
    return MembershipFactory(partner=partner).user


@pytest.fixture
def needs(partner, neighbour):
    return fractions_of(partner, neighbour)


@pytest.fixture
def asked(needs):
    return shared_post(*needs, asked=True)


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def token_of(part):
    mailbox = Recipient(email="rh@exemple.test", language="fr", user=None, partner=part.partner)
    return part_token(part, mailbox, now=NOW)


def test_detection_is_asked_for_read_and_opens_a_file(client, coordinator, needs):
    client.force_login(coordinator)
    assert "Lancer une détection" in text_of(client.get(f"{URL}detection/"))

    limits = {"trajet": "30", "au_moins": "80", "au_plus": "100"}
    client.post(f"{URL}detection/calculer/", limits)
    run = PostRun.objects.get()
    again = client.post(f"{URL}detection/calculer/", limits, follow=True)
    waiting = client.get(f"{URL}detection/{run.pk}/avancement/")
    run_due(clock=lambda: NOW)
    page = text_of(client.get(f"{URL}detection/{run.pk}/"))
    opened = client.post(f"{URL}detection/{run.pk}/ouvrir/", {"rang": "0"})

    assert [str(one) for one in again.context["messages"]] == [
        "Une détection est déjà en cours de calcul."
    ]
    assert "progress" in waiting.content.decode()
    assert "réunissent 1 ETP : aucun autre choix n’en réunit plus" in page.replace("\u202f", " ")
    assert "La personne y gagne 1 ETP en 5 jours" in page
    assert opened.url == f"{URL}{SharedPost.objects.get().pk}/"
    shown = text_of(client.get(f"{URL}detection/{run.pk}/"))
    assert ("Dossier ouvert" in shown, "Ouvrir un dossier" in shown) == (True, False)


def test_limits_that_hold_nothing_are_refused_with_the_form_kept(client, coordinator):
    client.force_login(coordinator)

    limits = {"trajet": "30", "au_moins": "90", "au_plus": "70"}
    response = client.post(f"{URL}detection/calculer/", limits)

    assert response.status_code == 422
    assert "Le maximum est sous le minimum." in text_of(response)
    assert PostRun.objects.count() == 0


def test_sets_are_imposed_kept_apart_and_set_free(client, coordinator, territory, needs):
    client.force_login(coordinator)
    run = detection(territory, *needs)
    keys = "-".join(str(need.pk) for need in needs)
    url = f"{URL}detection/{run.pk}/choix/"

    client.post(url, {"choix": f"ecarter:{keys}"})
    apart = list(PostChoice.objects.values_list("needs", "kind"))
    page = text_of(client.get(f"{URL}detection/{run.pk}/"))
    client.post(url, {"choix": f"liberer:{keys}"})

    assert apart == [(keys.replace("-", " "), "exclude")]
    assert "Assemblages imposés ou écartés" in page
    assert PostChoice.objects.count() == 0
    assert client.post(url, {"choix": "ecarter:999999"}).status_code == 404


def test_fractions_left_alone_say_why(client, coordinator, territory, needs):
    client.force_login(coordinator)
    left = [
        {"ref": str(needs[0].pk), "why": why, "figure": 50, "partners": [], "partner_count": 0}
        for why in ("alone", "far", "start", "clash", "total", "refused", "outbid")
    ]
    run = detection(territory, *needs, left=left)

    page = text_of(client.get(f"{URL}detection/{run.pk}/?vue=seules"))

    for why in ("à 50 minutes", "50 jours au moins", "0,5 ETP", "50 postes étaient possibles"):
        assert why in page
    exported = client.get(f"{URL}detection/{run.pk}/export.csv")
    assert b"".join(exported.streaming_content).decode("utf-8-sig").count("\n") == 10


def test_terms_are_set_then_employers_are_asked(client, coordinator, needs, partner):
    client.force_login(coordinator)
    post = shared_post(*needs)
    first, second = post.parts.order_by("pk")
    terms = {
        "vehicle": "loan",
        "lead": partner.pk,
        "starts_on": "2027-03-01",
        "revision": post.revision,
        f"cost_{first.pk}": "70",
        f"cost_{second.pk}": "20",
        f"signatory_{first.pk}": "directrice",
    }

    refused = client.post(f"{URL}{post.pk}/conditions/", terms)
    kept = client.post(f"{URL}{post.pk}/conditions/", terms | {f"cost_{second.pk}": "30"})
    asked = client.post(f"{URL}{post.pk}/etape/", {"etape": "studied"})

    assert (refused.status_code, kept.status_code, asked.status_code) == (422, 302, 302)
    assert "Les parts du coût font 90" in text_of(refused)
    page = text_of(client.get(f"{URL}{post.pk}/")).replace("\xa0", " ")
    assert "Voisine fictive rembourse 30 % à Hôpital fictif." in page
    assert "signe : directrice" in page


def test_employer_reads_its_part_and_the_names_of_the_others(client, recruiter, asked):
    other = asked.parts.order_by("pk")[1]
    posts.answer_part(
        part=other, agrees=False, reason="cost", note="Trop cher pour nous", by=None, now=NOW
    )
    client.force_login(recruiter)

    page = text_of(client.get(f"{URL}{asked.pk}/"))

    assert ("Voisine fictive" in page, "Refuse" in page) == (True, True)
    assert "Trop cher pour nous" not in page
    assert "Le partage des coûts" not in page.replace(
        "Le partage des coûts ne convient pas", "", 1
    )
    assert "Abandonner" not in page


def test_summary_is_a_pdf_of_what_its_reader_may_know(client, recruiter, asked, rf):
    asked.parts.update(signatory="directrice")
    client.force_login(recruiter)
    request = rf.get("/")
    request.user = recruiter
    post = file_for(request, SharedPost.objects.all(), asked.pk)

    response = client.get(f"{URL}{asked.pk}/resume.pdf")
    data = data_of(post, file_context(request, post, now=NOW), now=NOW)

    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith(f'"poste-partage-{asked.pk}.pdf"')
    assert [(one["employer"], one["share"], one["signatory"]) for one in data["parts"]] == [
        ("Hôpital fictif", "60\xa0%", "directrice"),
        ("Voisine fictive", "40\xa0%", ""),
    ]
    assert data["facts"][:2] == [
        ["Forme juridique", "Mise à disposition d’un agent public"],
        ["Employeur porteur", "Hôpital fictif"],
    ]


def test_employer_answers_on_the_page_and_takes_it_back(client, recruiter, asked, partner):
    client.force_login(recruiter)
    part = asked.parts.get(partner=partner)
    url = f"{URL}parts/{part.pk}/reponse/"

    refused = client.post(url, {"accord": "non"})
    client.post(url, {"accord": "oui"})
    part.refresh_from_db()
    agreed = part.answer
    client.post(f"{URL}{asked.pk}/annuler/")
    part.refresh_from_db()

    assert refused.status_code == 422
    assert "Choisissez une raison de la liste." in text_of(refused)
    assert (agreed, part.answer) == ("agreed", "asked")


def test_employer_answers_from_its_mail_in_one_click(client, asked, time_machine):
    first, second = asked.parts.order_by("pk")
    posts.answer_part(part=first, agrees=True, by=None, now=NOW)
    url = f"{URL}reponse/{token_of(second)}/"

    assert client.get(url).status_code == 200
    thanks = client.post(url, {"accord": "oui"}, follow=True)
    again = client.get(url)
    back = client.post(thanks.redirect_chain[-1][0], follow=True)
    reopened = client.get(url)
    forged = client.get(f"{URL}reponse/faux/")
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    expired = client.get(url)

    assert "Tous les employeurs sont d’accord" in text_of(thanks)
    assert "Réponse annulée" in text_of(back)
    statuses = [page.status_code for page in (again, reopened, forged, expired)]
    assert statuses == [410, 200, 403, 410]


def test_file_is_given_up_with_its_reason(client, coordinator, asked):
    client.force_login(coordinator)
    url = f"{URL}{asked.pk}/abandonner/"

    missing = client.post(url, {})
    client.post(url, {"reason": "no_vehicle", "note": ""})

    assert missing.status_code == 422
    assert SharedPost.objects.get().end_reason == "no_vehicle"
    assert "Aucune forme juridique ne convient" in text_of(client.get(f"{URL}{asked.pk}/"))


def test_common_need_and_its_parts_say_so_on_their_pages(client, coordinator, asked, needs):
    for part in asked.parts.order_by("pk"):
        posts.answer_part(part=part, agrees=True, by=None, now=NOW)
    common = SharedPost.objects.get().need
    town = needs[0].commune

    offer = text_of(client.get(f"/offres/{common.pk}/", follow=True))
    gone = client.get(f"/offres/{needs[0].pk}/", follow=True)
    client.force_login(coordinator)
    sheet = text_of(client.get(f"/besoins/{common.pk}/"))
    part = text_of(client.get(f"/besoins/{needs[1].pk}/"))
    refused = client.post(f"/besoins/{needs[1].pk}/publier/", follow=True)

    split = f"0,6 ETP à Hôpital fictif ({town}), 0,4 ETP à Voisine fictive ({town})"
    assert split in offer
    assert split in sheet
    assert gone.status_code == 410
    assert "Partie du poste partagé" in part
    assert "est une part du poste partagé" in text_of(refused)
    assert Need.objects.get(pk=needs[1].pk).status == "paused"


def test_days_of_a_fraction_are_said_by_its_employer(client, recruiter, needs):
    client.force_login(recruiter)
    url = f"{URL}jours/{needs[0].pk}/"
    supposed = text_of(client.get(url))

    short = client.post(url, {"needed": "3", "jour_1": ["1m", "1a"]})
    client.post(url, {"needed": "2", "jour_1": ["1m", "1a"], "jour_6": ["6n"]})

    assert "supposés d’après les horaires" in supposed
    assert short.status_code == 422
    assert Need.objects.get(pk=needs[0].pk).fraction_week.slots == "1m 1a 6n"


def test_list_is_searched_exported_and_empty(client, coordinator, asked, needs):
    client.force_login(coordinator)

    found = client.get(URL, {"q": "voisine", "etape": "vivants"}, headers=HTMX)
    none = client.get(URL, {"q": "introuvable"})
    by_number = client.get(URL, {"q": str(asked.pk), "etape": "ended"})
    lines = b"".join(client.get(f"{URL}export.csv").streaming_content).decode("utf-8-sig")

    assert text_of(found).count("Voisine fictive") == 1
    assert "<html" not in found.content.decode()
    for page in (none, by_number):
        assert "Aucun poste partagé ici" in text_of(page)
    assert len(lines.splitlines()) == 3


@pytest.mark.parametrize("count", [1, 4])
def test_pages_cost_the_same_whatever_their_number(
    client, coordinator, territory, count, django_assert_num_queries
):
    for _turn in range(count):
        partners = PartnerFactory.create_batch(2, territory=territory)
        post = shared_post(*fractions_of(*partners), asked=True)
    client.force_login(coordinator)
    client.get(URL)

    with django_assert_num_queries(8):
        client.get(URL)
    with django_assert_num_queries(9):
        client.get(f"{URL}{post.pk}/")


@pytest.mark.parametrize("count", [1, 4])
def test_detection_costs_the_same_whatever_it_found(
    client, coordinator, territory, count, django_assert_num_queries
):
    rows = []
    for _turn in range(count):
        needs = fractions_of(*PartnerFactory.create_batch(2, territory=territory))
        rows += detection(territory, *needs).found
    run = detection(territory, *needs, found=rows)
    client.force_login(coordinator)
    client.get(URL)

    with django_assert_num_queries(7):
        client.get(f"{URL}detection/{run.pk}/")


def test_mail_of_an_employer_leads_to_its_answer(client, asked, recruiter):
    part = asked.parts.order_by("pk")[0]
    posts.ask_again(part=part, by=None, now=NOW)

    run_due(clock=lambda: NOW)
    run_due(clock=lambda: NOW)

    (letter,) = [one for one in mail.outbox if one.to == [recruiter.email]]
    link = letter.body.partition(f"{URL}reponse/")[2].partition("\n")[0].strip()
    assert client.get(f"{URL}reponse/{link}").status_code == 200
