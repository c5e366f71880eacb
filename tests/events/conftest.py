import pytest

from ancrage.events.enums import SideRole
from tests.factories import EventFactory, SideFactory


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def visitors(event):
    return SideFactory(event=event, capacity=2)


@pytest.fixture
def hosts(event):
    return SideFactory(event=event, role=SideRole.HOST, name="médecins installés")
