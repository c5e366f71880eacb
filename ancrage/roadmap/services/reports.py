"""Reports: opened for whole months, computed, commented on, published, opened again."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from ancrage.kit.days import day_in_words
from ancrage.kit.refusals import FieldRefusal
from ancrage.roadmap.enums import ReportEvent, ReportSection, ReportStatus, RoadmapStatus
from ancrage.roadmap.models import PublicFigure, Report, ReportComment, ReportEdition, Roadmap
from ancrage.roadmap.services.errors import ChangedMeanwhile, PeriodToCome, StepNotAllowed
from ancrage.roadmap.services.report_contents import contents_of
from ancrage.roadmap.services.report_words import LANGUAGE, period_in_words
from ancrage.roadmap.services.writing import insert, tell
from ancrage.roadmap.validators import tidy, validate_day
from ancrage.territory.measures import measure
from ancrage.territory.models import Territory
from ancrage.territory.perimeters import Perimeter, UnknownPerimeter, perimeter_of

_LAST_MONTH = 12


class MonthsNotWhole(FieldRefusal):
    """The days asked for do not make whole months."""

    field = "ends_on"
    sentence = _(
        "Un rapport couvre des mois entiers : du premier jour d’un mois au dernier "
        "jour du même mois ou d’un suivant."
    )


class PeriodNotOver(ValidationError):
    """A report is published once its last day is over: until then its figures still move."""

    def __init__(self, ends_on: date) -> None:
        super().__init__(
            _(
                "La période se termine le %(last)s : le rapport se publie à partir du "
                "%(first)s. D’ici là, il reste un brouillon."
            ),
            code="period_not_over",
            params={
                "last": day_in_words(ends_on),
                "first": day_in_words(ends_on + timedelta(days=1)),
            },
        )


class PartGone(FieldRefusal):
    """The part of the territory that a report is about is no longer one."""

    field = "perimeter"
    sentence = _(
        "Cette partie n’est plus dans le territoire : faites un rapport sur une autre "
        "partie, ou sur le territoire entier."
    )


class RoadmapOfAnother(ValueError):
    """The roadmap is not that of the territory, or is not open yet. A mistake of the code."""


@transaction.atomic
def create_report(
    *,
    territory: Territory,
    starts_on: date,
    ends_on: date,
    roadmap: Roadmap | None,
    perimeter: str = "",
    by: Any,
    now: datetime,
) -> Report:
    """Open the draft of the report of some months, its figures computed.

    `perimeter` is the key of a part of the territory, empty for the whole, which alone tells a
    roadmap. Raises `MonthsNotWhole`, `PeriodToCome`, `PartGone`, `ValidationError` when those
    months have theirs.
    """
    validate_day("starts_on", starts_on)
    validate_day("ends_on", ends_on)
    if starts_on.day != 1 or (ends_on + timedelta(days=1)).day != 1 or ends_on < starts_on:
        raise MonthsNotWhole
    if starts_on > timezone.localdate(now):
        raise PeriodToCome
    if roadmap is not None and (
        roadmap.territory_id != territory.pk or roadmap.status == RoadmapStatus.DRAFT
    ):
        raise RoadmapOfAnother(roadmap.pk)
    where = _perimeter(territory, perimeter)
    report = Report(
        territory=territory,
        roadmap=roadmap,
        perimeter=where.key,
        title=_title(starts_on, ends_on, where),
        starts_on=starts_on,
        ends_on=ends_on,
        computed_at=now,
        created_at=now,
        created_by=by,
    )
    report.contents = contents_of(report=report, where=where, now=now)
    insert(row=report)
    _tell(ReportEvent.CREATED, report, by=by, now=now)
    return report


@transaction.atomic
def compute_report(*, report: Report, by: Any, now: datetime) -> Report:
    """Compute the figures of a draft again.

    Raises `StepNotAllowed` once it is published, `PartGone`.
    """
    row = _draft(report)
    row.contents, row.computed_at = _computed(row, now=now), now
    _write(row, contents=row.contents, computed_at=now)
    _tell(ReportEvent.COMPUTED, row, by=by, now=now)
    return row


@transaction.atomic
def comment_on(
    *,
    report: Report,
    section: ReportSection,
    text: str,
    revision: int,
    by: Any,
    now: datetime,
) -> ReportComment | None:
    """Write what the coordination says of a section of a draft; an empty text takes it out.

    `revision` is that of the comment one read, 0 where there was none. Raises `ChangedMeanwhile`,
    `StepNotAllowed`.
    """
    _draft(report)
    facts = tidy({"text": text})
    row = ReportComment.objects.filter(report=report, section=section).first()
    if (row.revision if row else 0) != revision:
        raise ChangedMeanwhile(row or ReportComment(report=report, section=section))
    if row is None:
        row = insert(
            ReportComment(report=report, section=section, written_at=now, written_by=by, **facts)
        )
    elif row.text != facts["text"]:
        row.text, row.written_at, row.written_by = facts["text"], now, by
        row.full_clean()
        written = ReportComment.objects.filter(pk=row.pk, revision=revision).update(
            text=row.text, written_at=now, written_by=by, revision=F("revision") + 1
        )
        if not written:
            raise ChangedMeanwhile(ReportComment.objects.get(pk=row.pk))
        row.revision = revision + 1
    else:
        return row
    # That it was commented on, never what was written.
    _tell(ReportEvent.COMMENTED, report, by=by, now=now, changes={"section": ["", section.value]})
    return row


@transaction.atomic
def publish_report(*, report: Report, by: Any, now: datetime) -> ReportEdition:
    """Compute a draft once more and keep it as it is, for those entitled to read it.

    Raises `StepNotAllowed` when it is published already, `PeriodNotOver`, `PartGone`.
    """
    # One at a time in a territory: what two reports tell side by side is weighed by the second.
    Territory.objects.select_for_update(no_key=True).get(pk=report.territory_id)
    row = _draft(report)
    if timezone.localdate(now) <= row.ends_on:
        raise PeriodNotOver(row.ends_on)
    contents = _computed(row, now=now)
    _write(row, contents=contents, computed_at=now, status=ReportStatus.PUBLISHED)
    comments = dict(row.comments.exclude(text="").order_by("pk").values_list("section", "text"))
    edition = ReportEdition.objects.create(
        report=row,
        version=row.version,
        title=row.title,
        contents={**contents, "comments": comments},
        published_at=now,
        published_by=by,
    )
    _tell(ReportEvent.PUBLISHED, row, by=by, now=now, changes={"version": ["", row.version]})
    return edition


@transaction.atomic
def reopen_report(*, report: Report, by: Any, now: datetime) -> Report:
    """Draft the next version of a published report; the published one stays readable.

    Raises `StepNotAllowed` when it is a draft already.
    """
    rows = Report.objects.filter(pk=report.pk, status=ReportStatus.PUBLISHED)
    if not rows.update(
        status=ReportStatus.DRAFT, version=F("version") + 1, revision=F("revision") + 1
    ):
        raise StepNotAllowed
    row = Report.objects.get(pk=report.pk)
    _tell(ReportEvent.REOPENED, row, by=by, now=now)
    return row


@transaction.atomic
def discard_draft(*, report: Report, by: Any, now: datetime) -> Report | None:
    """Give a draft up: back to the version published before it, or out when there is none.

    Return the report, None when it is gone. Raises `StepNotAllowed` once it is published.
    """
    row = _draft(report)
    _tell(ReportEvent.DISCARDED, row, by=by, now=now)
    last = row.editions.order_by("-version").first()
    if last is None:
        row.delete()
        return None
    _write(
        row,
        contents={key: value for key, value in last.contents.items() if key != "comments"},
        computed_at=last.published_at,
        status=ReportStatus.PUBLISHED,
        version=last.version,
    )
    row.comments.all().delete()
    for section, text in last.contents["comments"].items():
        insert(
            ReportComment(report=row, section=section, text=text, written_at=now, written_by=by)
        )
    return Report.objects.get(pk=row.pk)


@transaction.atomic
def set_public_figures(
    *, territory: Territory, keys: Collection[str], by: Any, now: datetime
) -> None:
    """Show these measures to everybody, and no other. Raises `UnknownMeasure`."""
    wanted = {key: measure(key) for key in keys}
    shown = {one.measure: one for one in PublicFigure.objects.filter(territory=territory)}
    for key in sorted(wanted.keys() - shown.keys()):
        figure = insert(
            PublicFigure(territory=territory, measure=key, opened_at=now, opened_by=by)
        )
        _tell_figure(ReportEvent.FIGURE_OPENED, figure, by=by, now=now)
    for key in sorted(shown.keys() - wanted.keys()):
        _tell_figure(ReportEvent.FIGURE_CLOSED, shown[key], by=by, now=now)
        shown[key].delete()


def _title(starts_on: date, ends_on: date, where: Perimeter) -> str:
    end = "" if where.is_whole else f"\u00a0: {where.name}"
    with translation.override(LANGUAGE):
        whole_year = (starts_on.month, ends_on.month) == (1, _LAST_MONTH)
        if whole_year and starts_on.year == ends_on.year:
            return f"Rapport d’activité {starts_on.year}{end}"
        return f"Rapport d’activité {period_in_words(starts_on, ends_on)}{end}"


def _perimeter(territory: Territory, key: str) -> Perimeter:
    try:
        return perimeter_of(territory, key)
    except UnknownPerimeter as error:
        raise PartGone from error


def _computed(row: Report, *, now: datetime) -> dict[str, Any]:
    return contents_of(report=row, where=_perimeter(row.territory, row.perimeter), now=now)


def _draft(report: Report) -> Report:
    row = Report.objects.select_related("territory", "roadmap").get(pk=report.pk)
    if row.status != ReportStatus.DRAFT:
        raise StepNotAllowed
    return row


def _write(row: Report, **values: Any) -> None:
    rows = Report.objects.filter(pk=row.pk, revision=row.revision, status=ReportStatus.DRAFT)
    if not rows.update(**values, revision=F("revision") + 1):
        raise StepNotAllowed


def _tell(event: ReportEvent, report: Report, **trace: Any) -> None:
    tell(event=event, row=report, territory_pk=report.territory_id, **trace)


def _tell_figure(event: ReportEvent, figure: PublicFigure, **trace: Any) -> None:
    tell(event=event, row=figure, territory_pk=figure.territory_id, **trace)
