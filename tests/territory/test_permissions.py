import pytest
from django.contrib.auth.models import AnonymousUser

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import may, may_on, permitted
from ancrage.territory.models import Territory
from ancrage.territory.permissions import office_roles, watched_by
from tests.factories import TerritoryFactory, TerritoryRoleFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def reach(user, action):
    return list(permitted(user, f"territory.{action}", Territory.objects.order_by("pk")))


def test_offices_give_roles_while_they_last():
    person = TerritoryRoleFactory().user
    TerritoryRoleFactory(user=person, institution=True, ended_at=NOW)

    assert set(office_roles(person)) == {Role.COORDINATOR}


def test_everybody_sees_territories():
    territory = TerritoryFactory()

    assert territory in reach(AnonymousUser(), "view")
    assert not may(AnonymousUser(), "territory.edit")


def test_coordinator_steers_their_own_territory_only():
    role = TerritoryRoleFactory()
    TerritoryFactory()

    assert reach(role.user, "steer") == [role.territory]
    assert reach(role.user, "watch") == [role.territory]
    assert reach(role.user, "edit") == []


def test_institution_watches_and_never_steers():
    role = TerritoryRoleFactory(institution=True)
    TerritoryFactory()

    assert reach(role.user, "watch") == [role.territory]
    assert reach(role.user, "steer") == []
    assert list(watched_by(role.user)) == [role.territory]


def test_administrator_edits_and_appoints_everywhere():
    admin, territory = UserFactory(is_platform_admin=True), TerritoryFactory()

    assert may_on(admin, "territory.edit", territory)
    assert may_on(admin, "territory.appoint", territory)
    assert may(admin, "communes.import")
