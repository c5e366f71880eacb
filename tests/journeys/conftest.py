from datetime import date
from types import SimpleNamespace

import pytest

from ancrage.journeys import services
from tests.factories import (
    CandidateFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW


@pytest.fixture
def field():
    """A territory with its coordinator, a person to accompany, a structure with a member."""
    territory = TerritoryFactory()
    advisor = TerritoryRoleFactory(territory=territory).user
    partner = PartnerFactory(territory=territory)
    return SimpleNamespace(
        territory=territory,
        advisor=advisor,
        person=CandidateFactory(territory=territory, user=UserFactory()),
        partner=partner,
        member=MembershipFactory(partner=partner).user,
        nurse=ProfessionFactory(),
    )


@pytest.fixture
def journey(field):
    return services.open_journey(
        candidate=field.person,
        next_action="Appeler",
        next_action_on=date(2026, 11, 20),
        goal="Un poste de nuit",
        by=field.advisor,
        now=NOW,
    )


@pytest.fixture
def stay(field, journey):
    """In post since today."""
    return services.open_stay(
        journey=journey,
        post=services.Post(
            profession=field.nurse, started_on=date(2026, 11, 16), partner=field.partner
        ),
        by=field.advisor,
        now=NOW,
    )
