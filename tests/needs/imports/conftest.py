import pytest

from ancrage.territory.models import Commune
from tests.factories import CommuneFactory, PartnerFactory, TerritoryFactory


@pytest.fixture
def pornic() -> Commune:
    return CommuneFactory(insee="44131", name="Pornic", search_name="pornic")


@pytest.fixture
def hospital(pornic):
    """A hospital of a territory of two communes."""
    preux = CommuneFactory(insee="44186", name="Sainte-Pazanne", search_name="sainte pazanne")
    territory = TerritoryFactory(communes=[pornic, preux])
    return PartnerFactory(
        territory=territory, public=True, name="Hôpital de la Côte (fictif)", commune=pornic
    )
