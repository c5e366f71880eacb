"""The reports of the demo: last year's, published; this year's, in draft; a few public figures."""

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
    """Publish the report of last year, draft that of this one; return how many there are."""
    today = timezone.localdate(now)
    roadmap = (
        Roadmap.objects.filter(territory=territory, status=RoadmapStatus.ACTIVE)
        .order_by("pk")
        .first()
    )
    last_year, this_year = date(today.year - 1, 1, 1), date(today.year, 1, 1)
    at = now - timedelta(days=30)
    published = create_report(
        territory=territory,
        starts_on=last_year,
        ends_on=this_year - timedelta(days=1),
        roadmap=roadmap,
        by=by,
        now=at,
    )
    for section, text in _COMMENTS.items():
        comment_on(report=published, section=section, text=text, revision=0, by=by, now=at)
    publish_report(report=published, by=by, now=at)
    # In January, nothing of the year is over: the draft is then that of the last half-year.
    starts_on = this_year if today.month > 1 else date(today.year - 1, 7, 1)
    create_report(
        territory=territory,
        starts_on=starts_on,
        ends_on=today.replace(day=1) - timedelta(days=1),
        roadmap=roadmap,
        by=by,
        now=now,
    )
    set_public_figures(territory=territory, keys=_PUBLIC, by=by, now=now)
    return Report.objects.filter(territory=territory).count()
