"""What requests to the partners of the welcome came to."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.kit.figures import median_days
from ancrage.privacy.cells import small_cell
from ancrage.territory.enums import MeasureCut, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    days,
    declare,
    hidden,
    people_in,
    share_of_people,
)
from ancrage.territory.perimeters import Perimeter
from ancrage.welcome.enums import RequestState
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.queries import requests_matching


def requests_sent(where: Perimeter, period: Period) -> QuerySet[WelcomeRequest]:
    """The requests sent during the period to partners of the where.territory."""
    return WelcomeRequest.objects.filter(
        partner__territory=where.territory,
        sent_at__gte=period.first_moment,
        sent_at__lt=period.end_moment,
    )


def _sent(where: Perimeter, period: Period) -> Reading:
    sent = requests_sent(where, period).order_by()
    return people_in(
        where, period, dict(sent.values_list("partner__commune").annotate(Count("pk")))
    )


def _granted(where: Perimeter, period: Period) -> Reading:
    sent = requests_sent(where, period)
    granted = requests_matching(sent, etat=RequestState.GRANTED)
    return share_of_people(
        granted.count(),
        sent.count(),
        none=gettext("Aucune demande n’a été envoyée sur la période."),
    )


def _delay(where: Perimeter, period: Period) -> Reading:
    sent = requests_sent(where, period).order_by().values_list("sent_at", "answered_at")
    delays = [max((answer - start).days, 0) for start, answer in sent if answer is not None]
    if small_cell(len(delays)):
        return hidden()
    return days(median_days(delays), none=gettext("Aucune demande n’a reçu de réponse."))


declare(
    Measure(
        key="welcome.requests",
        name=_("Demandes d’accueil"),
        definition=_(
            "Demandes envoyées pendant la période aux partenaires de l’accueil : logement, garde "
            "d’enfants, mobilité…"
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.WELCOME,
        cut=MeasureCut.EPCI,
        compute=_sent,
    ),
    Measure(
        key="welcome.granted",
        name=_("Demandes d’accueil accordées"),
        definition=_("Part des demandes envoyées pendant la période qui sont accordées."),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.WELCOME,
        compute=_granted,
    ),
    Measure(
        key="welcome.days_to_answer",
        name=_("Délai de réponse à une demande d’accueil"),
        definition=_(
            "Nombre médian de jours entre l’envoi d’une demande et sa réponse, pour les demandes "
            "envoyées pendant la période."
        ),
        unit=MeasureUnit.DAYS,
        part=MeasurePart.WELCOME,
        compute=_delay,
    ),
)
