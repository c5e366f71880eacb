"""A structure that declares what it lacks and what it shares: the world of both sections."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    CommuneFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)


@pytest.fixture(autouse=True)
def november(time_machine):
    """The pages read the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def commune():
    return CommuneFactory(insee="44131", name="Pornic", search_name="pornic")


@pytest.fixture
def territory(commune):
    return TerritoryFactory(slug="pays-de-retz", communes=[commune])


@pytest.fixture
def partner(territory, commune):
    return PartnerFactory(
        territory=territory, name="Hôpital fictif", slug="hopital", public=True, commune=commune
    )


@pytest.fixture
def neighbour(territory):
    return PartnerFactory(territory=territory, name="Voisine fictive")


@pytest.fixture
def owner(client, partner):
    user = UserFactory(first_name="Camille", last_name="Exemple")
    MembershipFactory(user=user, partner=partner)
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client, territory):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


@pytest.fixture
def read():
    """Return the page of a response, to be searched."""
    return lambda response: BeautifulSoup(response.content, "html.parser")
