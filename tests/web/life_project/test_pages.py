"""« Mon projet de vie »: opened, answered, asked, taken back, by its person alone."""

from datetime import date

import pytest
from django.test import Client

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import give_consent
from ancrage.welcome import services
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeRequest
from tests.factories import (
    AvailabilityFactory,
    CandidateFactory,
    CommuneFactory,
    LifeProjectFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    UserFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import signed_in, soup, words

pytestmark = pytest.mark.django_db
URL = "/mon-projet-de-vie/"
TOLD = {
    "accord": "oui",
    "needs": ["housing", "childcare"],
    "arrives_on": "2027-05-03",
    "leaves_on": "2027-10-29",
    "workplace": "Pornic",
    "max_minutes": "30",
    "has_vehicle": "oui",
    "adults": "2",
    "child_ages": "8 mois, 4 ans",
    "trade": "Cuisinier",
    "max_price_cents": "350",
    "horaire0-days": ["0", "1"],
    "horaire0-begins": "06:45",
    "horaire0-ends": "14:15",
    "horaire1-days": ["4"],
    "horaire1-begins": "20:45",
    "horaire1-ends": "06:45",
}


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-22T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def pornic():
    return CommuneFactory(insee="44131", name="Pornic", latitude=47.1, longitude=-2.1)


@pytest.fixture
def person(territory):
    return CandidateFactory(territory=territory, user=UserFactory(), first_name="Maïwenn")


@pytest.fixture
def browser(person):
    return signed_in(person.subject.user)


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Habitat fictif")


@pytest.fixture
def room(partner, pornic):
    terms = WelcomeTermsFactory(
        resource__partner=partner, resource__commune=pornic, resource__title="Chambre face au port"
    )
    AvailabilityFactory(resource=terms.resource)
    return terms


def agree(person, *scopes):
    for scope in ("", *scopes):
        give_consent(
            subject=person.subject,
            purpose="concierge",
            scope=scope,
            notice=current_notice("concierge"),
            channel=ConsentChannel.SELF,
            by=person.subject.user,
            now=NOW,
        )


@pytest.fixture
def project(person, pornic):
    agree(person)
    return LifeProjectFactory(
        subject=person.subject, workplace=pornic, needs=["housing"], max_price_cents=35_000
    )


def test_page_invites_to_open_a_project(browser):
    page = soup(browser.get(URL))

    assert page.select_one('main a[href="/mon-projet-de-vie/ouvrir/"]') is not None


def test_somebody_without_a_profile_is_led_to_it():
    page = soup(signed_in(UserFactory()).get(URL))

    assert page.select_one('main a[href="/mon-profil/"]') is not None


def test_project_is_opened_with_the_agreement(browser, person, pornic):
    response = browser.post(f"{URL}ouvrir/", TOLD)

    assert response.status_code == 302
    assert consent_holds(person.subject, "concierge")
    project = LifeProject.objects.get()
    assert {name: getattr(project, name) for name in services.ProjectFacts.__annotations__} == {
        "needs": ["housing", "childcare"],
        "arrives_on": date(2027, 5, 3),
        "leaves_on": date(2027, 10, 29),
        "workplace": pornic,
        "max_minutes": 30,
        "adults": 2,
        "child_ages": [8, 48],
        "has_vehicle": True,
        "spouse_profession": None,
        "spouse_trade": "Cuisinier",
        "shifts": [[0, 405, 855], [1, 405, 855], [4, 1245, 1845]],
        "max_price_cents": 35_000,
    }


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"accord": ""}, "Sans votre accord, aucun projet n’est gardé"),
        ({"child_ages": "beaucoup"}, "n’est pas un âge"),
        ({"leaves_on": "2027-05-02"}, "Le départ ne peut pas précéder"),
        ({"horaire0-ends": ""}, "Donnez les jours, l’heure de début et l’heure de fin."),
        ({"workplace": "Atlantide"}, "Aucune commune ne porte ce nom"),
        ({"needs": []}, "Ce champ est obligatoire"),
    ],
)
def test_project_that_cannot_stand_is_refused_with_the_form_kept(
    browser, person, pornic, told, said
):
    response = browser.post(f"{URL}ouvrir/", TOLD | told)

    assert response.status_code == 422
    assert said in words(response)
    assert not LifeProject.objects.exists()
    assert not consent_holds(person.subject, "concierge")
    assert soup(response).select_one("#id_trade")["value"] == "Cuisinier"


