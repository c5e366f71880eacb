"""The reports of the demo: twelve months published, of the territory and of one of its parts, this
year in draft; a few public figures."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.roadmap.enums import ReportSection, RoadmapStatus
from ancrage.roadmap.models import Report, Roadmap
from ancrage.roadmap.services import (
    comment_on,
    create_report,
    publish_report,
    set_public_figures,
)
from ancrage.territory.models import Territory
from ancrage.territory.perimeters import parts_of

_COMMENTS = {
    ReportSection.SUMMARY: (
        "Première année pleine de la plateforme. Les structures publient ensemble, et les "
        "personnes n’ont plus à répéter leur histoire à chacune."
    ),
    ReportSection.NEEDS: (
        "Les besoins d’été pèsent lourd : ouvrir les logements saisonniers dès mars a aidé à les "
        "pourvoir plus tôt."
    ),
    ReportSection.EVENTS: (
        "La soirée a réuni des médecins installés et des internes de deux facultés. Les contacts "
        "sont repris un à un à trois, six et douze mois."
    ),
}
_PUBLIC = (
    "partners.members",
    "needs.published",
    "needs.filled",
    "needs.days_to_fill",
    "people.known",
    "events.held",
)


def load_reports(territory: Territory, by: User, *, now: datetime) -> int:
    """Publish the reports of the last twelve months, draft this year's; return their number."""
    today = timezone.localdate(now)
    roadmap = (
        Roadmap.objects.filter(territory=territory, status=RoadmapStatus.ACTIVE)
        .order_by("pk")
        .first()
    )
    this_month = today.replace(day=1)
    month_ended = this_month - timedelta(days=1)
    year_before = this_month.replace(year=this_month.year - 1)
    published = create_report(
        territory=territory,
        starts_on=year_before,
        ends_on=month_ended,
        roadmap=roadmap,
        by=by,
        now=now,
    )
    for section, text in _COMMENTS.items():
        comment_on(report=published, section=section, text=text, revision=0, by=by, now=now)
    publish_report(report=published, by=by, now=now)
    # The first by name: an intercommunality.
    for part in parts_of([territory])[:1]:
        of_part = create_report(
            territory=territory,
            starts_on=year_before,
            ends_on=month_ended,
            roadmap=None,
            perimeter=part.key,
            by=by,
            now=now,
        )
        publish_report(report=of_part, by=by, now=now)
    # In January, nothing of the year is over: the draft is then that of the last half-year.
    starts_on = date(today.year, 1, 1) if today.month > 1 else date(today.year - 1, 7, 1)
    create_report(
        territory=territory,
        starts_on=starts_on,
        ends_on=month_ended,
        roadmap=roadmap,
        by=by,
        now=now,
    )
    set_public_figures(territory=territory, keys=_PUBLIC, by=by, now=now)
    return Report.objects.filter(territory=territory).count()
