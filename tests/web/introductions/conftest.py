import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    CandidateFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
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
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def neighbour(territory):
    return PartnerFactory(territory=territory, name="Voisine fictive")


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def need(partner, nurse):
    return NeedFactory(partner=partner, profession=nurse, published=True)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def candidate(territory, nurse, person):
    return CandidateFactory(
        territory=territory,
        professions=[nurse],
        user=person,
        first_name="Alix",
        last_name="Marqueur",
        email="alix@exemple.test",
    )


@pytest.fixture
def owner(partner):
    return MembershipFactory(partner=partner).user


@pytest.fixture
def rival(neighbour):
    return MembershipFactory(partner=neighbour).user


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def read():
    """Return the page of a response, to be searched."""
    return lambda response: BeautifulSoup(response.content, "html.parser")
