import pytest

from ancrage.privacy.notices import current_notice
from tests.factories import (
    CandidateFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="Hôpital fictif")


@pytest.fixture
def neighbour(territory):
    return PartnerFactory(territory=territory, name="Voisine fictive")


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def need(partner, nurse):
    return NeedFactory(partner=partner, profession=nurse, published=True)


@pytest.fixture
def candidate(territory, nurse):
    return CandidateFactory(territory=territory, professions=[nurse])


@pytest.fixture
def recruiter(partner):
    return MembershipFactory(partner=partner).user


@pytest.fixture
def coordinator(territory):
    return TerritoryRoleFactory(territory=territory).user


@pytest.fixture
def notice():
    return current_notice("identity")
