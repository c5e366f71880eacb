from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ancrage.accounts.services import create_token
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)


@pytest.fixture(autouse=True)
def _no_count_left_over():
    cache.clear()


@pytest.fixture
def as_program():
    """A client that signs in as a program of `user` does."""

    def sign_in(user):
        now = timezone.now()
        secret = create_token(
            user=user, name="Logiciel RH", expires_at=now + timedelta(days=1), by=user, now=now
        )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return sign_in


@pytest.fixture
def november(time_machine):
    """The API reads the clock: it stands still at the moment of the factories."""
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def field(november):
    """A territory, its coordination, two structures, a post and somebody followed."""
    commune = CommuneFactory(insee="44131", name="Pornic", epci=EpciFactory(siren="200067346"))
    territory = TerritoryFactory(slug="pays-de-retz", communes=[commune])
    partner = PartnerFactory(territory=territory, slug="hopital-fictif", name="Hôpital fictif")
    nurse = ProfessionFactory(code="nurse")
    person = UserFactory()
    return SimpleNamespace(
        territory=territory,
        commune=commune,
        nurse=nurse,
        partner=partner,
        neighbour=PartnerFactory(territory=territory),
        need=NeedFactory(partner=partner, profession=nurse, commune=commune, published=True),
        person=person,
        candidate=CandidateFactory(
            territory=territory,
            professions=[nurse],
            commune=commune,
            user=person,
            first_name="Alix",
            last_name="Marqueur",
            email="alix@exemple.test",
            phone="+33612345678",
        ),
        member=MembershipFactory(partner=partner).user,
        coordinator=TerritoryRoleFactory(territory=territory).user,
    )


@pytest.fixture
def member(field, as_program):
    """A program of somebody who recruits for the structure."""
    return as_program(field.member)


@pytest.fixture
def coordination(field, as_program):
    """A program of the coordination."""
    return as_program(field.coordinator)
