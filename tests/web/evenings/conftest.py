import pytest

from ancrage.events import services
from tests.factories import TerritoryFactory, TerritoryRoleFactory
from tests.factories.evenings import STARTS, running_evening


@pytest.fixture
def clock(time_machine):
    """The first round is due; the clock stands still unless a test moves it."""
    time_machine.move_to(STARTS, tick=False)
    return time_machine


@pytest.fixture
def organiser(client, clock):
    territory = TerritoryFactory(slug="pays-de-retz")
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


@pytest.fixture
def evening(organiser):
    """Three hosts, three visitors, three rounds of 7 minutes; nobody noted yet."""
    territory = organiser.territory_roles.get().territory
    return running_evening(arrived=False, territory=territory)


@pytest.fixture
def started(evening):
    """The first round is being played; nobody is there."""
    services.start_round(event=evening.event, number=0, by=None, now=STARTS)
    return evening
