"""The booklet as a page and as a PDF, for anybody and for one household."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ancrage.privacy.models import AccessTrace
from ancrage.welcome.enums import WelcomeKind
from tests.factories import (
    AvailabilityFactory,
    CandidateFactory,
    CommuneFactory,
    LifeProjectFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.papers import pages_of
from tests.web.partners.support import HTMX, region, signed_in, soup

pytestmark = pytest.mark.django_db
URL = "/livret-d-accueil/"


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-22T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz", name="Pays de Retz")


@pytest.fixture
def pornic():
    return CommuneFactory(insee="44131", name="Pornic", latitude=47.1, longitude=-2.1)


@pytest.fixture
def creche(territory, pornic):
    """A crèche that opens at 6:15, three places from May."""
    terms = WelcomeTermsFactory(
        resource__partner=PartnerFactory(territory=territory, name="Les Bigorneaux (fictif)"),
        resource__commune=pornic,
        resource__title="Places en horaires décalés",
        resource__contact_phone="+33240000000",
        kind=WelcomeKind.CHILDCARE,
        opening_hours="Mo-Fr 06:15-21:00",
        price_cents=40_000,
        age_from_months=3,
        age_to_months=36,
    )
    AvailabilityFactory(resource=terms.resource, places=3)
    return terms


@pytest.fixture
def project(territory, pornic):
    """A nurse with a spouse who is a cook and a baby, for the summer."""
    person = CandidateFactory(
        territory=territory, user=UserFactory(), first_name="Maïwenn", last_name="Fictive"
    )
    return LifeProjectFactory(
        subject=person.subject,
        workplace=pornic,
        needs=["housing", "childcare", "spouse_job"],
        adults=2,
        child_ages=[8],
        spouse_profession=ProfessionFactory(code="nurse"),
        shifts=[[0, 405, 855], [1, 405, 855]],
    )


def text_of(response):
    """The text of a PDF on one line, every space a plain one."""
    return re.sub(r"\s+", " ", " ".join(pages_of(response.content)))


def test_general_booklet_tells_services_with_hours_price_and_free_days(territory, creche):
    page = soup(Client().get(URL, {"commune": "Pornic", "besoins": "childcare"}))

    (line,) = page.select("#childcare li")
    assert [" ".join(one.get_text().split()) for one in line.select(".note")] == [
        "Les Bigorneaux (fictif)",
        "Pornic sur place",
        "du lundi au vendredi 6:15–21:00",
        "400 € par mois",
        "libre du 1er mai 2027 au 31 octobre 2027 (3 places)",
        "02 40 00 00 00",
    ]
    assert page.select_one("#housing") is None


def test_general_booklet_of_anybody_has_every_theme_aid_and_number(territory):
    page = soup(Client().get(URL))

    assert [one["id"] for one in page.select("section[id]")] == [
        "pas-a-pas",
        *WelcomeKind.values,
        "aides",
        "contacts",
    ]
    assert "demandez à la coordination" in page.select_one("#school").get_text()
    assert page.select("#aides li")
    assert "39 39" in page.select_one("#contacts").get_text()


def test_fragment_is_the_page_and_queries_are_few(
    territory, creche, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        whole = Client().get(URL, {"besoins": "childcare"})
    swapped = Client().get(URL, {"besoins": "childcare"}, headers=HTMX)

    assert region(swapped, "results") == region(whole, "results")


def test_unknown_commune_is_told_and_left_aside(territory, creche):
    page = soup(Client().get(URL, {"commune": "Atlantide", "besoins": "childcare"}))

    assert page.select_one(".field--error #id_commune") is not None
    assert page.select("#childcare li")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Livret d’accueil – Pays de Retz", "du lundi au vendredi 6:15–21:00"]),
        ("en", ["Welcome booklet – Pays de Retz", "Monday to Friday 6:15–21:00"]),
    ],
)
def test_general_pdf_is_read_in_both_languages(territory, creche, language, said):
    response = Client().get(f"{URL}livret.pdf", {"besoins": "childcare", "langue": language})

    text = text_of(response)
    assert response["Content-Type"] == "application/pdf"
    assert f'livret-pays-de-retz-{language}.pdf"' in response["Content-Disposition"]
    assert [words for words in said if words not in text] == []


def test_pdf_of_a_household_tells_its_dates_requests_posts_and_steps(territory, creche, project):
    WelcomeRequestFactory(
        project=project, resource=creche.resource, partner=creche.resource.partner, state="granted"
    )
    NeedFactory(
        partner=PartnerFactory(territory=territory, name="EHPAD fictif"),
        profession=project.spouse_profession,
        commune=project.workplace,
        published=True,
    )

    response = signed_in(project.subject.user).get(
        reverse("booklet:project_pdf", args=[project.pk]), {"langue": "fr"}
    )

    text = text_of(response)
    said = [
        "Maïwenn Fictive",
        "du 3 mai 2027 au 29 octobre 2027",
        "lundi, mardi 6:45–14:15",
        "Places en horaires décalés Les Bigorneaux (fictif)",
        "Accordée",
        "EHPAD fictif",
        "avant le 10 mai 2027",
        "Demander une place en crèche",
        "15",
    ]
    assert [words for words in said if words not in text] == []
    assert "Inscrire les enfants à l’école" not in text
    assert "no-store" in response["Cache-Control"]


def test_coordination_reads_the_booklet_and_leaves_a_trace(project, territory):
    user = TerritoryRoleFactory(territory=territory).user

    response = signed_in(user).get(reverse("booklet:project", args=[project.pk]))

    assert response.status_code == 200
    (trace,) = AccessTrace.objects.filter(subject=project.subject)
    assert (trace.viewer, trace.purpose) == (user, "concierge")


def test_own_booklet_leaves_no_trace(project):
    response = signed_in(project.subject.user).get(reverse("booklet:project", args=[project.pk]))

    assert "Maïwenn Fictive" in response.content.decode()
    assert not AccessTrace.objects.exists()


def test_project_without_dates_or_children_has_a_shorter_list(territory):
    person = CandidateFactory(territory=territory, user=UserFactory())
    project = LifeProjectFactory(
        subject=person.subject,
        arrives_on=None,
        leaves_on=None,
        workplace=None,
        needs=["mobility"],
        has_vehicle=False,
    )

    page = soup(
        signed_in(person.subject.user).get(reverse("booklet:project", args=[project.pk]))
    ).select_one("#pas-a-pas")

    text = page.get_text(" ")
    assert "covoiturage" in text
    assert "carte grise" not in text
    assert "2027" not in text
