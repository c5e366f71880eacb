"""Questions about requests for aids: found, sorted, silent, in the way of one another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from ancrage.kit.search import with_words
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidMove, AidRequest, NonCumulationGroup, Scheme

# A request without an answer for that long is worth a call.
SILENT_AFTER = timedelta(days=30)
_HELD = (AidState.ASKED, AidState.GRANTED, AidState.PAID)


@dataclass(frozen=True)
class RequestFilter:
    """What a reader looks for. Every part is optional.

    `state` may also be « silent »: asked, and no answer for thirty days; `subjects` are the
    people whom `text` may name, found by the caller: names stand elsewhere.
    """

    text: str = ""
    subjects: Collection[int] | QuerySet[Any, Any] = ()
    state: str = ""
    scheme: Scheme | None = None
    who: str = ""


def requests_matching(
    requests: QuerySet[AidRequest], asked: RequestFilter, *, on: date
) -> QuerySet[AidRequest]:
    """Narrow `requests` (those the reader may see), the last moved first."""
    if asked.state == "silent":
        requests = requests.filter(state=AidState.ASKED, state_on__lte=on - SILENT_AFTER)
    elif asked.state:
        requests = requests.filter(state=asked.state)
    if asked.scheme is not None:
        requests = requests.filter(scheme=asked.scheme)
    if asked.who:
        requests = requests.filter(subject__isnull=asked.who != "person")
    if words(asked.text):
        schemes = with_words(Scheme.objects.all(), asked.text)
        partners = with_words(Partner.objects.all(), asked.text)
        requests = requests.filter(
            Q(scheme__in=schemes.values("pk"))
            | Q(partner__in=partners.values("pk"))
            | Q(subject__in=asked.subjects)
        )
    return requests.select_related("scheme", "partner", "subject", "territory").order_by(
        "-state_on", "-pk"
    )


def whole_request(requests: QuerySet[AidRequest]) -> QuerySet[AidRequest]:
    """Join and prefetch all that the page of a request prints."""
    moves = AidMove.objects.select_related("by").order_by("-pk")
    return requests.select_related(
        "scheme", "partner", "subject", "territory", "opened_by"
    ).prefetch_related(Prefetch("moves", moves))


def to_remind(*, before: date, most: int) -> QuerySet[AidRequest]:
    """Return the requests without an answer, asked and reminded on `before` at the latest, fewer
    than `most` times, of people and structures who may be written to."""
    quiet = Q(reminded_on__isnull=True) | Q(reminded_on__lte=before)
    person = Q(
        subject__limited_at__isnull=True,
        subject__pending_until__isnull=True,
        subject__anonymised_at__isnull=True,
        subject__isnull=False,
    )
    return (
        AidRequest.objects.filter(
            quiet,
            person | Q(partner__isnull=False, partner__left_at__isnull=True),
            state=AidState.ASKED,
            state_on__lte=before,
            reminders__lt=most,
        )
        .select_related("scheme", "subject__user", "partner")
        .order_by("pk")
    )


def in_the_way(request: AidRequest) -> list[tuple[NonCumulationGroup, list[AidRequest]]]:
    """Return the groups by which other requests of the same person or structure may exclude this
    one, each with them."""
    if request.state not in _HELD:
        return []
    others = AidRequest.objects.filter(
        subject=request.subject, partner=request.partner, state__in=_HELD
    ).exclude(scheme=request.scheme_id)
    by_scheme: dict[int, list[AidRequest]] = {}
    for other in others.select_related("scheme").order_by("pk"):
        by_scheme.setdefault(other.scheme_id, []).append(other)
    if not by_scheme:
        return []
    groups = NonCumulationGroup.objects.filter(
        valid_to__isnull=True, schemes=request.scheme_id
    ).order_by("code")
    found = []
    for group in groups.prefetch_related("schemes"):
        theirs = [
            other for scheme in group.schemes.all() for other in by_scheme.get(scheme.pk, ())
        ]
        if theirs:
            found.append((group, theirs))
    return found
