from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.factories import (
    CandidateFactory,
    JourneyFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)


@pytest.fixture
def field(client):
    """A territory whose coordinator reads; a structure with a member; a person accompanied."""
    territory = TerritoryFactory(slug="pays-de-retz")
    advisor = TerritoryRoleFactory(territory=territory).user
    partner = PartnerFactory(territory=territory)
    person = CandidateFactory(territory=territory, user=UserFactory())
    client.force_login(advisor)
    return SimpleNamespace(
        territory=territory,
        advisor=advisor,
        partner=partner,
        member=MembershipFactory(partner=partner).user,
        person=person,
    )


@pytest.fixture
def journey(field):
    today = timezone.localdate()
    return JourneyFactory(
        candidate=field.person, advisor=field.advisor, next_action_on=today, opened_on=today
    )
