"""The offers as anybody reads them."""

import csv
import io
from datetime import date

import pytest

from ancrage.resources.enums import ResourceStatus
from ancrage.welcome.enums import WelcomeKind
from tests.factories import AvailabilityFactory, WelcomeTermsFactory
from tests.web.partners.support import HTMX, region, soup, words

pytestmark = pytest.mark.django_db

URL = "/conciergerie/"


@pytest.fixture
def nursery(body):
    """A nursery that opens early, with two cots in May, and a draft beside it."""
    terms = WelcomeTermsFactory(
        resource__partner=body,
        resource__title="Crèche des marées",
        kind=WelcomeKind.CHILDCARE,
        opening_hours="Mo-Fr 06:00-22:00",
        price_cents=None,
        age_from_months=3,
        age_to_months=36,
    )
    AvailabilityFactory(
        resource=terms.resource,
        places=2,
        starts_on=date(2027, 5, 1),
        ends_on=date(2027, 5, 31),
    )
    WelcomeTermsFactory(resource__partner=body, resource__status=ResourceStatus.DRAFT)
    return terms


def titles(response):
    return [cell.a.get_text(strip=True) for cell in soup(response).select("tbody th")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Crèche des marées", "Studio face au port"]),
        ({"q": "creche"}, ["Crèche des marées"]),
        ({"pour": "housing"}, ["Studio face au port"]),
        ({"jour": "0", "heure": "06:30"}, ["Crèche des marées"]),
        ({"jour": "0", "heure": "22:00"}, []),
        ({"jour": "6", "heure": "10:00"}, []),
        ({"du": "2027-05-20", "au": "2027-06-02"}, ["Studio face au port"]),
        ({"du": "2027-05-31"}, ["Crèche des marées", "Studio face au port"]),
        ({"du": "2027-11-01"}, []),
        # A criterion in error is said, and left aside.
        ({"du": "2027-05-31", "au": "2027-05-01", "pour": "boat", "q": "creche"}, None),
    ],
)
def test_directory_finds(client, room, nursery, query, expected):
    response = client.get(URL, query)

    if expected is None:
        assert "La fin ne peut pas précéder le début." in words(response)
    else:
        assert titles(response) == expected


def test_directory_costs_no_more_for_many_offers(client, nursery, django_assert_max_num_queries):
    WelcomeTermsFactory.create_batch(24, resource__partner=nursery.resource.partner)

    with django_assert_max_num_queries(8):
        first = client.get(URL)

    assert (len(titles(first)), len(titles(client.get(URL, {"page": 2})))) == (20, 5)


def test_fragment_is_the_page(client, room, nursery):
    swapped = client.get(URL, {"q": "creche"}, headers=HTMX)

    assert region(swapped, "results") == region(client.get(URL, {"q": "creche"}), "results")


def test_directory_that_finds_nothing_says_what_to_do(client, room):
    assert soup(client.get(URL, {"q": "yourte"})).select_one(".empty") is not None


def test_export_holds_what_was_found(client, room, nursery):
    response = client.get(f"{URL}export.csv", {"q": "creche"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, line = list(csv.reader(io.StringIO(text), delimiter=";"))

    found = dict(zip(header, line, strict=True))
    assert (found["Offre"], found["Horaires"]) == ("Crèche des marées", "Mo-Fr 06:00-22:00")
    assert "(2 places)" in found["Places libres"]


def test_offer_tells_its_terms_in_words_and_what_is_left(
    client, nursery, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        page = words(client.get(f"{URL}offres/{nursery.resource_id}/"))

    assert "du lundi au vendredi 6:00–22:00" in page
    assert "de 3 mois à 3 ans" in page
    assert "du 1er mai 2027 au 31 mai 2027 2" in page


def test_offer_reads_in_english(client, nursery):
    client.cookies["django_language"] = "en"
    page = words(client.get(f"{URL}offres/{nursery.resource_id}/"))

    assert "Monday" in page
    assert "Ages welcome" in page


def test_offer_that_is_not_shared_is_not_found(client, room):
    room.resource.status = ResourceStatus.PAUSED
    room.resource.save()

    assert client.get(f"{URL}offres/{room.resource_id}/").status_code == 404
