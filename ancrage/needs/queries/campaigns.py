"""Questions about collection campaigns: who answered, what it adds up to, what has changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from ancrage.needs.enums import AnswerStatus, CampaignStatus, NeedStatus
from ancrage.needs.models import AnswerLine, Campaign, CampaignAnswer, Need
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

FIGURES = ("present_fte", "vacant_fte", "target_3y_fte", "target_5y_fte", "departures")


@dataclass(frozen=True)
class Figures:
    """What is said of one profession. FTE in hundredths; None is « not known »."""

    present_fte: int | None = None
    vacant_fte: int | None = None
    target_3y_fte: int | None = None
    target_5y_fte: int | None = None
    departures: int | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is known."""
        return all(getattr(self, name) is None for name in FIGURES)


@dataclass(frozen=True)
class AnswerRate:
    """How many structures were asked, and how many have answered."""

    asked: int
    submitted: int
    started: int

    @property
    def percent(self) -> int | None:
        """The share of submitted answers, rounded; None when nobody was asked."""
        return round(100 * self.submitted / self.asked) if self.asked else None


@dataclass(frozen=True)
class ProfessionResult:
    """The sums of one profession over submitted answers, beside those of the last campaign.

    `before` sums the same structures only: a structure that joined since would look like growth.
    """

    profession: Profession
    structures: int
    now: Figures
    before: Figures | None

    def change(self, name: str) -> int | None:
        """The difference of one figure with the last campaign, when both are known."""
        after = getattr(self.now, name)
        earlier = getattr(self.before, name) if self.before else None
        return None if after is None or earlier is None else after - earlier


def structures_asked(territory: Territory) -> QuerySet[Partner]:
    """The structures that recruit, hence those a campaign asks."""
    return Partner.objects.filter(territory=territory, left_at__isnull=True).exclude(
        kind__in=[PartnerKind.WELCOME, PartnerKind.AUTHORITY]
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


def prefilled(answer: CampaignAnswer, professions: Iterable[Profession]) -> dict[int, Figures]:
    """What the page of an answer proposes, by profession: nothing is re-typed that is known.

    Lines already saved stand; for the others, the structure's figures of the last campaign,
    with the vacant FTE of the needs it publishes today.
    """
    saved = {line.profession_id: _figures(line) for line in answer.lines.order_by("pk")}
    earlier = _last_lines(answer)
    vacant = _published_fte(answer.partner)
    proposed = {}
    for profession in professions:
        before = earlier.get(profession.pk, Figures())
        proposed[profession.pk] = saved.get(profession.pk) or Figures(
            present_fte=before.present_fte,
            vacant_fte=vacant.get(profession.pk, 0 if earlier or vacant else None),
            target_3y_fte=before.target_3y_fte,
            target_5y_fte=before.target_5y_fte,
            departures=None,
        )
    return proposed


def results_of(campaign: Campaign) -> list[ProfessionResult]:
    """Sum the submitted answers by profession, largest vacancy first.

    Two queries for the figures, two for the campaign before, whatever their number.
    """
    lines = _submitted_lines(campaign)
    earlier_campaign = campaign_before(campaign)
    structures = {line.answer.partner_id for line in lines}
    earlier = (
        [
            line
            for line in _submitted_lines(earlier_campaign)
            if line.answer.partner_id in structures
        ]
        if earlier_campaign
        else []
    )
    now, before = _by_profession(lines), _by_profession(earlier)
    professions = Profession.objects.in_bulk(now.keys())
    results = [
        ProfessionResult(
            profession=professions[pk],
            structures=len({line.answer.partner_id for line in group}),
            now=_sum(group),
            before=_sum(before[pk]) if pk in before else None,
        )
        for pk, group in now.items()
    ]
    return sorted(
        results,
        key=lambda row: (-(row.now.vacant_fte or 0), row.profession.rank, row.profession.pk),
    )


def answers_to_remind(
    campaign: Campaign, *, since: date | None = None
) -> QuerySet[CampaignAnswer]:
    """The answers still awaited, and not reminded since that day."""
    waiting = campaign.answers.exclude(status=AnswerStatus.SUBMITTED)
    if since is not None:
        waiting = waiting.filter(
            Q(last_reminded_at__isnull=True) | Q(last_reminded_at__date__lt=since)
        )
    return waiting.select_related("partner").order_by("partner__name", "pk")


def _figures(line: AnswerLine) -> Figures:
    return Figures(**{name: getattr(line, name) for name in FIGURES})


def _last_lines(answer: CampaignAnswer) -> dict[int, Figures]:
    last = (
        CampaignAnswer.objects.filter(
            partner_id=answer.partner_id,
            status=AnswerStatus.SUBMITTED,
            campaign__reference_day__lt=answer.campaign.reference_day,
        )
        .order_by("-campaign__reference_day", "-pk")
        .first()
    )
    if last is None:
        return {}
    return {line.profession_id: _figures(line) for line in last.lines.order_by("pk")}


def _published_fte(partner: Partner) -> dict[int, int]:
    published = Need.objects.filter(partner=partner, status=NeedStatus.PUBLISHED)
    return dict(
        published.order_by()
        .values_list("profession_id")
        .annotate(total=Sum(F("positions") * F("fte_hundredths")))
    )


def _submitted_lines(campaign: Campaign) -> list[AnswerLine]:
    return list(
        AnswerLine.objects.filter(answer__campaign=campaign, answer__status=AnswerStatus.SUBMITTED)
        .select_related("answer")
        .order_by("pk")
    )


def _by_profession(lines: Iterable[AnswerLine]) -> dict[int, list[AnswerLine]]:
    groups: dict[int, list[AnswerLine]] = defaultdict(list)
    for line in lines:
        groups[line.profession_id].append(line)
    return groups


def _sum(lines: Iterable[AnswerLine]) -> Figures:
    rows = list(lines)
    totals: dict[str, int | None] = {}
    for name in FIGURES:
        known = [value for line in rows if (value := getattr(line, name)) is not None]
        totals[name] = sum(known) if known else None
    return Figures(**totals)
