"""Everything an account left here, in a file a program can read (GDPR art. 15 and 20)."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from ancrage.accounts.models import User
from ancrage.accounts.queries import sessions_of, tokens_of
from ancrage.kit.models import AuditLine
from ancrage.partners.models import Membership
from ancrage.territory.models import TerritoryRole


def data_of(user: User, *, now: datetime) -> dict[str, Any]:
    """Return what the platform holds of a person, dates in ISO 8601, secrets left out."""
    return {
        "exported_at": now.isoformat(),
        "account": {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "job_title": user.job_title,
            "language": user.language,
            "created_at": _moment(user.created_at),
            "last_login": _moment(user.last_login),
            "is_platform_admin": user.is_platform_admin,
        },
        "addresses": list(
            EmailAddress.objects.filter(user=user)
            .order_by("pk")
            .values("email", "verified", "primary")
        ),
        "memberships": [
            {
                "structure": one.partner.name,
                "role": one.role,
                "manages": one.is_manager,
                "signs": one.may_sign,
                "since": _moment(one.since),
                "until": _moment(one.ended_at),
            }
            for one in Membership.objects.filter(user=user)
            .select_related("partner")
            .order_by("since", "pk")
        ],
        "roles": [
            {
                "territory": one.territory.name,
                "office": one.office,
                "organisation": one.organisation,
                "since": _moment(one.since),
                "until": _moment(one.ended_at),
            }
            for one in TerritoryRole.objects.filter(user=user)
            .select_related("territory")
            .order_by("since", "pk")
        ],
        "second_factors": [
            {"type": one.type, "since": _moment(one.created_at), "used": _moment(one.last_used_at)}
            for one in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "tokens": [
            {
                "name": one.name,
                "created_at": _moment(one.created_at),
                "expires_at": _moment(one.expires_at),
                "last_used_at": _moment(one.last_used_at),
                "revoked_at": _moment(one.revoked_at),
            }
            for one in tokens_of(user)
        ],
        "sessions": [
            {
                "browser": one.user_agent,
                "ip": one.ip,
                "since": _moment(one.created_at),
                "seen_at": _moment(one.last_seen_at),
            }
            for one in sessions_of(user, now=now)
        ],
        "journal": [
            {"at": _moment(line.at), "action": line.action, "target": line.target_label}
            for line in AuditLine.objects.filter(actor=user).order_by("at", "pk")
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
