from datetime import date

import pytest

from ancrage.needs.models import CampaignQuestion
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
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
def nurse():
    return ProfessionFactory(code="nurse")


@pytest.fixture
def assistant():
    return ProfessionFactory(code="care_assistant")


@pytest.fixture
def campaign(territory, nurse, assistant):
    made = CampaignFactory(
        territory=territory,
        name="Recensement 2026",
        open=True,
        reference_day=date(2026, 11, 1),
        closes_on=date(2026, 12, 1),
    )
    made.professions.set([nurse, assistant])
    return made


@pytest.fixture
def question(campaign):
    return CampaignQuestion.objects.create(campaign=campaign, position=1, text="Qui part ?")


@pytest.fixture
def partner(territory):
    return PartnerFactory(territory=territory, name="EHPAD fictif")


@pytest.fixture
def answer(campaign, partner):
    return CampaignAnswerFactory(campaign=campaign, partner=partner)


@pytest.fixture
def member(client, partner):
    """The client signs in as somebody who recruits for the structure."""
    user = MembershipFactory(partner=partner).user
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client, territory):
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


@pytest.fixture
def institution(client, territory):
    user = TerritoryRoleFactory(territory=territory, institution=True).user
    client.force_login(user)
    return user
