"""What the rights desk, the register of breaches and the person read."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from ancrage.privacy.enums import RequestStatus
from ancrage.privacy.models import AccessTrace, Breach, DataSubject, RightsRequest


def requests_to_answer(
    requests: QuerySet[RightsRequest], *, status: str = "", kind: str = "", text: str = ""
) -> QuerySet[RightsRequest]:
    """Narrow `requests` (those the reader may see): the open ones first, by their due date."""
    condition = Q()
    if status:
        condition &= Q(status=status)
    if kind:
        condition &= Q(kind=kind)
    if text:
        condition &= Q(requester__icontains=text) | Q(details__icontains=text)
    open_first = Case(
        When(status=RequestStatus.OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        requests.filter(condition)
        .select_related("subject", "closed_by")
        .annotate(waits=open_first)
        .order_by("waits", "due_at", "pk")
    )


def subjects_to_tell(subjects: QuerySet[DataSubject]) -> QuerySet[DataSubject]:
    """Narrow `subjects` to those somebody has to tell that their data will be erased, those
    without news for the longest first."""
    return subjects.filter(
        to_tell_since__isnull=False, limited_at__isnull=True, anonymised_at__isnull=True
    ).order_by("last_contact_at", "pk")


def breaches_in_order(breaches: QuerySet[Breach], *, state: str = "") -> QuerySet[Breach]:
    """Narrow `breaches`: "open", "closed" or all, the latest discovered first."""
    if state:
        breaches = breaches.filter(closed_at__isnull=state == "open")
    return breaches.select_related("recorded_by").order_by("-discovered_at", "-pk")


def looks_at(
    subject: DataSubject, *, purpose: str = "", since: date | None = None
) -> QuerySet[AccessTrace]:
    """Return who looked at the profile, the latest first: for one purpose, since a day."""
    looks: QuerySet[AccessTrace] = AccessTrace.objects.filter(subject=subject)
    if purpose:
        looks = looks.filter(purpose=purpose)
    if since is not None:
        looks = looks.filter(at__date__gte=since)
    return looks.select_related("viewer").order_by("-at", "-pk")


def requests_of(subject: DataSubject) -> QuerySet[RightsRequest]:
    """Return what the person asked, the latest first."""
    return RightsRequest.objects.filter(subject=subject).order_by("-received_at", "-pk")
