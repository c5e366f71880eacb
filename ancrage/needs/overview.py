"""« Où, quand, quels métiers ? »: the open needs counted by place, month and profession.

One pass over the rows a reader may count; nothing is counted that the reader could not open.
A post is counted in the month its holder is awaited. A need still open whose start is today or
has passed is awaited now: it stands in `overdue`, before the first month.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Subquery, Sum

from ancrage.needs.enums import AnswerStatus, CampaignStatus, NeedStatus
from ancrage.needs.models import Campaign, Need
from ancrage.needs.queries.filled import median_days_to_fill, needs_filled_in
from ancrage.territory.models import Territory

MONTHS_AHEAD = 12
_NO_FILTER = Q()


@dataclass(frozen=True)
class Period:
    """The days whose posts are counted, seen from `today`.

    `since` is the first day, None for everything awaited so far; `until` the last. What was
    awaited up to today is counted together; the days to come, month by month.
    """

    today: date
    since: date | None
    until: date

    @classmethod
    def ahead_of(cls, today: date, *, since: date | None = None) -> "Period":
        """What is awaited so far, and twelve months: from tomorrow, or from a later day."""
        first = cls(today=today, since=since, until=date.max).first_to_come
        return cls(today=today, since=since, until=_last_day(first, months=MONTHS_AHEAD))

    @property
    def first_to_come(self) -> date:
        """The first day counted by month."""
        tomorrow = self.today + timedelta(days=1)
        return tomorrow if self.since is None else max(self.since, tomorrow)

    @property
    def months(self) -> int:
        """How many months, whole or not, lie between the first day to come and the last."""
        return max(0, months_between(self.first_to_come, self.until))

    @property
    def starts(self) -> tuple[date, ...]:
        """The first day counted of each month."""
        first = self.first_to_come
        return tuple(max(first, _add_months(first, i)) for i in range(self.months))

    @property
    def ends(self) -> tuple[date, ...]:
        """The last day counted of each month."""
        return tuple(min(self.until, _last_day(start, months=1)) for start in self.starts)

    @property
    def condition(self) -> Q:
        """The needs counted, by the start of their posts."""
        until = Q(starts_on__lte=self.until)
        return until if self.since is None else until & Q(starts_on__gte=self.since)

    def index_of(self, day: date) -> int | None:
        """Which month a day counted falls in, or None when it is not to come."""
        return None if day <= self.today else months_between(self.first_to_come, day) - 1


@dataclass
class _Tally:
    positions: int = 0
    fte_hundredths: int = 0
    overdue: int = 0
    by_month: list[int] = field(default_factory=list)
    ages: list[tuple[int, int]] = field(default_factory=list)
    own: int = 0


@dataclass(frozen=True)
class Line:
    """What is lacking in one commune, or of one profession.

    `positions` counts posts, `fte_hundredths` their sum of working time in hundredths,
    `median_age_days` how long half of these posts have been published; `own` counts those of the
    reader's own structures.
    """

    pk: int
    positions: int
    fte_hundredths: int
    overdue: int
    by_month: tuple[int, ...]
    median_age_days: int | None
    own: int


@dataclass(frozen=True)
class LastCampaign:
    """The figures the territory gave itself last: vacant FTE in hundredths, by profession."""

    name: str
    vacant_fte: dict[int, int]

    @property
    def total(self) -> int:
        """All professions together, in hundredths of FTE."""
        return sum(self.vacant_fte.values())


@dataclass(frozen=True)
class Overview:
    """The three answers, largest need first, and the totals they add up to."""

    period: Period
    total: Line
    communes: tuple[Line, ...]
    professions: tuple[Line, ...]
    partners: int
    needs: int
    median_days_to_fill: int | None
    last_campaign: LastCampaign | None


def overview_of(
    needs: QuerySet[Need],
    *,
    territory: Territory,
    period: Period,
    now: datetime,
    filters: Q = _NO_FILTER,
    declared: Q | None = _NO_FILTER,
    own: Collection[int] = (),
) -> Overview:
    """Count `needs` (those a reader may open) over `period`.

    Args:
        needs: needs of `territory`.
        filters: what else is asked of a need; the time taken to fill follows it too.
        declared: the same, asked of an answer to a campaign (`Campaign.answers`); None when the
            campaign cannot follow the filters, and is then left out.
        own: keys of the reader's own structures, counted apart.

    Three queries, whatever the number of needs.
    """
    by_commune: dict[int, _Tally] = defaultdict(lambda: _empty(period))
    by_profession: dict[int, _Tally] = defaultdict(lambda: _empty(period))
    total = _empty(period)
    partners: set[int] = set()
    counted = 0
    rows = (
        needs.filter(filters, period.condition, status=NeedStatus.PUBLISHED)
        .order_by()
        .values_list(
            "commune_id",
            "profession_id",
            "partner_id",
            "starts_on",
            "positions",
            "fte_hundredths",
            "published_at",
        )
    )
    for commune, profession, partner, starts_on, positions, fte, published_at in rows.iterator(
        chunk_size=2000
    ):
        counted += 1
        partners.add(partner)
        month = period.index_of(starts_on)
        age = max((now - (published_at or now)).days, 0)
        for tally in (by_commune[commune], by_profession[profession], total):
            tally.positions += positions
            tally.fte_hundredths += positions * fte
            tally.ages.append((age, positions))
            if month is None:
                tally.overdue += positions
            else:
                tally.by_month[month] += positions
            if partner in own:
                tally.own += positions
    return Overview(
        period=period,
        total=_line(0, total),
        communes=_ranked(by_commune),
        professions=_ranked(by_profession),
        partners=len(partners),
        needs=counted,
        median_days_to_fill=median_days_to_fill(
            _filled_last_year(territory, now=now).filter(filters)
        ),
        last_campaign=None if declared is None else last_campaign_of(territory, declared),
    )


def last_campaign_of(territory: Territory, declared: Q = _NO_FILTER) -> LastCampaign | None:
    """The vacant FTE that structures declared in the last closed campaign, if there is one.

    `declared` narrows the answers, seen from the campaign.
    """
    last = (
        Campaign.objects.filter(territory=territory, status=CampaignStatus.CLOSED)
        .order_by("-reference_day", "-pk")
        .values("pk")[:1]
    )
    # Outer joins: a campaign that nobody answered is one row, without profession.
    rows = list(
        Campaign.objects.filter(pk=Subquery(last))
        .order_by("answers__lines__profession_id")
        .values_list("name", "answers__lines__profession_id")
        .annotate(
            total=Sum(
                "answers__lines__vacant_fte",
                filter=declared & Q(answers__status=AnswerStatus.SUBMITTED),
            )
        )
    )
    if not rows:
        return None
    vacant = {profession: total for _name, profession, total in rows if total is not None}
    return LastCampaign(name=rows[0][0], vacant_fte=vacant)


def _filled_last_year(territory: Territory, *, now: datetime) -> QuerySet[Need]:
    a_year_ago = now.replace(year=now.year - 1, day=min(now.day, 28))
    return needs_filled_in(territory, since=a_year_ago, until=now + timedelta(days=1))


def _empty(period: Period) -> _Tally:
    return _Tally(by_month=[0] * period.months)


def _ranked(tallies: dict[int, _Tally]) -> tuple[Line, ...]:
    lines = (_line(pk, tally) for pk, tally in tallies.items())
    return tuple(sorted(lines, key=lambda line: (-line.positions, -line.fte_hundredths, line.pk)))


def _line(pk: int, tally: _Tally) -> Line:
    return Line(
        pk=pk,
        positions=tally.positions,
        fte_hundredths=tally.fte_hundredths,
        overdue=tally.overdue,
        by_month=tuple(tally.by_month),
        median_age_days=_weighted_median(tally.ages),
        own=tally.own,
    )


def _weighted_median(ages: Iterable[tuple[int, int]]) -> int | None:
    """The age reached by half of the posts: a need of three posts weighs three times."""
    ordered: Sequence[tuple[int, int]] = sorted(ages)
    half = sum(positions for _age, positions in ordered) / 2
    seen = 0
    for age, positions in ordered:
        seen += positions
        if seen >= half:
            return age
    return None


def months_between(first: date, last: date) -> int:
    """How many months, whole or not, from one day to another, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _last_day(day: date, *, months: int) -> date:
    """The last day of the month that is the last of `months`, that of `day` being the first."""
    return _add_months(day, months) - timedelta(days=1)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
