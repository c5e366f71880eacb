"""Questions about collection campaigns: whom they ask, who answered, who is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from ancrage.kit.figures import percent_of
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer
from ancrage.partners.enums import MemberRole, PartnerKind
from ancrage.partners.models import Membership, Partner
from ancrage.partners.recipients import members_of
from ancrage.territory.models import Territory

# What is still awaited comes first.
_PLACE = Case(
    *(When(status=status, then=place) for place, status in enumerate(AnswerStatus.values))
)


@dataclass(frozen=True)
class AnswerRate:
    """How many structures were asked, and how many have answered."""

    asked: int
    submitted: int
    started: int

    @property
    def percent(self) -> int | None:
        """The share of submitted answers, rounded; None when nobody was asked."""
        return percent_of(self.submitted, self.asked) if self.asked else None

    @property
    def waiting(self) -> int:
        """How many have not sent their answer, begun or not."""
        return self.asked - self.submitted


@dataclass(frozen=True)
class Reach:
    """Whom opening a campaign would ask: structures, people and mailboxes written to.

    `silent` are the structures with neither.
    """

    structures: int
    people: int
    mailboxes: int
    silent: tuple[Partner, ...]


def structures_asked(territory: Territory) -> QuerySet[Partner]:
    """The structures that recruit, hence those a campaign asks."""
    return Partner.objects.filter(territory=territory, left_at__isnull=True).exclude(
        kind__in=[PartnerKind.WELCOME, PartnerKind.AUTHORITY]
    )


def reach_of(territory: Territory) -> Reach:
    """Count whom a campaign opened now would ask and write to. Two queries."""
    partners = list(structures_asked(territory).order_by("name", "pk"))
    members = members_of(partners)
    alone = [partner for partner in partners if partner.pk not in members]
    return Reach(
        structures=len(partners),
        people=len({person.pk for people in members.values() for person in people}),
        mailboxes=sum(bool(partner.contact_email) for partner in alone),
        silent=tuple(partner for partner in alone if not partner.contact_email),
    )


def answer_rate(campaign: Campaign) -> AnswerRate:
    """Count the answers of a campaign by state."""
    counts: Mapping[str, int] = dict(
        campaign.answers.order_by().values_list("status").annotate(total=Count("pk"))
    )
    return AnswerRate(
        asked=sum(counts.values()),
        submitted=counts.get(AnswerStatus.SUBMITTED, 0),
        started=counts.get(AnswerStatus.STARTED, 0),
    )


def with_answer_counts(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Annotate campaigns with `asked` and `submitted`, latest first."""
    return campaigns.annotate(
        asked=Count("answers", distinct=True),
        submitted=Count(
            "answers", filter=Q(answers__status=AnswerStatus.SUBMITTED), distinct=True
        ),
    ).order_by("-reference_day", "-pk")


def campaign_counts(campaigns: QuerySet[Campaign]) -> Mapping[str, int]:
    """Count campaigns by state, 0 included."""
    counts = dict(campaigns.order_by().values_list("status").annotate(total=Count("pk")))
    return {status: counts.get(status, 0) for status in CampaignStatus.values}


def campaign_before(campaign: Campaign) -> Campaign | None:
    """The last campaign closed before this one on the same territory."""
    return (
        Campaign.objects.filter(
            territory_id=campaign.territory_id,
            status=CampaignStatus.CLOSED,
            reference_day__lt=campaign.reference_day,
        )
        .order_by("-reference_day", "-pk")
        .first()
    )


def answers_by_state(campaign: Campaign) -> QuerySet[CampaignAnswer]:
    """The answers of a campaign with `has_recruiter`: those awaited, begun, then sent.

    Where nobody recruits for the structure, its mailbox is written to, if it has one.
    """
    answers = campaign.answers.select_related("partner__commune").annotate(
        has_recruiter=Exists(_recruiting().filter(partner=OuterRef("partner")))
    )
    return answers.order_by(_PLACE, "partner__name", "pk")


def answers_to_remind(
    campaign: Campaign, *, reminded_until: datetime | None = None
) -> QuerySet[CampaignAnswer]:
    """The answers still awaited of structures that can be written to: a member, or a mailbox.

    With `reminded_until`, those reminded after that moment are left in peace.
    """
    waiting = _awaited(campaign).filter(_reached())
    if reminded_until is not None:
        waiting = waiting.filter(not_reminded_since(reminded_until))
    return waiting.order_by("partner__name", "pk")


def structures_out_of_reach(campaign: Campaign) -> QuerySet[Partner]:
    """The structures still awaited that have neither a member nor a mailbox, by name."""
    answers = _awaited(campaign).exclude(_reached())
    return Partner.objects.filter(pk__in=answers.values("partner")).order_by("name", "pk")


def not_reminded_since(moment: datetime) -> Q:
    """The answers never reminded, or for the last time at `moment` or before."""
    return Q(last_reminded_at__isnull=True) | Q(last_reminded_at__lte=moment)


def _awaited(campaign: Campaign) -> QuerySet[CampaignAnswer]:
    return campaign.answers.exclude(status=AnswerStatus.SUBMITTED)


def _reached() -> Q:
    return ~Q(partner__contact_email="") | Q(partner__in=_recruiting().values("partner"))


def _recruiting() -> QuerySet[Membership]:
    return Membership.objects.filter(
        role=MemberRole.EMPLOYER, ended_at__isnull=True, user__is_active=True
    )
