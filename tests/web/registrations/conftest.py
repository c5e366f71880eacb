import pytest
from django.core.cache import cache

from ancrage.events.enums import SideRole
from tests.factories import EventFactory, SideFactory, TerritoryFactory


@pytest.fixture(autouse=True)
def _november(time_machine):
    cache.clear()
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def event():
    return EventFactory(
        territory=TerritoryFactory(slug="pays-de-retz"), title="Soirée fictive", slug="soiree"
    )


@pytest.fixture
def hosts(event):
    return SideFactory(
        event=event, role=SideRole.HOST, name="médecins installés", singular="médecin installé"
    )


@pytest.fixture
def visitors(event):
    return SideFactory(event=event, capacity=2)
