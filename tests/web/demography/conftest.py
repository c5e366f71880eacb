import pytest

from tests.demography.land import save_land, territory_of_land
from tests.factories import TerritoryRoleFactory


@pytest.fixture
def land():
    """The small land, with its two files."""
    territory = territory_of_land()
    save_land()
    return territory


@pytest.fixture
def watcher(client, land):
    """Somebody of an institution that watches the land, signed in."""
    user = TerritoryRoleFactory(territory=land, institution=True).user
    client.force_login(user)
    return user
