"""Changes to accounts: opened, described, given rights, closed, erased."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.enums import AccountEvent
from ancrage.accounts.models import ApiToken, User, search_name_of
from ancrage.accounts.queries import account_of, digest_of, is_last_administrator, usable_token
from ancrage.accounts.validators import clean_address, validate_token_end
from ancrage.kit.audit import differences, record
from ancrage.kit.refusals import Refusal

TOKEN_START = "ancrage_"  # noqa: S105 -- the visible start of every token, not a secret
# A program may call many times a minute: its last use is known to the hour, not to the call.
LAST_USE_STEP = timedelta(hours=1)


class AddressTaken(Refusal):
    """Somebody already has an account with that address."""

    sentence = _("Un compte existe déjà avec cette adresse.")
    known_as = "taken"


class LastAdministrator(Refusal):
    """The platform would be left with nobody to run it."""

    sentence = _(
        "C’est le dernier compte d’administration : confiez d’abord l’administration"
        " à quelqu’un d’autre."
    )
    known_as = "last_administrator"


class AccountErased(Refusal):
    """The person has left and their data are gone: nothing can be opened again."""

    sentence = _("Ce compte a été effacé : il ne peut plus être rouvert.")
    known_as = "erased"


@transaction.atomic
def open_account(
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    job_title: str = "",
    language: str = "fr",
    password: str | None = None,
    is_verified: bool = True,
    is_fictional: bool = False,
    by: Any,
    now: datetime,
) -> User:
    """Open an account; without a password, its owner signs in by the code sent to them.

    `is_verified` says that the address is known to be theirs (an invitation they answered).
    Raises `AddressTaken`.
    """
    address = clean_address(email)
    if account_of(address) is not None:
        raise AddressTaken
    user = User(
        email=address,
        first_name=first_name,
        last_name=last_name,
        search_name=search_name_of(first_name, last_name),
        job_title=job_title,
        language=language,
        is_fictional=is_fictional,
        created_at=now,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # opened by somebody else since the question above
        raise AddressTaken from None
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=is_verified)
    record(action=AccountEvent.OPENED, target=user, by=by or user, now=now)
    return user


@transaction.atomic
def update_profile(
    *,
    user: User,
    first_name: str,
    last_name: str,
    job_title: str,
    language: str,
    by: Any,
    now: datetime,
) -> User:
    """Change how a person is called, what they do and the language they read."""
    after = {
        "first_name": first_name,
        "last_name": last_name,
        "job_title": job_title,
        "language": language,
    }
    changed = sorted(name for name, value in after.items() if getattr(user, name) != value)
    if changed:
        for name in changed:
            setattr(user, name, after[name])
        user.search_name = search_name_of(first_name, last_name)
        user.save(update_fields=[*changed, "search_name"])
        # Which fields, never their values: the journal outlives the account.
        record(
            action=AccountEvent.PROFILE_CHANGED,
            target=user,
            by=by,
            now=now,
            changes={"fields": ["", ", ".join(changed)]},
        )
    return user


@transaction.atomic
def choose_language(*, user: User, language: str, by: Any, now: datetime) -> None:
    """Remember the language a person picked, for their next visit and their mails."""
    before = {"language": user.language}
    changes = differences(before, {"language": language})
    if changes:
        user.language = language
        user.save(update_fields=["language"])
        record(action=AccountEvent.LANGUAGE_CHANGED, target=user, by=by, now=now, changes=changes)


@transaction.atomic
def create_token(*, user: User, name: str, expires_at: datetime, by: Any, now: datetime) -> str:
    """Make a token for a program and return its secret, which is not kept."""
    validate_token_end(timezone.localdate(expires_at), today=timezone.localdate(now))
    secret = TOKEN_START + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(secret),
        prefix=secret[:12],
        created_at=now,
        expires_at=expires_at,
    )
    record(action=AccountEvent.TOKEN_CREATED, target=token, by=by, now=now)
    return secret


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Any, now: datetime) -> None:
    """Shut the door that a token opens; saying it twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        record(action=AccountEvent.TOKEN_REVOKED, target=token, by=by, now=now)


def use_token(*, secret: str, now: datetime) -> User:
    """Return whom a program acts for; raise `TokenRefused` when its secret opens nothing."""
    token = usable_token(secret, now=now)
    if token.last_used_at is None or now - token.last_used_at >= LAST_USE_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.user


