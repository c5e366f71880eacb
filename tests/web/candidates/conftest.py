import pytest

from tests.factories import (
    CommuneFactory,
    EpciFactory,
    MembershipFactory,
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
def zone():
    return EpciFactory(siren="200067346")


@pytest.fixture
def commune(zone):
    return CommuneFactory(
        insee="44131",
        name="Pornic",
        search_name="pornic",
        epci=zone,
        latitude=47.1156,
        longitude=-2.1039,
    )


@pytest.fixture
def territory(commune):
    return TerritoryFactory(slug="pays-de-retz", name="Pays de Retz", communes=[commune])


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def coordination(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def employer(client, partner):
    client.force_login(MembershipFactory(partner=partner).user)
    return client


@pytest.fixture
def person():
    return UserFactory(email="alix@exemple.test")
