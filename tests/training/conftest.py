from types import SimpleNamespace

import pytest

from ancrage.training.services import Named
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    CourseFactory,
    CourseRunFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)


@pytest.fixture
def field():
    """A territory, its coordinator, a school that gives a course to care assistants to be."""
    territory = TerritoryFactory()
    school = PartnerFactory(territory=territory)
    course = CourseFactory(partner=school, profession=ProfessionFactory())
    return SimpleNamespace(
        territory=territory,
        coordinator=TerritoryRoleFactory(territory=territory).user,
        school=school,
        teacher=MembershipFactory(partner=school).user,
        course=course,
        pornic=CommuneFactory(latitude=47.115, longitude=-2.105),
    )


@pytest.fixture
def run(field):
    """An open run with two places."""
    return CourseRunFactory(course=field.course, commune=field.pornic)


@pytest.fixture
def person(field):
    """Make somebody of the territory, as a sheet names them."""

    def make(name="Camille", **facts):
        found = CandidateFactory(
            territory=field.territory, user=UserFactory(), first_name=name, **facts
        )
        return Named(found.subject, name, "Fictive")

    return make
