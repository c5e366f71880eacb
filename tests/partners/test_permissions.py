"""Which rows each right opens: the subqueries never duplicate, never leak."""

import pytest

from ancrage.accounts.enums import Role
from ancrage.accounts.models import User
from ancrage.accounts.policy import permitted, roles_of
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Charter, Partner
from ancrage.partners.permissions import managed_by, partners_of, signed_for_by
from tests.factories import (
    CharterFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def partners(user: User, action: str) -> list[Partner]:
    return list(permitted(user, f"partners.{action}", Partner.objects.order_by("pk")))


def test_member_of_two_structures_and_two_roles_is_counted_once() -> None:
    user = UserFactory()
    first, second = PartnerFactory.create_batch(2)
    for partner in (first, second):
        for role in MemberRole:
            MembershipFactory(user=user, partner=partner, role=role, manager=True, may_sign=True)

    assert roles_of(user) >= {Role.EMPLOYER, Role.WELCOME_PARTNER}
    assert list(partners_of(user).order_by("pk")) == [first, second]
    assert list(managed_by(user).order_by("pk")) == [first, second]
    assert list(signed_for_by(user).order_by("pk")) == [first, second]
    assert partners(user, "view") == [first, second]


def test_former_member_and_member_of_a_structure_gone_keep_nothing() -> None:
    former = MembershipFactory(manager=True, signatory=True, ended_at=NOW).user
    left = MembershipFactory(
        manager=True, signatory=True, partner=PartnerFactory(left_at=NOW)
    ).user

    for user in (former, left):
        for action in ("view", "edit", "members", "see_members", "history", "sign_charter"):
            assert partners(user, action) == []


def test_manager_does_not_sign_and_signatory_does_not_manage() -> None:
    partner = PartnerFactory()
    manager = MembershipFactory(partner=partner, manager=True).user
    signatory = MembershipFactory(partner=partner, signatory=True).user

    assert (partners(manager, "edit"), partners(manager, "sign_charter")) == ([partner], [])
    assert (partners(signatory, "edit"), partners(signatory, "sign_charter")) == ([], [partner])
    assert partners(signatory, "see_members") == [partner]


def test_employer_reads_neighbours_and_changes_only_their_own() -> None:
    own = PartnerFactory()
    neighbour = PartnerFactory(territory=own.territory)
    PartnerFactory(territory=own.territory, left_at=NOW)
    PartnerFactory()
    user = MembershipFactory(partner=own, manager=True, signatory=True).user

    assert partners(user, "view") == [own, neighbour]
    assert partners(user, "export") == [own, neighbour]
    for action in ("edit", "members", "see_members", "history", "sign_charter"):
        assert partners(user, action) == [own]
    for action in ("create", "leave", "import"):
        assert partners(user, action) == []


def test_coordinator_keeps_every_structure_of_the_territory_and_signs_for_none() -> None:
    here = PartnerFactory()
    gone = PartnerFactory(territory=here.territory, left_at=NOW)
    PartnerFactory()
    user = TerritoryRoleFactory(territory=here.territory).user

    for action in ("view", "edit", "members", "see_members", "history", "leave", "export"):
        assert partners(user, action) == [here, gone]
    assert partners(user, "sign_charter") == []


def test_draft_of_a_charter_is_read_by_its_coordination_only() -> None:
    partner = PartnerFactory()
    published = CharterFactory(territory=partner.territory, published=True, version=1)
    draft = CharterFactory(territory=partner.territory, version=2)
    rows = Charter.objects.order_by("pk")
    coordinator = TerritoryRoleFactory(territory=partner.territory).user
    member = MembershipFactory(partner=partner, manager=True).user
    watcher = TerritoryRoleFactory(territory=partner.territory, institution=True).user

    assert list(permitted(coordinator, "charter.view", rows)) == [published, draft]
    assert list(permitted(coordinator, "charter.write", rows)) == [published, draft]
    for user in (member, watcher):
        assert list(permitted(user, "charter.view", rows)) == [published]
        assert list(permitted(user, "charter.signatures", rows)) == [published]
        assert list(permitted(user, "charter.write", rows)) == []
    assert list(permitted(member, "charter.signatories", rows)) == [published]
    assert list(permitted(watcher, "charter.signatories", rows)) == []
