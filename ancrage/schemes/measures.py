"""What requests for aids came to: how many were granted, how much was paid."""

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.cells import small_cell
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidMove, AidRequest
from ancrage.schemes.queries.requests import RequestFilter, requests_matching
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, declare, euros, hidden, people
from ancrage.territory.perimeters import Perimeter


def moved_to(state: AidState, where: Perimeter, period: Period) -> QuerySet[AidRequest]:
    """The requests that came to a state during the period, and were not taken back from it."""
    moves = AidMove.objects.filter(
        after=state, undone_at__isnull=True, on__gte=period.starts, on__lte=period.ends
    )
    return AidRequest.objects.filter(territory=where.territory, pk__in=moves.values("request"))


def _asked(where: Perimeter, period: Period) -> Reading:
    return people(
        AidRequest.objects.filter(
            territory=where.territory, asked_on__gte=period.starts, asked_on__lte=period.ends
        ).count()
    )


def _granted(where: Perimeter, period: Period) -> Reading:
    return people(moved_to(AidState.GRANTED, where, period).count())


def _paid(where: Perimeter, period: Period) -> Reading:
    paid = moved_to(AidState.PAID, where, period).aggregate(
        requests=Count("pk"), cents=Sum("paid_cents")
    )
    # An amount shared by fewer than five would tell what one of them was paid.
    return hidden() if small_cell(paid["requests"]) else euros(paid["cents"] or 0)


def _silent(where: Perimeter, period: Period) -> Reading:
    rows = AidRequest.objects.filter(territory=where.territory)
    return people(requests_matching(rows, RequestFilter(state="silent"), on=period.today).count())


declare(
    Measure(
        key="schemes.asked",
        name=_("Aides demandées"),
        definition=_("Demandes d’aide faites pendant la période et suivies sur la plateforme."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SCHEMES,
        compute=_asked,
    ),
    Measure(
        key="schemes.granted",
        name=_("Aides accordées"),
        definition=_("Demandes d’aide accordées pendant la période."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SCHEMES,
        compute=_granted,
    ),
    Measure(
        key="schemes.paid",
        name=_("Aides versées"),
        definition=_("Somme des montants versés pendant la période."),
        unit=MeasureUnit.EUROS,
        part=MeasurePart.SCHEMES,
        compute=_paid,
    ),
    Measure(
        key="schemes.silent",
        name=_("Aides sans réponse"),
        definition=_("Demandes d’aide sans réponse depuis trente jours ou plus."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.SCHEMES,
        moment=MeasureMoment.READING,
        compute=_silent,
    ),
)
