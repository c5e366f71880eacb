"""Who is written to about what a structure published."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings

from ancrage.accounts.models import User
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership, Partner

RECRUITERS = (MemberRole.EMPLOYER,)
# A row with a `partner`: a need, a resource.
Row = TypeVar("Row")


@dataclass(frozen=True)
class Recipient:
    """Who is asked: a member of the structure, or its mailbox when it has no member."""

    email: str
    language: str
    user: User | None
    partner: Partner | None

    @property
    def key(self) -> str:
        """A stable name: what the outbox knows a mail by."""
        if self.user is not None:
            return f"user-{self.user.pk}"
        return f"partner-{self.partner.pk}" if self.partner else ""


def recipients_for(
    rows: Iterable[Row], *, roles: Collection[MemberRole] = RECRUITERS
) -> list[tuple[Recipient, list[Row]]]:
    """Return who is written to, each with the rows of their structures. One query.

    Members of a structure in one of these roles; where it has none left, its mailbox.
    """
    by_partner: dict[Any, list[Row]] = {}
    for row in rows:
        by_partner.setdefault(row.partner, []).append(row)  # type: ignore[attr-defined]
    members = members_of(by_partner, roles=roles)
    found: dict[str, tuple[Recipient, list[Row]]] = {}
    for partner, theirs in by_partner.items():
        for recipient in _recipients_of(partner, members.get(partner.pk, [])):
            found.setdefault(recipient.key, (recipient, []))[1].extend(theirs)
    return [found[key] for key in sorted(found)]


def members_of(
    partners: Iterable[Partner], *, roles: Collection[MemberRole] = RECRUITERS
) -> Mapping[int, list[User]]:
    """Return the people who act for each structure today in one of these roles, by its key."""
    memberships = (
        Membership.objects.filter(
            partner__in=list(partners),
            role__in=roles,
            ended_at__isnull=True,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id", "partner_id")
    )
    members: dict[int, list[User]] = {}
    for membership in memberships:
        members.setdefault(membership.partner_id, []).append(membership.user)
    return members


def _recipients_of(partner: Partner, members: list[User]) -> list[Recipient]:
    if members:
        return [
            Recipient(email=user.email, language=user.language, user=user, partner=None)
            for user in members
        ]
    if partner.contact_email:
        return [
            Recipient(
                email=partner.contact_email,
                language=settings.LANGUAGE_CODE,
                user=None,
                partner=partner,
            )
        ]
    return []
