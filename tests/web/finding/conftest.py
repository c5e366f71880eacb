import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)


@pytest.fixture(autouse=True)
def november(time_machine):
    """The pages read the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def coast():
    """Where the post is, and its grouping of communes."""
    zone = EpciFactory(siren="200000001", name="Côte fictive")
    return CommuneFactory(
        insee="44901", name="Portfictif", epci=zone, latitude=47.10, longitude=-2.10
    )


@pytest.fixture
def inland():
    """Some forty kilometres away."""
    zone = EpciFactory(siren="200000002", name="Terre fictive")
    return CommuneFactory(
        insee="44902", name="Bourgfictif", epci=zone, latitude=47.10, longitude=-1.55
    )


@pytest.fixture
def territory(coast, inland):
    return TerritoryFactory(slug="pays-de-retz", communes=[coast, inland])


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def need(partner, nurse, coast):
    return NeedFactory(partner=partner, profession=nurse, commune=coast, published=True)


@pytest.fixture
def people(territory, nurse):
    """Put people in the pool."""

    def pool(count, commune, **facts):
        usual = {
            "pooled": True,
            "first_name": "Zéphyrine",
            "phone": "+33612345678",
            "professions": [nurse],
        }
        return CandidateFactory.create_batch(
            count, territory=territory, commune=commune, **{**usual, **facts}
        )

    return pool


@pytest.fixture
def owner(partner):
    return MembershipFactory(partner=partner).user


@pytest.fixture
def employer(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def read():
    """Return the words of the results of a response."""

    def words(response):
        found = BeautifulSoup(response.content, "html.parser").find(id="results")
        return " ".join(found.get_text(" ").split())

    return words
