"""What is asked of reports: which one may read, in which version; what everybody sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from ancrage.kit.text import words
from ancrage.roadmap.models import PublicFigure, Report, ReportEdition
from ancrage.territory.models import Territory


@dataclass(frozen=True)
class ReportSearch:
    """What a reader looks for. Every part is optional."""

    text: str = ""
    status: str = ""
    year: int | None = None


@dataclass(frozen=True)
class PublicFigures:
    """The measures a territory shows to everybody, as its last published report tells them."""

    edition: ReportEdition | None
    figures: tuple[Mapping[str, Any], ...]


def reports_matching(reports: QuerySet[Report], search: ReportSearch) -> QuerySet[Report]:
    """Narrow `reports` (those one may read), the latest period first, with the last version
    published as `last_version`."""
    if search.status:
        reports = reports.filter(status=search.status)
    if search.year:
        reports = reports.filter(starts_on__year__lte=search.year, ends_on__year__gte=search.year)
    asked = words(search.text)
    if asked:
        # Few rows, titles with accents: read here, as people type them.
        titles = reports.order_by().values_list("pk", "title")
        reports = reports.filter(pk__in=[pk for pk, title in titles if _has(title, asked)])
    return (
        reports.select_related("territory")
        .annotate(last_version=Max("editions__version"))
        .order_by("-ends_on", "-starts_on", "-pk")
    )


def edition_of(report: Report, version: int | None = None) -> ReportEdition | None:
    """Return a published version of a report: that asked for, or the last."""
    editions = ReportEdition.objects.filter(report=report).select_related("report__territory")
    if version is not None:
        editions = editions.filter(version=version)
    return editions.order_by("-version").first()


def editions_of(report: Report) -> QuerySet[ReportEdition]:
    """Return the published versions of a report, the last first, without what they say."""
    return ReportEdition.objects.filter(report=report).defer("contents").order_by("-version")


def last_edition_in(territory: Territory) -> ReportEdition | None:
    """Return the last version of the report whose period is the latest, among the published of
    the whole territory."""
    return (
        ReportEdition.objects.filter(report__territory=territory, report__perimeter="")
        .select_related("report")
        .order_by("-report__ends_on", "-report__starts_on", "-version")
        .first()
    )


def keys_shown(territory: Territory) -> frozenset[str]:
    """Return the keys of the measures shown to everybody."""
    rows = PublicFigure.objects.filter(territory=territory)
    return frozenset(rows.values_list("measure", flat=True))


def public_figures_of(territory: Territory) -> PublicFigures:
    """Return what everybody reads: the opened measures, in the order of the report. Two queries.

    They are those of the last published report: they change when it does, so that nobody learns
    from one day to the next what one person did.
    """
    edition, shown = last_edition_in(territory), keys_shown(territory)
    if edition is None or not shown:
        return PublicFigures(edition, ())
    found = [
        figure
        for part in edition.contents["parts"]
        for figure in part["figures"]
        if figure["key"] in shown
    ]
    return PublicFigures(edition, tuple(found))


def _has(title: str, asked: list[str]) -> bool:
    known = words(title)
    return all(any(word.startswith(one) for word in known) for one in asked)
