import pytest

from tests.factories import CommuneFactory, TerritoryFactory


@pytest.fixture
def territory():
    """A territory of two communes."""
    pornic = CommuneFactory(insee="44131", name="Pornic", search_name="pornic")
    pazanne = CommuneFactory(insee="44186", name="Sainte-Pazanne", search_name="sainte pazanne")
    return TerritoryFactory(slug="pays-de-retz", communes=[pornic, pazanne])