@transaction.atomic
def end_sessions(*, user: User, keys: Iterable[str], by: Any, now: datetime) -> int:
    """Sign `user` out of the devices of these sessions; return how many there were."""
    mine = list(
        UserSession.objects.filter(user=user, session_key__in=list(keys))
        .order_by("pk")
        .values_list("session_key", flat=True)
    )
    if mine:
        Session.objects.filter(session_key__in=mine).delete()
        UserSession.objects.filter(session_key__in=mine).delete()
        record(
            action=AccountEvent.SESSIONS_ENDED,
            target=user,
            by=by,
            now=now,
            changes={"sessions": [len(mine), 0]},
        )
    return len(mine)


@transaction.atomic
def grant_administration(*, user: User, by: Any, now: datetime) -> None:
    """Let a person run the platform."""
    if user.erased_at is not None:
        raise AccountErased
    _set_administration(user, True, by, now)


@transaction.atomic
def withdraw_administration(*, user: User, by: Any, now: datetime) -> None:
    """Take the running of the platform back from a person. Raises `LastAdministrator`."""
    _refuse_last_administrator(user)
    _set_administration(user, False, by, now)


def _refuse_last_administrator(user: User) -> None:
    # All of them held, in one order: two may be leaving at once.
    list(User.objects.select_for_update().filter(is_platform_admin=True).order_by("pk"))
    if is_last_administrator(user):
        raise LastAdministrator


def _set_administration(user: User, value: bool, by: Any, now: datetime) -> None:
    if user.is_platform_admin == value:
        return
    user.is_platform_admin = value
    user.save(update_fields=["is_platform_admin"])
    given, withdrawn = AccountEvent.ADMINISTRATION_GIVEN, AccountEvent.ADMINISTRATION_WITHDRAWN
    record(action=given if value else withdrawn, target=user, by=by, now=now)


@transaction.atomic
def remove_second_factors(*, user: User, by: Any, now: datetime) -> None:
    """Take every second factor away from a person who lost theirs, and sign them out.

    Whoever does it has made sure who is asking: the account is down to its password.
    """
    removed, _details = Authenticator.objects.filter(user=user).delete()
    if removed:
        _end_all_sessions(user)
        record(action=AccountEvent.SECOND_FACTORS_REMOVED, target=user, by=by, now=now)


@transaction.atomic
def close_account(*, user: User, by: Any, now: datetime) -> None:
    """Shut a person out, at once and everywhere; their data stay and the account may reopen.

    Raises `LastAdministrator`.
    """
    if not user.is_active:
        return
    _refuse_last_administrator(user)
    user.is_active = False
    user.closed_at = now
    user.save(update_fields=["is_active", "closed_at"])
    _shut_doors(user, now)
    record(action=AccountEvent.CLOSED, target=user, by=by, now=now)


@transaction.atomic
def reopen_account(*, user: User, by: Any, now: datetime) -> None:
    """Let a person in again. Raises `AccountErased`."""
    if user.erased_at is not None:
        raise AccountErased
    if user.is_active:
        return
    user.is_active = True
    user.closed_at = None
    user.save(update_fields=["is_active", "closed_at"])
    record(action=AccountEvent.REOPENED, target=user, by=by, now=now)


@transaction.atomic
def erase_account(*, user: User, by: Any, now: datetime) -> None:
    """Close an account for good and forget the person; what they did stays, unsigned.

    The row is kept, emptied, so that the journal still says that one person did these things.
    Raises `LastAdministrator`.
    """
    if user.erased_at is not None:
        return
    close_account(user=user, by=by, now=now)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user).delete()
    user.email = f"compte-{user.pk}@efface.invalid"
    user.first_name = user.last_name = user.search_name = user.job_title = ""
    user.is_platform_admin = False
    user.erased_at = now
    user.set_unusable_password()
    user.save()
    record(action=AccountEvent.ERASED, target=user, by=by, now=now)


def _shut_doors(user: User, now: datetime) -> None:
    _end_all_sessions(user)
    ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)


def _end_all_sessions(user: User) -> None:
    keys = list(
        UserSession.objects.filter(user=user).order_by("pk").values_list("session_key", flat=True)
    )
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
