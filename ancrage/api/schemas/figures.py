"""Figures: counts of people, without the small ones. A null count is hidden, a 0 is nobody."""

from typing import Any

from ninja import Schema

from ancrage.journeys.services.figures import Delay, Figures, GroupLine, Kept, Retention
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession


class KeptOut(Schema):
    """Of those hired at least so many months ago: still there, gone, without news."""

    months: int
    due: int | None
    kept: int | None
    left: int | None
    unknown: int | None


class FunnelOut(Schema):
    """How many people reached each step, or a later one."""

    known: int | None
    accompanied: int | None
    introduced: int | None
    hired: int | None
    kept: list[KeptOut]


class GroupOut(Schema):
    """One profession (our code), origin or structure (its slug), step by step.

    `key` is null for people whose profession is not said. A structure counts from the
    introduction on: `known` and `accompanied` are null there.
    """

    key: str | None
    known: int | None
    accompanied: int | None
    introduced: int | None
    hired: int | None
    kept_3: int | None
    kept_6: int | None
    kept_12: int | None


class DelayOut(Schema):
    """The median number of days from the first contact, and over how many people."""

    days: float | None
    people: int | None


class DelaysOut(Schema):
    """How long it takes."""

    accompanied: DelayOut
    introduced: DelayOut
    hired: DelayOut


class CurveStepOut(Schema):
    """A step of the retention curve: months since the hire, the share still there, its interval,
    and over how many people."""

    months: float
    share: float
    low: float | None
    high: float | None
    at_risk: int


class RetentionOut(Schema):
    """The part of the retention curve that rests on at least five people."""

    people: int | None
    median_months: float | None
    hidden_from: float | None
    steps: list[CurveStepOut]


class ReasonOut(Schema):
    """Why people left, and how many."""

    reason: str
    people: int | None


class FiguresOut(Schema):
    """From the first contact to a year in post."""

    territory: str
    funnel: FunnelOut
    by_profession: list[GroupOut]
    by_origin: list[GroupOut]
    by_partner: list[GroupOut]
    delays: DelaysOut
    retention: RetentionOut
    reasons: list[ReasonOut]


class AnswersOut(Schema):
    """Introductions answered in time, among those that had to be answered by now."""

    in_time: int | None
    expected: int | None


class OwnAnswersOut(AnswersOut):
    """The answers of one of your structures, as they are."""

    partner: str


class CharterOut(Schema):
    """How a territory keeps its promise to answer, over the last year."""

    territory: str
    answer_days: int
    all: AnswersOut
    own: list[OwnAnswersOut]


def figures_out(territory: str, figures: Figures) -> FiguresOut:
    """Return the figures in the names that filters use. Two queries."""
    professions = Profession.objects.in_bulk(
        [line.key for line in figures.by_profession if line.key is not None]
    )
    partners = Partner.objects.in_bulk([line.key for line in figures.by_partner])
    funnel = figures.funnel
    return FiguresOut(
        territory=territory,
        funnel=FunnelOut(
            known=funnel.known,
            accompanied=funnel.accompanied,
            introduced=funnel.introduced,
            hired=funnel.hired,
            kept=[_kept(one) for one in funnel.kept],
        ),
        by_profession=[
            _group(one, professions[one.key].code if one.key in professions else None)
            for one in figures.by_profession
        ],
        by_origin=[_group(one, str(one.key)) for one in figures.by_origin],
        by_partner=[_group(one, partners[one.key].slug) for one in figures.by_partner],
        delays=DelaysOut(**{name: _delay(one) for name, one in figures.delays.items()}),
        retention=_retention(figures.retention),
        reasons=[ReasonOut(reason=reason, people=people) for reason, people in figures.reasons],
    )


def _kept(one: Kept) -> KeptOut:
    return KeptOut(
        months=one.months, due=one.due, kept=one.kept, left=one.left, unknown=one.unknown
    )


def _group(line: GroupLine, key: str | None) -> GroupOut:
    # A structure has no count before the introduction.
    counts: tuple[Any, ...] = (*(None,) * (7 - len(line.counts)), *line.counts)
    names = [name for name in GroupOut.model_fields if name != "key"]
    return GroupOut(key=key, **dict(zip(names, counts, strict=True)))


def _delay(one: Delay) -> DelayOut:
    return DelayOut(days=one.days, people=one.people)


def _retention(found: Retention) -> RetentionOut:
    return RetentionOut(
        people=found.people,
        median_months=found.curve.median,
        hidden_from=found.curve.hidden_from,
        steps=[
            CurveStepOut(
                months=step.time,
                share=step.survival,
                low=step.low,
                high=step.high,
                at_risk=step.at_risk,
            )
            for step in found.curve.steps
        ],
    )
