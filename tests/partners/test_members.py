"""Members and invitations: every way out of each service."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from ancrage.accounts.models import User
from ancrage.accounts.queries import digest_of
from ancrage.kit.models import AuditLine
from ancrage.kit.outbox import run_due
from ancrage.partners import services
from ancrage.partners.enums import MemberRole, PartnerEvent
from ancrage.partners.models import Invitation, Membership, Partner
from tests.factories import InvitationFactory, MembershipFactory, PartnerFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
TOO_LATE = NOW + services.INVITATION_LASTS


def told() -> list[str]:
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def mailed_token() -> str:
    """Send what waits and return the secret of the last mail's link."""
    run_due(clock=lambda: LATER)
    found = re.search(r"/invitation/([\w-]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def proved(email: str, **values) -> User:
    user = UserFactory(email=email, **values)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def invite(partner: Partner, email: str = "ana@exemple.test", **values) -> Invitation:
    return services.invite_member(partner=partner, email=email, by=None, now=NOW, **values)


def test_add_member_gives_the_role_at_once() -> None:
    partner, user = PartnerFactory(), UserFactory()

    membership = services.add_member(partner=partner, user=user, is_manager=True, by=None, now=NOW)

    membership.refresh_from_db()
    assert (membership.user, membership.partner, membership.role) == (user, partner, "employer")
    assert (membership.is_manager, membership.may_sign, membership.since) == (True, False, NOW)
    line = AuditLine.objects.get()
    assert (line.action, line.scope) == (PartnerEvent.MEMBER_JOINED, f"partner:{partner.pk}")
    assert line.changes == {
        "role": [None, "employer"],
        "is_manager": [None, True],
        "may_sign": [None, False],
    }


def test_add_member_twice_in_one_role_is_refused() -> None:
    known = MembershipFactory()

    with pytest.raises(services.AlreadyMember) as refused:
        services.add_member(partner=known.partner, user=known.user, by=None, now=NOW)

    assert refused.value.membership == known
    assert told() == []


def test_add_member_again_after_leaving_or_in_another_role_is_accepted() -> None:
    former = MembershipFactory(ended_at=NOW)
    for role in MemberRole:
        services.add_member(partner=former.partner, user=former.user, role=role, by=None, now=NOW)

    assert Membership.objects.filter(user=former.user, ended_at__isnull=True).count() == 2


def test_audit_lines_of_members_name_nobody() -> None:
    partner = PartnerFactory(name="Maison")
    user = UserFactory(first_name="Camille", last_name="Secret", email="secret@exemple.test")
    membership = services.add_member(partner=partner, user=user, by=None, now=NOW)
    services.end_membership(membership=membership, by=None, now=NOW)
    invite(partner, "secret@exemple.test")

    for line in AuditLine.objects.all():
        assert line.target_label == "Maison"
        assert "secret" not in str(line.changes).lower()


def test_invite_member_keeps_the_digest_and_mails_the_link() -> None:
    partner = PartnerFactory(name="Hôpital fictif")
    manager = UserFactory(first_name="Jeanne", last_name="Exemple")

    invitation = services.invite_member(
        partner=partner,
        email=" Ana@exemple.test ",
        role=MemberRole.EMPLOYER,
        may_sign=True,
        by=manager,
        now=NOW,
    )

    token = mailed_token()
    assert invitation.email == "ana@exemple.test"
    assert invitation.token_digest == digest_of(token)
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert (invitation.invited_by, invitation.may_sign, invitation.is_manager) == (
        manager,
        True,
        False,
    )
    assert mail.outbox[0].to == ["ana@exemple.test"]
    assert "Hôpital fictif" in mail.outbox[0].subject
    assert "Jeanne Exemple" in mail.outbox[0].body
    assert token not in str(list(Invitation.objects.values()))
    assert told() == [PartnerEvent.MEMBER_INVITED]


def test_invite_member_writes_in_the_language_of_the_account() -> None:
    UserFactory(email="ana@exemple.test", language="en")

    invite(PartnerFactory(name="Maison"))

    run_due(clock=lambda: LATER)
    html = mail.outbox[0].alternatives[0].content
    assert '<html lang="en">' in html


def test_invite_member_who_is_one_already_is_refused() -> None:
    known = MembershipFactory(user=UserFactory(email="ana@exemple.test"))

    with pytest.raises(services.AlreadyMember) as refused:
        invite(known.partner, "ana@EXEMPLE.test")

    assert refused.value.membership == known
    assert not Invitation.objects.exists()


def test_invite_member_twice_is_refused_while_the_first_waits() -> None:
    first = invite(PartnerFactory())

    with pytest.raises(services.InvitationPending) as refused:
        invite(first.partner, "ANA@exemple.test")

    assert refused.value.invitation == first
    assert Invitation.objects.get() == first


def test_invite_member_again_once_the_first_has_expired() -> None:
    first = invite(PartnerFactory())

    second = services.invite_member(
        partner=first.partner, email=first.email, by=None, now=TOO_LATE
    )

    first.refresh_from_db()
    assert (first.cancelled_at, second.cancelled_at) == (TOO_LATE, None)


def test_invite_member_of_another_structure_is_another_invitation() -> None:
    invite(PartnerFactory())
    invite(PartnerFactory())

    assert Invitation.objects.count() == 2


def test_resend_invitation_kills_the_former_link() -> None:
    invitation = invite(PartnerFactory())
    former = mailed_token()

    services.resend_invitation(invitation=invitation, by=None, now=LATER)

    fresh = mailed_token()
    invitation.refresh_from_db()
    assert former != fresh
    assert invitation.token_digest == digest_of(fresh)
    assert invitation.expires_at == LATER + services.INVITATION_LASTS
    assert told() == [PartnerEvent.MEMBER_INVITED, PartnerEvent.INVITATION_RESENT]
    with pytest.raises(services.InvitationUnknown):
        services.open_invitation(token=former, now=LATER)


def test_resend_invitation_at_once_is_refused() -> None:
    invitation = invite(PartnerFactory())
    digest = invitation.token_digest

    with pytest.raises(services.InvitationJustSent):
        services.resend_invitation(invitation=invitation, by=None, now=NOW)

    invitation.refresh_from_db()
    assert invitation.token_digest == digest


@pytest.mark.parametrize("end", ["accepted_at", "cancelled_at"])
def test_invitation_that_ended_is_neither_resent_nor_cancelled(end: str) -> None:
    invitation = InvitationFactory(**{end: NOW})

    with pytest.raises(services.InvitationUnknown):
        services.resend_invitation(invitation=invitation, by=None, now=LATER)
    with pytest.raises(services.InvitationUnknown):
        services.cancel_invitation(invitation=invitation, by=None, now=LATER)

    assert told() == []


def test_cancel_invitation_closes_its_link() -> None:
    invitation = invite(PartnerFactory())
    token = mailed_token()

    services.cancel_invitation(invitation=invitation, by=None, now=LATER)

    with pytest.raises(services.InvitationUnknown):
        services.open_invitation(token=token, now=LATER)
    assert told()[-1] == PartnerEvent.INVITATION_CANCELLED


def test_accept_invitation_makes_a_member_with_the_rights_offered() -> None:
    invitation = invite(
        PartnerFactory(), role=MemberRole.WELCOME_PARTNER, is_manager=True, may_sign=True
    )
    ana = proved("ana@exemple.test")

    membership = services.accept_invitation(token=mailed_token(), by=ana, now=LATER)

    invitation.refresh_from_db()
    assert invitation.accepted_at == LATER
    assert (membership.user, membership.partner) == (ana, invitation.partner)
    assert (membership.role, membership.is_manager, membership.may_sign) == (
        MemberRole.WELCOME_PARTNER,
        True,
        True,
    )
    assert told() == [PartnerEvent.MEMBER_INVITED, PartnerEvent.MEMBER_JOINED]


def test_accept_invitation_works_once() -> None:
    invite(PartnerFactory())
    ana, token = proved("ana@exemple.test"), mailed_token()
    services.accept_invitation(token=token, by=ana, now=LATER)

    with pytest.raises(services.InvitationUnknown):
        services.accept_invitation(token=token, by=ana, now=LATER)

    assert Membership.objects.count() == 1


def test_accept_invitation_adds_the_rights_of_who_became_a_member_meanwhile() -> None:
    invitation = invite(PartnerFactory(), may_sign=True)
    ana = proved("ana@exemple.test")
    MembershipFactory(user=ana, partner=invitation.partner, is_manager=True)

    membership = services.accept_invitation(token=mailed_token(), by=ana, now=LATER)

    membership.refresh_from_db()
    assert (membership.is_manager, membership.may_sign) == (True, True)
    assert Membership.objects.count() == 1


def test_accept_invitation_too_late_is_refused() -> None:
    invite(PartnerFactory())
    ana = proved("ana@exemple.test")

    with pytest.raises(services.InvitationExpired):
        services.accept_invitation(token=mailed_token(), by=ana, now=TOO_LATE)

    assert not Membership.objects.exists()


def test_accept_invitation_with_an_unknown_link_is_refused() -> None:
    with pytest.raises(services.InvitationUnknown):
        services.accept_invitation(token="forged", by=UserFactory(), now=NOW)


def test_accept_invitation_of_a_structure_that_left_is_refused() -> None:
    invitation = invite(PartnerFactory())
    token = mailed_token()
    Partner.objects.filter(pk=invitation.partner_id).update(left_at=LATER)

    with pytest.raises(services.InvitationUnknown):
        services.accept_invitation(token=token, by=proved("ana@exemple.test"), now=LATER)


def test_accept_invitation_needs_the_address_proved() -> None:
    invite(PartnerFactory())
    token = mailed_token()
    other = proved("autre@exemple.test")
    unproved = UserFactory(email="ana@exemple.test")
    EmailAddress.objects.create(user=unproved, email=unproved.email, verified=False)

    for user in (other, unproved):
        with pytest.raises(services.InvitationForSomeoneElse):
            services.accept_invitation(token=token, by=user, now=LATER)

    assert not Membership.objects.exists()
    assert services.open_invitation(token=token, now=LATER).accepted_at is None


def test_change_member_rights() -> None:
    membership = MembershipFactory()

    services.change_member_rights(
        membership=membership, is_manager=True, may_sign=True, by=None, now=NOW
    )

    membership.refresh_from_db()
    assert (membership.is_manager, membership.may_sign) == (True, True)
    assert AuditLine.objects.get().changes == {
        "is_manager": [False, True],
        "may_sign": [False, True],
    }


def test_end_membership_takes_the_roles_away() -> None:
    membership = MembershipFactory()

    services.end_membership(membership=membership, by=None, now=NOW)

    membership.refresh_from_db()
    assert membership.ended_at == NOW
    assert told() == [PartnerEvent.MEMBER_REMOVED]


def test_membership_that_ended_is_no_longer_changed() -> None:
    membership = MembershipFactory(ended_at=NOW)

    with pytest.raises(services.MembershipEnded):
        services.end_membership(membership=membership, by=None, now=NOW)
    with pytest.raises(services.MembershipEnded):
        services.change_member_rights(
            membership=membership, is_manager=True, may_sign=False, by=None, now=NOW
        )


def without_manager(membership: Membership, **values) -> None:
    services.change_member_rights(
        membership=membership, is_manager=False, may_sign=False, by=None, now=NOW, **values
    )


def gone(membership: Membership, **values) -> None:
    services.end_membership(membership=membership, by=None, now=NOW, **values)


@pytest.mark.parametrize("act", [without_manager, gone])
def test_last_manager_goes_only_when_it_is_said(act) -> None:
    last = MembershipFactory(manager=True)
    MembershipFactory(partner=last.partner)
    MembershipFactory(partner=last.partner, manager=True, ended_at=NOW)
    MembershipFactory(
        partner=last.partner, manager=True, user=UserFactory(is_active=False, closed_at=NOW)
    )
    MembershipFactory(manager=True)

    with pytest.raises(services.LastManager):
        act(last)

    last.refresh_from_db()
    assert (last.is_manager, last.ended_at) == (True, None)

    act(last, even_if_last=True)

    last.refresh_from_db()
    assert not last.is_manager or last.ended_at == NOW


@pytest.mark.parametrize("act", [without_manager, gone])
def test_manager_goes_freely_when_another_stays(act) -> None:
    first = MembershipFactory(manager=True)
    MembershipFactory(partner=first.partner, manager=True)

    act(first)

    first.refresh_from_db()
    assert not first.is_manager or first.ended_at == NOW
