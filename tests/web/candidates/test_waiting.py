"""Those who were entered by others and have not answered."""

import pytest
from django.urls import reverse

from tests.factories import CandidateFactory, TerritoryFactory, TerritoryRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def coordinator(territory, client):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


def listed(client, **query):
    return list(client.get(reverse("candidates:waiting"), query).context["page"].object_list)


def test_those_who_wait_are_listed_and_found_by_their_words(client, coordinator, territory):
    alix = CandidateFactory(territory=territory, pending=True, first_name="Élise")
    call = CandidateFactory(territory=territory, pending=True, email="", phone="+33612345678")
    CandidateFactory(territory=territory)
    CandidateFactory(pending=True)

    assert listed(client) == [alix, call]
    assert listed(client, q="elise") == [alix]
    assert listed(client, q="0612345678") == [call]
    assert listed(client, sans_adresse="on") == [call]
    assert listed(client, q="personne") == []


def test_page_costs_the_same_for_one_and_for_three(
    client, coordinator, territory, django_assert_num_queries
):
    CandidateFactory(territory=territory, pending=True)
    client.get(reverse("candidates:waiting"))
    with django_assert_num_queries(7):
        client.get(reverse("candidates:waiting"))
    CandidateFactory.create_batch(2, territory=territory, pending=True)

    with django_assert_num_queries(9):
        client.get(reverse("candidates:waiting"))
