"""Two people at the same moment, in real processes, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from ancrage.accounts.models import User
from ancrage.accounts.queries import digest_of
from ancrage.partners import services
from ancrage.partners.models import (
    Charter,
    CharterSignature,
    Commitment,
    Invitation,
    Membership,
    Partner,
)
from ancrage.partners.services import CommitmentText
from ancrage.territory.models import Territory
from tests.factories import (
    CharterFactory,
    InvitationFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


def together(barrier: Any, act: Callable[..., str], *arguments: Any) -> str:
    """Wait for the other, then act; the name of what was refused, or « done »."""
    barrier.wait(30)
    try:
        return act(*arguments) or "done"
    except Exception as refused:
        return type(refused).__name__


def race(shared: Shared, *acts: tuple[Any, ...]) -> list[str]:
    """What became of each act, begun at the same moment."""
    barrier = FORK.Barrier(len(acts))
    running = [shared.start(together, barrier, *act) for act in acts]
    return sorted(one.result() for one in running)


def remove(membership: int) -> None:
    services.end_membership(membership=Membership.objects.get(pk=membership), by=None, now=NOW)


def managers(partner: int) -> int:
    return Membership.objects.filter(
        partner=partner, is_manager=True, ended_at__isnull=True
    ).count()


def test_two_managers_removing_each_other_leave_one(tmp_path, transactional_db) -> None:
    partner = PartnerFactory()
    first, second = MembershipFactory.create_batch(2, partner=partner, manager=True)
    shared = Shared(tmp_path)

    ends = race(shared, (remove, first.pk), (remove, second.pk))

    assert ends == ["LastManager", "done"]
    assert shared.call(managers, partner.pk) == 1


def enter(territory: int, siren: str, name: str) -> None:
    services.create_partner(
        territory=Territory.objects.get(pk=territory),
        kind="association",
        name=name,
        siren=siren,
        by=None,
        now=NOW,
    )


def entered() -> list[tuple[str, str]]:
    return sorted(Partner.objects.order_by("pk").values_list("name", "slug"))


def test_structure_entered_twice_at_once_is_entered_once(tmp_path, transactional_db) -> None:
    territory = TerritoryFactory()
    shared = Shared(tmp_path)

    ends = race(
        shared, (enter, territory.pk, "732829320", "A"), (enter, territory.pk, "732829320", "B")
    )

    assert ends == ["PartnerAlreadyKnown", "done"]
    assert len(shared.call(entered)) == 1


def test_two_structures_of_one_name_at_once_get_two_slugs(tmp_path, transactional_db) -> None:
    territory = TerritoryFactory()
    shared = Shared(tmp_path)

    ends = race(shared, (enter, territory.pk, "", "Même"), (enter, territory.pk, "", "Même"))

    assert ends == ["done", "done"]
    assert shared.call(entered) == [("Même", "meme"), ("Même", "meme-2")]


def edit(partner: int, name: str) -> None:
    services.edit_partner(
        partner=Partner.objects.get(pk=partner), revision=1, name=name, by=None, now=NOW
    )


def test_two_editors_at_once_one_is_told(tmp_path, transactional_db) -> None:
    partner = PartnerFactory()
    shared = Shared(tmp_path)

    ends = race(shared, (edit, partner.pk, "A"), (edit, partner.pk, "B"))

    assert ends == ["PartnerChangedMeanwhile", "done"]


def invite(partner: int) -> None:
    services.invite_member(
        partner=Partner.objects.get(pk=partner), email="ana@exemple.test", by=None, now=NOW
    )


def test_two_invitations_of_one_address_at_once_are_one(tmp_path, transactional_db) -> None:
    partner = PartnerFactory()
    shared = Shared(tmp_path)

    ends = race(shared, (invite, partner.pk), (invite, partner.pk))

    assert ends == ["InvitationPending", "done"]
    assert shared.call(Invitation.objects.count) == 1


def accept(user: int) -> None:
    services.accept_invitation(token="token", by=User.objects.get(pk=user), now=NOW)


def test_link_pressed_twice_at_once_serves_once(tmp_path, transactional_db) -> None:
    invitation = InvitationFactory(token_digest=digest_of("token"))
    user = UserFactory(email=invitation.email)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    shared = Shared(tmp_path)

    ends = race(shared, (accept, user.pk), (accept, user.pk))

    assert ends == ["InvitationUnknown", "done"]
    assert shared.call(Membership.objects.count) == 1


def sign(charter: int, membership: int) -> None:
    member = Membership.objects.select_related("partner__territory", "user").get(pk=membership)
    services.sign_charter(
        charter=Charter.objects.get(pk=charter),
        partner=member.partner,
        signatory="C. Exemple",
        capacity="Direction",
        by=member.user,
        now=NOW,
    )


def test_structure_signs_once_whoever_presses_first(tmp_path, transactional_db) -> None:
    partner = PartnerFactory()
    charter = CharterFactory(territory=partner.territory, published=True)
    first, second = MembershipFactory.create_batch(2, partner=partner, signatory=True)
    shared = Shared(tmp_path)

    ends = race(shared, (sign, charter.pk, first.pk), (sign, charter.pk, second.pk))

    assert ends == ["AlreadySigned", "done"]
    assert shared.call(CharterSignature.objects.count) == 1


def add(charter: int, text: str) -> None:
    services.add_commitment(
        charter=Charter.objects.get(pk=charter),
        revision=1,
        commitment=CommitmentText("other", text),
        by=None,
        now=NOW,
    )


def draft(territory: int) -> None:
    services.start_draft(territory=Territory.objects.get(pk=territory), by=None, now=NOW)


def test_two_writers_at_once_one_is_told(tmp_path, transactional_db) -> None:
    charter = CharterFactory()
    shared = Shared(tmp_path)

    ends = race(shared, (add, charter.pk, "A"), (add, charter.pk, "B"))

    assert ends == ["CharterChangedMeanwhile", "done"]
    assert shared.call(Commitment.objects.count) == 1


def test_two_drafts_opened_at_once_are_one(tmp_path, transactional_db) -> None:
    territory = TerritoryFactory()
    shared = Shared(tmp_path)

    ends = race(shared, (draft, territory.pk), (draft, territory.pk))

    assert ends == ["DraftAlreadyStarted", "done"]
    assert shared.call(Charter.objects.count) == 1