def test_sheet_tells_what_fits_and_what_was_asked(
    browser, project, room, partner, django_assert_max_num_queries
):
    WelcomeRequestFactory(
        project=project,
        partner=partner,
        resource=None,
        state="refused",
        reason="full",
        ended_at=NOW,
    )

    with django_assert_max_num_queries(30):
        page = soup(browser.get(URL))

    assert "Chambre face au port" in page.select_one("#housing").get_text()
    assert "Plus de place à ces dates" in page.select_one("#demandes").get_text()


def test_need_page_says_why_an_offer_does_not_fit_and_what_would_do(browser, project, room):
    dear = WelcomeTermsFactory(
        resource__partner=room.resource.partner,
        resource__commune=room.resource.commune,
        price_cents=50_000,
    )
    AvailabilityFactory(resource=dear.resource)

    page = soup(browser.get(f"{URL}cherche/housing/"))

    assert "Chambre face au port" in page.select_one("#convient").get_text()
    blocked = " ".join(page.select_one("#bloque").get_text(" ").split())
    assert "Plus cher que le prix accepté. Il manque 150 € par mois." in blocked


def test_unmet_need_tells_the_chain_of_dwellings(browser, project, partner, pornic):
    halves = [(date(2027, 5, 1), date(2027, 7, 31)), (date(2027, 8, 1), date(2027, 10, 31))]
    for number, (first, last) in enumerate(halves):
        terms = WelcomeTermsFactory(
            resource__partner=partner,
            resource__commune=pornic,
            resource__title=f"Chambre {number}",
        )
        AvailabilityFactory(resource=terms.resource, starts_on=first, ends_on=last)

    text = " ".join(soup(browser.get(URL)).select_one("#housing").get_text(" ").split())

    assert "Rien ne convient" in text
    assert "Chambre 0, Pornic : du 3 mai 2027 au 31 juillet 2027" in text
    assert "Chambre 1, Pornic : du 1er août 2027 au 29 octobre 2027" in text


def test_spouse_sees_the_public_posts_of_their_trade(browser, project, partner):
    trade = ProfessionFactory(code="dietitian")
    LifeProject.objects.update(needs=["spouse_job"], spouse_profession=trade)
    post = NeedFactory(partner=partner, profession=trade, published=True)
    draft = NeedFactory(partner=partner, profession=trade)

    links = {link["href"] for link in soup(browser.get(URL)).select("#spouse_job a")}

    assert [
        any(f"/{one.pk}/" in link or f"/{one.pk}-" in link for link in links)
        for one in (post, draft)
    ] == [True, False]


def test_request_is_sent_once_the_person_agrees_to_that_partner(browser, project, person, room):
    asked = {"starts_on": "2027-05-03", "ends_on": "2027-10-29", "places": "1", "message": "Merci"}
    address = f"{URL}demander/{room.resource_id}/"

    refused = browser.post(address, asked)
    sent = browser.post(address, asked | {"agreed": "on"}, follow=True)

    assert refused.status_code == 422
    assert "Sans votre accord" in words(refused)
    row = WelcomeRequest.objects.get()
    assert (row.partner, row.resource, row.kind, row.state, row.message) == (
        room.resource.partner,
        room.resource,
        WelcomeKind.HOUSING,
        "sent",
        "Merci",
    )
    assert consent_holds(person.subject, "concierge", f"partner:{row.partner_id}")
    undo = soup(sent).select_one('form[action="/mon-projet-de-vie/demandes/annuler/"]')
    assert undo.select_one("[name=demande]")["value"] == str(row.pk)


