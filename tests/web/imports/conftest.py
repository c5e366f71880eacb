import pytest

from tests.factories import CommuneFactory, MembershipFactory, PartnerFactory, TerritoryFactory


@pytest.fixture(autouse=True)
def november(time_machine):
    """The pages read the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def hospital():
    """A hospital, in the one commune of its territory."""
    commune = CommuneFactory(insee="44131", name="Pornic", search_name="pornic")
    return PartnerFactory(
        territory=TerritoryFactory(communes=[commune]),
        name="Hôpital fictif",
        commune=commune,
        public=True,
    )


@pytest.fixture
def clerk(hospital, client):
    """Somebody who recruits for the hospital, signed in."""
    user = MembershipFactory(partner=hospital).user
    client.force_login(user)
    return user
