import pytest

from ancrage.events.enums import SideRole
from tests.factories import (
    EventFactory,
    SideFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def event(territory):
    return EventFactory(territory=territory, title="Soirée fictive")


@pytest.fixture
def hosts(event):
    return SideFactory(
        event=event, role=SideRole.HOST, name="médecins installés", singular="médecin installé"
    )


@pytest.fixture
def visitors(event):
    return SideFactory(event=event, capacity=2)


@pytest.fixture
def coordinator(client, territory):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user
