"""Questions about accounts, their secrets and their sessions."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from ancrage.accounts.enums import AccountState
from ancrage.accounts.models import ApiToken, User
from ancrage.kit.text import fold

# Recovery codes alone open nothing: they stand in for a factor that was lost.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class TokenRefused(Exception):
    """The secret opens nothing: unknown, expired, revoked, or its owner's account is closed."""


@dataclass(frozen=True)
class Security:
    """What protects an account: the picture its owner sees."""

    has_password: bool
    has_totp: bool
    passkeys: int
    recovery_codes_left: int

    @property
    def has_second_factor(self) -> bool:
        """Say whether a password alone is not enough to enter."""
        return self.has_totp or self.passkeys > 0


def accounts_matching(
    accounts: QuerySet[User], *, text: str = "", state: str = ""
) -> QuerySet[User]:
    """Return the accounts whose name or address holds every word of `text`, in that state."""
    for word in fold(text).split():
        accounts = accounts.filter(Q(search_name__contains=word) | Q(email__icontains=word))
    match state:
        case AccountState.OPEN:
            accounts = accounts.filter(is_active=True)
        case AccountState.CLOSED:
            accounts = accounts.filter(is_active=False, erased_at__isnull=True)
        case AccountState.ERASED:
            accounts = accounts.filter(erased_at__isnull=False)
    return accounts.order_by("last_name", "first_name", "pk")


def account_of(address: str) -> User | None:
    """Return the account signed in with that address, if there is one."""
    return User.objects.filter(email=address.strip().lower()).first()


def has_second_factor(user: User) -> bool:
    """Say whether the account holds an authenticator application or a passkey."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def security_of(user: User) -> Security:
    """Return what protects the account of `user`."""
    authenticators = list(Authenticator.objects.filter(user_id=user.pk))
    by_type = [Authenticator.Type(one.type) for one in authenticators]
    codes = [one for one in authenticators if one.type == Authenticator.Type.RECOVERY_CODES]
    return Security(
        has_password=user.has_usable_password(),
        has_totp=Authenticator.Type.TOTP in by_type,
        passkeys=by_type.count(Authenticator.Type.WEBAUTHN),
        recovery_codes_left=sum(len(one.wrap().get_unused_codes()) for one in codes),
    )


def sessions_of(user: User, *, now: datetime) -> list[UserSession]:
    """Return the devices where `user` is still signed in, the latest seen first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(
        UserSession.objects.filter(user=user, session_key__in=alive).order_by(
            "-last_seen_at", "-pk"
        )
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return every token of `user`, the newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "-pk")


def digest_of(secret: str) -> str:
    """Return what is kept of a token. The secret is random: a plain hash cannot be guessed."""
    return sha256(secret.encode()).hexdigest()


def usable_token(secret: str, *, now: datetime) -> ApiToken:
    """Return the token that `secret` is, with its owner; raise `TokenRefused` otherwise."""
    token = (
        ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).order_by().first()
    )
    if token is None or not token.is_usable(now=now) or not token.user.is_active:
        raise TokenRefused
    return token


def is_last_administrator(user: User) -> bool:
    """Say whether nobody else could open the administration pages."""
    others = User.objects.filter(is_platform_admin=True, is_active=True).exclude(pk=user.pk)
    return user.is_platform_admin and not others.exists()
