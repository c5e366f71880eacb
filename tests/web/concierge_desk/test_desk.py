"""The coordination's desk: who waits for what, on whose behalf it asks, what it changed."""

from datetime import date

import pytest

from ancrage.journeys.models import ArrivalOutcome
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from ancrage.welcome.models import LifeProject, WelcomeRequest
from tests.factories import (
    AvailabilityFactory,
    CandidateFactory,
    CommuneFactory,
    IntroductionFactory,
    JourneyFactory,
    LifeProjectFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import HTMX, region, signed_in, soup, words

pytestmark = pytest.mark.django_db
URL = "/conciergerie/suivi/"


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-22T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def browser(territory):
    return signed_in(TerritoryRoleFactory(territory=territory).user)


@pytest.fixture
def pornic():
    return CommuneFactory(insee="44131", name="Pornic", latitude=47.1, longitude=-2.1)


@pytest.fixture
def room(territory, pornic):
    terms = WelcomeTermsFactory(
        resource__partner=PartnerFactory(territory=territory, name="Habitat fictif"),
        resource__commune=pornic,
        resource__title="Chambre face au port",
    )
    AvailabilityFactory(resource=terms.resource)
    return terms


@pytest.fixture
def make(territory, pornic):
    """A function that writes the project of somebody of the territory."""

    def made(name, *needs, partner=None, **facts):
        person = CandidateFactory(territory=territory, user=UserFactory(), last_name=name)
        for scope in ["", *([f"partner:{partner.pk}"] if partner else [])]:
            give_consent(
                subject=person.subject,
                purpose="concierge",
                scope=scope,
                notice=current_notice("concierge"),
                channel=ConsentChannel.SELF,
                by=person.subject.user,
                now=NOW,
            )
        told = {"workplace": pornic, "max_minutes": None} | facts
        return LifeProjectFactory(subject=person.subject, needs=list(needs), **told)

    return made


def names(response):
    return [cell.a.get_text(strip=True).split()[-1] for cell in soup(response).select("tbody th")]


def test_list_says_where_each_project_stands_and_is_filtered(browser, make, room):
    made = make("Trouvée", "housing")
    lost = make("Bloquée", "childcare")
    settled = make("Logée", "housing")
    WelcomeRequestFactory(project=settled, partner=room.resource.partner, state="granted")
    make("Close", "housing", closed_at=NOW)
    LifeProjectFactory(needs=["housing"])

    def listed(**query):
        return set(names(browser.get(URL, query)))

    assert listed() == {"Trouvée", "Bloquée", "Logée"}
    assert listed(clos="on") == {"Trouvée", "Bloquée", "Logée", "Close"}
    assert listed(situation="unmet") == {"Bloquée"}
    assert listed(situation="unblocked") == {"Logée"}
    assert listed(besoin="housing", situation="found") == {"Trouvée"}
    assert listed(q="bloq") == {"Bloquée"}
    assert {made.pk, lost.pk} < set(LifeProject.objects.values_list("pk", flat=True))


def test_list_of_nobody_and_list_that_finds_nobody_say_what_to_do(browser, make):
    empty = words(browser.get(URL))
    make("Seule", "housing")
    nothing = words(browser.get(URL, {"q": "dompteur"}))

    assert "Aucun projet de vie en cours" in empty
    assert "Aucun projet ne correspond" in nothing


def test_list_costs_the_same_for_many_and_the_fragment_is_the_page(
    browser, make, room, django_assert_max_num_queries
):
    for number in range(4):
        make(f"Personne{number}", "housing", "childcare")

    with django_assert_max_num_queries(24):
        page = browser.get(URL)
    swapped = browser.get(URL, headers=HTMX)

    assert region(swapped, "results") == region(page, "results")


def test_export_asks_why_and_leaves_a_trace(browser, make, room):
    project = make("Trouvée", "housing", "childcare")

    response = browser.post(
        f"{URL}export/", {"reason": "Point mensuel des arrivées", "format": "csv"}
    )

    line = response.content.decode("utf-8-sig").splitlines()[1]
    assert line.startswith("Trouvée;")
    assert line.endswith('Un besoin sans réponse;"Garde d’enfants"') or "Garde d’enfants" in line
    assert AccessTrace.objects.filter(subject=project.subject, purpose="concierge").exists()


def test_unmet_needs_are_counted_by_theme_with_what_stands_in_the_way(browser, make, room):
    make("Petite", "housing", max_price_cents=10_000)
    make("Deux", "housing", "childcare", arrives_on=date(2027, 11, 3), leaves_on=date(2027, 12, 3))

    page = soup(browser.get(f"{URL}besoins-sans-reponse/"))

    housing = " ".join(page.select_one("#housing").get_text(" ").split())
    assert "2 projets sans rien qui convienne" in housing
    assert "Le prix : 1 projet" in housing
    assert "Les dates : 1 projet" in housing
    childcare = " ".join(page.select_one("#childcare").get_text(" ").split())
    assert "Rien n’est publié pour ce besoin : 1 projet" in childcare


def test_sheet_tells_the_needs_and_leaves_a_trace(browser, make, room):
    project = make("Trouvée", "housing")

    page = browser.get(f"{URL}{project.pk}/")

    assert "Chambre face au port" in soup(page).select_one("#housing").get_text()
    assert AccessTrace.objects.filter(subject=project.subject, purpose="concierge").count() == 1


def test_coordination_asks_for_somebody_who_agreed_to_that_partner(browser, make, room):
    agreed = make("Accord", "housing", partner=room.resource.partner)
    silent = make("Sans", "housing")
    asked = {"starts_on": "2027-05-03", "ends_on": "2027-10-29", "places": "1"}

    sent = browser.post(f"{URL}{agreed.pk}/demander/{room.resource_id}/", asked)
    refused = browser.post(f"{URL}{silent.pk}/demander/{room.resource_id}/", asked)
    wrong = browser.post(
        f"{URL}{agreed.pk}/demander/{room.resource_id}/", asked | {"ends_on": "2027-05-02"}
    )

    assert (sent.status_code, refused.status_code, wrong.status_code) == (302, 422, 422)
    assert "Il manque un accord" in words(refused)
    row = WelcomeRequest.objects.get()
    assert (row.project, row.resource) == (agreed, room.resource)
    browser.post(f"{URL}{agreed.pk}/demandes/annuler/", {"demande": row.pk})
    row.refresh_from_db()
    assert (row.state, row.reason) == ("closed", "no_longer_needed")


def test_outcome_is_noted_beside_the_introduction(browser, make, territory):
    project = make("Arrivée", "housing")
    person = project.subject.candidate
    journey = JourneyFactory(candidate=person, territory=territory)
    met = IntroductionFactory(candidate=person, need=NeedFactory(published=True))

    refused = browser.post(f"{URL}{project.pk}/issue/", {"kind": "arrived"})
    browser.post(
        f"{URL}{project.pk}/issue/",
        {"kind": "arrived", "themes": ["housing"], "introduction": met.pk},
    )

    assert refused.status_code == 422
    outcome = ArrivalOutcome.objects.get()
    assert (outcome.journey, outcome.introduction, outcome.kind) == (journey, met, "arrived")
    issue = soup(browser.get(f"{URL}{project.pk}/")).select_one("#issue").get_text(" ")
    assert "Arrivée grâce à : Logement" in " ".join(issue.split())


def test_outcome_waits_for_a_journey(browser, make):
    project = make("Seule", "housing")

    assert browser.get(f"{URL}{project.pk}/issue/").status_code == 404
    assert "ouvrez d’abord le sien" in words(browser.get(f"{URL}{project.pk}/"))