def test_same_offer_is_asked_once(browser, project, person, room, partner):
    agree(person, f"partner:{partner.pk}")
    asked = {"starts_on": "2027-05-03", "ends_on": "2027-10-29", "places": "1"}
    browser.post(f"{URL}demander/{room.resource_id}/", asked)

    again = browser.post(f"{URL}demander/{room.resource_id}/", asked)

    assert again.status_code == 422
    assert "déjà demandée" in words(again)
    assert WelcomeRequest.objects.count() == 1


def test_request_is_cancelled_and_its_days_are_free(browser, project, person, room, partner):
    agree(person, f"partner:{partner.pk}")
    row = services.send_request(
        project=project,
        partner=partner,
        resource=room.resource,
        kind=WelcomeKind.HOUSING,
        starts_on=date(2027, 5, 3),
        ends_on=date(2027, 10, 29),
        by=None,
        now=NOW,
    )
    services.grant_request(request=row, by=None, now=NOW)

    browser.post(f"{URL}demandes/annuler/", {"demande": row.pk})

    row.refresh_from_db()
    assert (row.state, row.reason, row.taken_days.count()) == ("closed", "no_longer_needed", 0)
    assert "Demander de nouveau" in words(browser.get(URL))


def test_request_of_somebody_else_is_not_found(browser, project):
    other = WelcomeRequestFactory()

    assert browser.post(f"{URL}demandes/annuler/", {"demande": other.pk}).status_code == 404
    assert browser.post(f"{URL}demandes/annuler/", {"demande": "x"}).status_code == 404


def test_offer_of_another_territory_cannot_be_asked(browser, project):
    terms = WelcomeTermsFactory()

    assert browser.get(f"{URL}demander/{terms.resource_id}/").status_code == 404


def test_project_is_edited_from_the_revision_that_was_read(browser, project, pornic):
    page = soup(browser.get(f"{URL}modifier/"))
    told = {name: value for name, value in TOLD.items() if name != "accord"}

    saved = browser.post(
        f"{URL}modifier/", told | {"revision": page.select_one("[name=revision]")["value"]}
    )
    stale = browser.post(f"{URL}modifier/", told | {"revision": "1", "adults": "3"})

    assert (saved.status_code, stale.status_code) == (302, 422)
    assert "modifié entre-temps" in words(stale)
    assert LifeProject.objects.get().child_ages == [8, 48]


def test_hours_of_a_night_come_back_in_the_form(browser, project):
    LifeProject.objects.update(shifts=[[4, 1245, 1845]])

    page = soup(browser.get(f"{URL}modifier/"))

    assert page.select_one("#id_horaire0-begins")["value"] == "20:45"
    assert page.select_one("#id_horaire0-ends")["value"] == "06:45"


def test_closed_project_can_be_opened_again_without_agreeing_again(browser, project, pornic):
    browser.post(f"{URL}clore/")
    closed = words(browser.get(URL))
    reopened = browser.post(f"{URL}ouvrir/", {n: v for n, v in TOLD.items() if n != "accord"})

    assert "Projet clos" in closed
    assert reopened.status_code == 302
    assert LifeProject.objects.get().closed_at is None
    assert browser.get(f"{URL}ouvrir/").status_code == 302


def test_withdrawal_erases_the_project_and_closes_the_requests(browser, project, person, partner):
    agree(person, f"partner:{partner.pk}")
    row = WelcomeRequestFactory(project=project, partner=partner, message="Avec un bébé")

    asked = browser.get(f"{URL}retirer-mon-accord/")
    browser.post(f"{URL}retirer-mon-accord/")

    assert "places accordées sont rendues" in words(asked)
    row.refresh_from_db()
    assert (row.project, row.state, row.reason, row.message) == (
        None,
        "closed",
        "consent_withdrawn",
        "",
    )
    assert not LifeProject.objects.exists()


def test_frozen_profile_says_that_nothing_is_shown(browser, project, person):
    person.subject.limited_at = NOW
    person.subject.save()

    assert "Rien n’est montré à personne" in words(browser.get(URL))


def test_visitor_is_asked_to_sign_in():
    assert Client().get(URL).status_code == 302
