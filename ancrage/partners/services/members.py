"""People of a structure: invited, arrived, given rights, gone."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from ancrage.accounts.models import User
from ancrage.accounts.queries import account_of, digest_of
from ancrage.kit.audit import differences, record
from ancrage.kit.mail import queue_mail
from ancrage.partners.enums import MemberRole, PartnerEvent
from ancrage.partners.models import Invitation, Membership, Partner
from ancrage.partners.queries import (
    has_verified_email,
    is_last_manager,
    pending_invitations,
    scope_of,
)
from ancrage.partners.services.structures import hold_partner

INVITATION_LASTS = timedelta(days=14)
# Between two mails of one invitation: a button pressed twice must not fill a mailbox.
RESEND_PAUSE = timedelta(minutes=10)


class AlreadyMember(Exception):
    """The person is a member of the structure in that role; `membership` says since when."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(membership.pk)
        self.membership = membership


class InvitationPending(Exception):
    """An invitation to that address in that role is waiting; `invitation` is that one."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(invitation.pk)
        self.invitation = invitation


class InvitationJustSent(Exception):
    """The mail left less than `RESEND_PAUSE` ago."""


class InvitationUnknown(Exception):
    """No invitation has that link, or it was cancelled or used."""


class InvitationExpired(Exception):
    """The link is too old: the structure must send another."""


class InvitationForSomeoneElse(Exception):
    """The signed-in person has not proved to own the address invited."""


class LastManager(Exception):
    """Nobody else manages the structure: say so before doing it."""


class MembershipEnded(Exception):
    """The person is no longer a member."""


@transaction.atomic
def add_member(
    *,
    partner: Partner,
    user: User,
    role: MemberRole | str = MemberRole.EMPLOYER,
    is_manager: bool = False,
    may_sign: bool = False,
    by: Any,
    now: datetime,
) -> Membership:
    """Make `user` a member at once, without invitation. Raises AlreadyMember."""
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                partner=partner,
                user=user,
                role=role,
                is_manager=is_manager,
                may_sign=may_sign,
                since=now,
            )
    except IntegrityError as error:
        raise AlreadyMember(_memberships(partner, user, role).get()) from error
    _tell(membership, PartnerEvent.MEMBER_JOINED, by=by, now=now, after=_rights(membership))
    return membership


@transaction.atomic
def invite_member(
    *,
    partner: Partner,
    email: str,
    role: MemberRole | str = MemberRole.EMPLOYER,
    is_manager: bool = False,
    may_sign: bool = False,
    by: Any,
    now: datetime,
) -> Invitation:
    """Offer a place by mail: a link used once, good for `INVITATION_LASTS`.

    Only the digest of the link is kept. An expired invitation makes way for the new one. Raises
    AlreadyMember, InvitationPending.
    """
    address = email.strip().lower()
    user = account_of(address)
    known = _memberships(partner, user, role).first() if user else None
    if known is not None:
        raise AlreadyMember(known)
    _waiting(partner, address, role).filter(expires_at__lte=now).update(cancelled_at=now)
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                partner=partner,
                email=address,
                role=role,
                is_manager=is_manager,
                may_sign=may_sign,
                token_digest=digest_of(token),
                invited_by=by,
                invited_at=now,
                expires_at=now + INVITATION_LASTS,
            )
    except IntegrityError as error:
        raise InvitationPending(_waiting(partner, address, role).get()) from error
    _send(invitation, token, by=by, now=now)
    _tell(invitation, PartnerEvent.MEMBER_INVITED, by=by, now=now, after=_rights(invitation))
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Any, now: datetime) -> Invitation:
    """Send a fresh link and start the delay again; the former link no longer opens anything.

    Raises InvitationUnknown, InvitationJustSent.
    """
    token = secrets.token_urlsafe(32)
    waiting = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, cancelled_at__isnull=True
    )
    sent = waiting.filter(invited_at__lte=now - RESEND_PAUSE).update(
        token_digest=digest_of(token), invited_at=now, expires_at=now + INVITATION_LASTS
    )
    if not sent and waiting.exists():
        raise InvitationJustSent
    if not sent:
        raise InvitationUnknown
    invitation.refresh_from_db()
    _send(invitation, token, by=by, now=now)
    _tell(invitation, PartnerEvent.INVITATION_RESENT, by=by, now=now)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Any, now: datetime) -> None:
    """Take back an invitation that nobody has used. Raises InvitationUnknown."""
    done = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, cancelled_at__isnull=True
    ).update(cancelled_at=now)
    if not done:
        raise InvitationUnknown
    _tell(invitation, PartnerEvent.INVITATION_CANCELLED, by=by, now=now)


@transaction.atomic
def accept_invitation(*, token: str, by: Any, now: datetime) -> Membership:
    """Make the signed-in owner of the invited address a member, with the rights offered.

    Somebody who became a member meanwhile gets the rights of both. Raises InvitationUnknown,
    InvitationExpired, InvitationForSomeoneElse.
    """
    # A write that changes nothing holds the row on both databases: one of two clicks waits.
    Invitation.objects.filter(token_digest=digest_of(token)).update(accepted_at=F("accepted_at"))
    invitation = open_invitation(token=token, now=now)
    if not has_verified_email(by, invitation.email):
        raise InvitationForSomeoneElse
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now)
    try:
        return add_member(
            partner=invitation.partner,
            user=by,
            role=invitation.role,
            is_manager=invitation.is_manager,
            may_sign=invitation.may_sign,
            by=by,
            now=now,
        )
    except AlreadyMember as already:
        membership = already.membership
        before = _rights(membership)
        membership.is_manager |= invitation.is_manager
        membership.may_sign |= invitation.may_sign
        membership.save(update_fields=["is_manager", "may_sign"])
        _tell(
            membership,
            PartnerEvent.MEMBER_CHANGED,
            by=by,
            now=now,
            before=before,
            after=_rights(membership),
        )
        return membership


def open_invitation(*, token: str, now: datetime) -> Invitation:
    """Return the invitation a link opens. Raises InvitationUnknown, InvitationExpired."""
    invitation = (
        pending_invitations()
        .select_related("partner__territory", "invited_by")
        .filter(token_digest=digest_of(token), partner__left_at__isnull=True)
        .first()
    )
    if invitation is None:
        raise InvitationUnknown
    if invitation.expires_at <= now:
        raise InvitationExpired
    return invitation


@transaction.atomic
def change_member_rights(
    *,
    membership: Membership,
    is_manager: bool,
    may_sign: bool,
    even_if_last: bool = False,
    by: Any,
    now: datetime,
) -> Membership:
    """Say whether a member manages the structure and may sign for it.

    Raises MembershipEnded, and LastManager unless `even_if_last`.
    """
    current = _held(membership)
    if not is_manager and not even_if_last and is_last_manager(current):
        raise LastManager
    before = _rights(current)
    current.is_manager = is_manager
    current.may_sign = may_sign
    current.save(update_fields=["is_manager", "may_sign"])
    _tell(
        current,
        PartnerEvent.MEMBER_CHANGED,
        by=by,
        now=now,
        before=before,
        after=_rights(current),
    )
    return current


@transaction.atomic
def end_membership(
    *, membership: Membership, even_if_last: bool = False, by: Any, now: datetime
) -> None:
    """Take a person out of the structure; what they did stays.

    Raises MembershipEnded, and LastManager unless `even_if_last`.
    """
    current = _held(membership)
    if not even_if_last and is_last_manager(current):
        raise LastManager
    current.ended_at = now
    current.save(update_fields=["ended_at"])
    _tell(
        current, PartnerEvent.MEMBER_REMOVED, by=by, now=now, before=_rights(current), after=None
    )


def _memberships(partner: Partner, user: User, role: MemberRole | str) -> QuerySet[Membership]:
    return Membership.objects.filter(
        partner=partner, user=user, role=role, ended_at__isnull=True
    ).order_by("pk")


def _waiting(partner: Partner, email: str, role: MemberRole | str) -> QuerySet[Invitation]:
    return pending_invitations().filter(partner=partner, email__iexact=email, role=role)


def _held(membership: Membership) -> Membership:
    """The membership as it is now, its structure held: two managers may be leaving at once."""
    hold_partner(partner=membership.partner)
    current = (
        Membership.objects.select_related("partner", "user")
        .filter(pk=membership.pk, ended_at__isnull=True)
        .first()
    )
    if current is None:
        raise MembershipEnded
    return current


def _rights(row: Membership | Invitation) -> dict[str, Any]:
    return {"role": str(row.role), "is_manager": row.is_manager, "may_sign": row.may_sign}


def _tell(
    row: Membership | Invitation,
    event: PartnerEvent,
    *,
    by: Any,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    # The line is about the structure: its label must not carry a person's name or address.
    record(
        action=event,
        target=row.partner,
        by=by,
        now=now,
        scope=scope_of(row.partner),
        changes=differences(before or {}, after or {}),
    )


def _send(invitation: Invitation, token: str, *, by: Any, now: datetime) -> None:
    invited = account_of(invitation.email)
    queue_mail(
        key=f"invitation:{invitation.pk}:{invitation.token_digest[:16]}",
        to=invitation.email,
        template="partners/email/invitation",
        context={
            "partner": invitation.partner,
            "role": MemberRole(invitation.role),
            "is_manager": invitation.is_manager,
            "may_sign": invitation.may_sign,
            "inviter": by.full_name if by else "",
            "expires_at": invitation.expires_at,
            "token": token,
        },
        language=invited.language if invited else settings.LANGUAGE_CODE,
        now=now,
    )
