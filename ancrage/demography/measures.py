"""What the official access of a territory says, as the page of its communes does."""

from decimal import Decimal

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import Care
from ancrage.demography.services.model import Summary, summary_of, territory_model
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, declare, nothing
from ancrage.territory.models import Territory


def _summary(territory: Territory, period: Period) -> Summary:
    return period.once(
        ("demography.summary", territory.pk),
        lambda: summary_of(territory_model(territory=territory, care=Care.GP)),
    )


def _under(territory: Territory, period: Period) -> Reading:
    under = _summary(territory, period).under
    if under is None:
        return nothing(_g("L’accessibilité publiée n’est pas chargée."))
    return Reading(Decimal(round(100 * under.share)))


def _mean(territory: Territory, period: Period) -> Reading:
    mean = _summary(territory, period).mean
    if mean is None:
        return nothing(_g("L’accessibilité publiée n’est pas chargée."))
    return Reading(Decimal(str(round(mean, 1))))


declare(
    Measure(
        key="demography.under_2_5",
        name=_("Habitants sous 2,5 consultations par an"),
        definition=_(
            "Part des habitants dont la commune a une accessibilité aux médecins généralistes, "
            "publiée par la DREES, inférieure à 2,5 consultations par an."
        ),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.DEMOGRAPHY,
        moment=MeasureMoment.READING,
        compute=_under,
    ),
    Measure(
        key="demography.apl",
        name=_("Accessibilité moyenne aux médecins généralistes"),
        definition=_(
            "Consultations accessibles par habitant et par an, en moyenne sur le territoire, "
            "publiées par la DREES."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.DEMOGRAPHY,
        moment=MeasureMoment.READING,
        compute=_mean,
    ),
)
