"""Counts on the safety of carers, answered by structures; practices they share."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.kit.periods import span_of
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.roadmap.enums import RoadmapEvent, SafetyEvent, SafetyTopic
from ancrage.roadmap.models import GoodPractice, SafetyCollection, SafetyReport
from ancrage.roadmap.services.errors import CollectionClosed, NotOverYet, PeriodToCome
from ancrage.roadmap.services.writing import insert, put_back, rewrite, take_out, tell
from ancrage.roadmap.validators import tidy, validate_counts, validate_day, validate_mailbox
from ancrage.territory.models import Territory

HALF_YEAR = 6


@transaction.atomic
def report_safety(
    *,
    partner: Partner,
    on: date,
    counts: Mapping[str, int | None],
    note: str = "",
    revision: int = 0,
    by: Any,
    now: datetime,
) -> SafetyReport:
    """Give, or correct, what a structure counted over the half-year that holds `on`.

    `revision` is that of the report one read, 0 for none. Raises `PeriodToCome`,
    `CollectionClosed`, `ChangedMeanwhile`, `ValidationError`.
    """
    validate_day("on", on)
    starts_on = span_of(on, HALF_YEAR).starts
    if starts_on > timezone.localdate(now):
        raise PeriodToCome
    values = {topic.value: counts.get(topic.value) for topic in SafetyTopic}
    validate_counts(values)
    _refuse_closed(partner.territory_id, starts_on)
    said = {**values, "note": note.strip()}
    former = SafetyReport.objects.filter(partner=partner, starts_on=starts_on).first()
    if former is None:
        report = SafetyReport(
            partner=partner, starts_on=starts_on, given_at=now, given_by=by, **said
        )
        insert(report)
        _tell(SafetyEvent.REPORTED, report, by=by, now=now)
        return report
    # What was counted stays out of the journal, which others read.
    if rewrite(former, said, revision=revision):
        _tell(SafetyEvent.CORRECTED, former, by=by, now=now)
    return former


@transaction.atomic
def close_collection(
    *, territory: Territory, on: date, by: Any, now: datetime
) -> SafetyCollection:
    """End the collection of a half-year: from then on its figures are shown, and stand.

    Raises `NotOverYet`, `CollectionClosed`.
    """
    span = span_of(on, HALF_YEAR)
    if span.ends >= timezone.localdate(now):
        raise NotOverYet
    Territory.objects.select_for_update().get(pk=territory.pk)
    collection = SafetyCollection(
        territory=territory, starts_on=span.starts, closed_at=now, closed_by=by
    )
    try:
        with transaction.atomic():
            collection.save(force_insert=True)
    except IntegrityError:
        raise CollectionClosed from None
    tell(
        event=SafetyEvent.CLOSED,
        row=collection,
        territory_pk=territory.pk,
        by=by,
        now=now,
        changes={"starts_on": ["", span.starts.isoformat()]},
    )
    return collection


@transaction.atomic
def share_practice(*, partner: Partner, by: Any, now: datetime, **facts: Any) -> GoodPractice:
    """Tell the neighbours what works. Raises `ValidationError`."""
    values = _checked_facts(facts)
    practice = insert(GoodPractice(partner=partner, added_at=now, added_by=by, **values))
    _tell_practice(SafetyEvent.PRACTICE_ADDED, practice, by=by, now=now)
    return practice


@transaction.atomic
def edit_practice(
    *, practice: GoodPractice, revision: int, by: Any, now: datetime, **facts: Any
) -> GoodPractice:
    """Change a practice. Raises `ChangedMeanwhile`, `ValidationError`."""
    row = GoodPractice.objects.select_related("partner").get(pk=practice.pk)
    if changes := rewrite(row, _checked_facts(facts), revision=revision):
        _tell_practice(SafetyEvent.PRACTICE_EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def remove_practice(*, practice: GoodPractice, by: Any, now: datetime) -> None:
    """Put a practice aside."""
    if take_out(row=practice, now=now):
        _tell_practice(SafetyEvent.PRACTICE_REMOVED, practice, by=by, now=now)


@transaction.atomic
def restore_practice(*, practice: GoodPractice, by: Any, now: datetime) -> None:
    """Take back a removal. Raises `NothingToUndo`."""
    put_back(row=practice, now=now)
    _tell_practice(SafetyEvent.PRACTICE_RESTORED, practice, by=by, now=now)


def _refuse_closed(territory_pk: int, starts_on: date) -> None:
    # Held until the end: a collection is not closed between this question and the answer.
    Territory.objects.select_for_update().get(pk=territory_pk)
    if SafetyCollection.objects.filter(territory=territory_pk, starts_on=starts_on).exists():
        raise CollectionClosed


def _checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    values = tidy(facts)
    validate_mailbox(values.get("contact_email", ""))
    values["search"] = " ".join(words(f"{values['title']} {values['text']}"))
    return values


def _tell(event: SafetyEvent, report: SafetyReport, **trace: Any) -> None:
    tell(event=event, row=report, territory_pk=report.partner.territory_id, **trace)


def _tell_practice(
    event: SafetyEvent | RoadmapEvent, practice: GoodPractice, **trace: Any
) -> None:
    tell(event=event, row=practice, territory_pk=practice.partner.territory_id, **trace)
