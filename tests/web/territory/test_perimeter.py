"""The communes of a territory: chosen, compared, confirmed."""

import pytest
from django.test import Client

from ancrage.kit.models import AuditLine
from ancrage.territory.models import Commune, LivingArea, Territory
from tests.factories import (
    FacilityFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.web.partners.support import HTMX, region, signed_in, soup, words

pytestmark = pytest.mark.django_db

HERE = "/territoires/pays-de-retz/"
CHOOSE = f"{HERE}communes/"
CONFIRM = f"{HERE}communes/confirmer/"


@pytest.fixture
def admin() -> Client:
    return signed_in(UserFactory(is_platform_admin=True))


@pytest.fixture
def territory() -> Territory:
    return TerritoryFactory(slug="pays-de-retz", communes=communes("44131", "44154"))


def communes(*codes: str) -> list[Commune]:
    return list(Commune.objects.filter(insee__in=codes).order_by("insee"))


def held(territory: Territory) -> list[str]:
    return sorted(territory.communes.values_list("insee", flat=True))


def confirmation(response) -> dict[str, str]:
    """What the page of confirmation sends."""
    form = soup(response).select_one(f"form[action='{CONFIRM}']")
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def test_nothing_changes_before_the_confirmation(admin, territory):
    response = admin.post(CHOOSE, {"places": "Paimbœuf", "shown": [], "communes": []})

    assert response.status_code == 200
    assert "1 commune entre" in words(response)
    assert held(territory) == ["44131", "44154"]
    assert AuditLine.objects.count() == 0


def test_confirmed_communes_are_written_with_one_line(admin, territory):
    sent = confirmation(
        admin.post(CHOOSE, {"places": "44116", "shown": ["44154"], "communes": []})
    )

    response = admin.post(CONFIRM, sent, follow=True)

    assert "Les communes du territoire sont enregistrées" in words(response)
    assert held(territory) == ["44116", "44131"]
    line = AuditLine.objects.get()
    assert (line.action, line.changes["removed"], line.changes["added"]) == (
        *("territory.communes_set", ["44154", ""], ["", "44116"]),
    )


def test_commune_in_use_does_not_leave_in_silence(admin, territory):
    used, other = communes("44131", "44154")
    partner = PartnerFactory(territory=territory, commune=used)
    FacilityFactory(partner=partner, commune=used)
    NeedFactory(partner=partner, commune=used, published=True)
    area = LivingArea.objects.create(territory=territory, name="Littoral")
    area.communes.add(used)

    response = admin.post(CHOOSE, {"shown": ["44131", "44154"], "communes": [other.insee]})

    row = soup(response).select_one("tbody tr")
    assert "1 commune qui sort est utilisée" in words(response)
    assert [cell.get_text(strip=True) for cell in row.select("td")] == ["1", "1", "1", "Littoral"]
    admin.post(CONFIRM, confirmation(response))
    partner.refresh_from_db()
    assert (partner.territory, partner.commune) == (territory, used)
    assert list(area.communes.all()) == []


def test_communes_that_are_not_shown_stay(admin, territory):
    response = admin.post(f"{CHOOSE}?q=pornic", {"shown": ["44131"], "communes": []})

    sent = confirmation(response)
    assert sent["codes"] == "44154"


def test_whole_epci_enters_by_its_name(admin, territory):
    response = admin.post(CHOOSE, {"places": "200067346"})

    inside = Commune.objects.filter(epci__siren="200067346", valid_to=None).count()
    codes = confirmation(response)["codes"].split()
    assert len(codes) >= inside


def test_search_shows_the_communes_of_a_name_and_of_an_epci(admin, territory):
    named = soup(admin.get(CHOOSE, {"q": "pornic"}))
    of_epci = soup(admin.get(CHOOSE, {"q": "200067346"}))

    assert named.select_one("#commune-44131").has_attr("checked")
    assert len(of_epci.select("input[type=checkbox]")) > 10
    nothing = soup(admin.get(CHOOSE, {"q": "atlantide"}))
    assert nothing.select_one(".empty__title") is not None
    fragment = admin.get(CHOOSE, {"q": "pornic"}, headers=HTMX)
    assert region(fragment, "communes") == region(admin.get(CHOOSE, {"q": "pornic"}), "communes")


def test_choice_costs_the_same_for_few_and_many(admin, territory, django_assert_num_queries):
    for query in ({}, {"q": "200067346"}):
        admin.get(CHOOSE, query)
        with django_assert_num_queries(6 if query else 5):
            admin.get(CHOOSE, query)


def test_choice_refused_keeps_what_was_ticked_and_typed(admin, territory):
    sent = {"places": "Atlantide", "shown": ["44131", "44154"], "communes": ["44154"]}

    response = admin.post(CHOOSE, sent)

    page = soup(response)
    assert response.status_code == 422
    assert "« Atlantide » n’est pas un lieu connu" in words(response)
    assert page.select_one("#id_places").get_text(strip=True) == "Atlantide"
    assert not page.select_one("#commune-44131").has_attr("checked")
    assert page.select_one("#commune-44154").has_attr("checked")


def test_empty_territory_is_refused(admin, territory):
    response = admin.post(CHOOSE, {"shown": ["44131", "44154"], "communes": []})

    assert response.status_code == 422
    assert "Un territoire compte au moins une commune" in words(response)


def test_same_communes_are_said_to_change_nothing(admin, territory):
    response = admin.post(CHOOSE, {"places": "Pornic"}, follow=True)

    assert "Ce choix ne change rien" in words(response)


def test_second_of_two_is_shown_what_it_would_change_now(admin, territory):
    sent = confirmation(admin.post(CHOOSE, {"places": "44116"}))
    territory.communes.add(*communes("44005"))

    told = admin.post(CONFIRM, sent)

    assert told.status_code == 422
    assert "Quelqu’un a changé les communes du territoire entre-temps" in words(told)
    assert held(territory) == ["44005", "44131", "44154"]
    admin.post(CONFIRM, confirmation(told))
    assert held(territory) == ["44116", "44131", "44154"]


@pytest.mark.parametrize("sent", [{}, {"codes": "99999", "seen": "0"}, {"codes": "", "seen": ""}])
def test_confirmation_of_nothing_goes_back_to_the_choice(admin, territory, sent):
    assert admin.post(CONFIRM, sent)["Location"] == CHOOSE
    assert held(territory) == ["44131", "44154"]
