"""What is asked of the offers one keeps."""

from django.db.models import Case, Count, Q, QuerySet, Value, When

from ancrage.kit.text import fold
from ancrage.resources.enums import ResourceKind
from ancrage.resources.models import Resource
from ancrage.welcome.enums import RequestState
from ancrage.welcome.models import WelcomeRequest, WelcomeTerms
from ancrage.welcome.permissions import WAITING_STATES

# What may welcome somebody before anybody has said on what terms.
_WELCOMING = (
    ResourceKind.HOUSING,
    ResourceKind.CHILDCARE,
    ResourceKind.VEHICLE,
    ResourceKind.SERVICE,
)


def terms_of(resource: Resource) -> WelcomeTerms | None:
    """Return the terms of a resource; None before they are written."""
    return (
        WelcomeTerms.objects.select_related("resource__partner").filter(resource=resource).first()
    )


def own_offers(resources: QuerySet[Resource], *, text: str = "") -> QuerySet[Resource]:
    """Return the offers among these rows, and what could be one, by title.

    Each with its terms joined and `waiting`, the number of requests that wait for an answer.
    """
    rows = resources.filter(Q(welcome_terms__isnull=False) | Q(kind__in=_WELCOMING))
    for word in fold(text).split():
        rows = rows.filter(search__contains=word)
    waiting = Count("welcome_requests", filter=Q(welcome_requests__state__in=WAITING_STATES))
    return (
        rows.select_related("welcome_terms", "partner", "commune")
        .annotate(waiting=waiting)
        .order_by("title", "pk")
    )


def requests_matching(
    requests: QuerySet[WelcomeRequest], *, q: str = "", pour: str = "", etat: str = ""
) -> QuerySet[WelcomeRequest]:
    """Return the requests of a kind, in a state, about an offer; what waits first, the oldest."""
    rows = requests
    if pour:
        rows = rows.filter(kind=pour)
    if etat:
        rows = rows.filter(state=etat)
    for word in fold(q).split():
        rows = rows.filter(resource__search__contains=word)
    waits = Case(
        When(state__in=[RequestState.SENT, RequestState.SEEN], then=Value(0)), default=Value(1)
    )
    return rows.annotate(turn=waits).order_by("turn", "sent_at", "pk")
