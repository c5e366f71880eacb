"""How fresh needs are, and whom to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.needs.enums import Freshness, NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership, Partner


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


def last_moment(days: int, *, now: datetime) -> datetime:
    """Return the moment before which something happened at least `days` local days ago.

    Whole days: what was confirmed at noon is as old as what was confirmed that morning.
    """
    day = timezone.localdate(now) - timedelta(days=days - 1)
    return timezone.make_aware(datetime.combine(day, time.min))


def freshness_of(need: Need, *, now: datetime) -> Freshness | None:
    """Return how fresh a published need is; None for one that is not published."""
    if need.status != NeedStatus.PUBLISHED or need.confirmed_at is None:
        return None
    if need.confirmed_at < last_moment(settings.FRESHNESS_STALE_DAYS, now=now):
        return Freshness.STALE
    if need.confirmed_at < last_moment(settings.FRESHNESS_ASK_DAYS, now=now):
        return Freshness.TO_CONFIRM
    return Freshness.FRESH


def is_of_freshness(freshness: Freshness, *, now: datetime) -> Q:
    """Return the condition of `freshness_of`, for rows."""
    ask = last_moment(settings.FRESHNESS_ASK_DAYS, now=now)
    stale = last_moment(settings.FRESHNESS_STALE_DAYS, now=now)
    published = Q(status=NeedStatus.PUBLISHED)
    return {
        Freshness.FRESH: published & Q(confirmed_at__gte=ask),
        Freshness.TO_CONFIRM: published & Q(confirmed_at__lt=ask, confirmed_at__gte=stale),
        Freshness.STALE: published & Q(confirmed_at__lt=stale),
    }[freshness]


def with_freshness(needs: QuerySet[Need], *, now: datetime) -> QuerySet[Need]:
    """Annotate each need with `freshness`: a value of `Freshness`, or an empty text."""
    return needs.annotate(
        freshness=Case(
            *(When(is_of_freshness(one, now=now), then=Value(one.value)) for one in Freshness),
            default=Value(""),
            output_field=CharField(),
        )
    )


def needs_to_ask_about(*, now: datetime) -> QuerySet[Need]:
    """Return the published needs whose structure is to be asked: « toujours d’actualité ? ».

    Once when they reach FRESHNESS_ASK_DAYS, once more at FRESHNESS_STALE_DAYS; those old
    enough to be paused are not asked for any more.
    """
    ask = last_moment(settings.FRESHNESS_ASK_DAYS, now=now)
    stale = last_moment(settings.FRESHNESS_STALE_DAYS, now=now)
    first = Q(asked_at__isnull=True) | Q(asked_at__lt=F("confirmed_at"))
    # Asked when it was younger than the stale age: `stale` days have passed since, not less.
    step = timedelta(days=settings.FRESHNESS_STALE_DAYS - settings.FRESHNESS_ASK_DAYS)
    second = Q(confirmed_at__lt=stale, asked_at__lt=last_moment(step.days, now=now))
    return Need.objects.filter(
        first | second,
        status=NeedStatus.PUBLISHED,
        partner__left_at__isnull=True,
        confirmed_at__lt=ask,
        confirmed_at__gte=last_moment(settings.FRESHNESS_PAUSE_DAYS, now=now),
    )


def stale_needs(*, now: datetime) -> QuerySet[Need]:
    """Return the published needs that nobody confirmed for FRESHNESS_PAUSE_DAYS."""
    return Need.objects.filter(
        status=NeedStatus.PUBLISHED,
        confirmed_at__lt=last_moment(settings.FRESHNESS_PAUSE_DAYS, now=now),
    )


def recipients_for(needs: Iterable[Need]) -> list[tuple[Recipient, list[Need]]]:
    """Return who is written to, each with the needs of their structures. One query.

    Members who recruit for a structure; where it has none left, its mailbox.
    """
    by_partner: dict[Any, list[Need]] = {}
    for need in needs:
        by_partner.setdefault(need.partner, []).append(need)
    members = members_of(by_partner)
    found: dict[str, tuple[Recipient, list[Need]]] = {}
    for partner, theirs in by_partner.items():
        for recipient in _recipients_of(partner, members.get(partner.pk, [])):
            found.setdefault(recipient.key, (recipient, []))[1].extend(theirs)
    return [found[key] for key in sorted(found)]


def members_of(partners: Iterable[Partner]) -> Mapping[int, list[User]]:
    """Return the people who recruit for each structure today, by its key."""
    memberships = (
        Membership.objects.filter(
            partner__in=list(partners),
            role=MemberRole.EMPLOYER,
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
