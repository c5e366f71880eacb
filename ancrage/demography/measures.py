"""What the official access of a territory says, as the page of its communes does."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.model import TerritoryModel, Under, access_of, territory_model
from ancrage.territory.enums import MeasureCut, MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, declare, nothing
from ancrage.territory.models import Commune
from ancrage.territory.perimeters import Perimeter


def _access(where: Perimeter, period: Period) -> tuple[float | None, Under | None, str]:
    model = period.ever(
        ("demography.model", where.territory.pk),
        lambda: territory_model(territory=where.territory, care=Care.GP),
    )
    if where.is_whole:
        return (*access_of(model), _vintage(model))
    codes = period.ever(
        ("demography.codes", where.key),
        lambda: frozenset(
            Commune.objects.filter(pk__in=where.communes).values_list("insee", flat=True)
        ),
    )
    return (*access_of(model, codes), _vintage(model))


def _vintage(model: TerritoryModel) -> str:
    """The year that the published access is of: « APL 2015 »."""
    years = sorted({one.year for one in model.used if one.dataset == Dataset.ACCESS})
    return gettext("APL %(years)s") % {"years": ", ".join(map(str, years))} if years else ""


def _under(where: Perimeter, period: Period) -> Reading:
    _mean_of, under, vintage = _access(where, period)
    if under is None:
        return nothing(gettext("L’accessibilité publiée n’est pas chargée."))
    return Reading(Decimal(round(100 * under.share)), vintage=vintage)


def _mean(where: Perimeter, period: Period) -> Reading:
    mean, _under_of, vintage = _access(where, period)
    if mean is None:
        return nothing(gettext("L’accessibilité publiée n’est pas chargée."))
    return Reading(Decimal(str(round(mean, 1))), vintage=vintage)


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
        cut=MeasureCut.PLACE,
        compute=_under,
    ),
    Measure(
        key="demography.apl",
        name=_(
            "Accessibilité moyenne aux médecins généralistes, en consultations par an et par "
            "habitant"
        ),
        definition=_(
            "Consultations accessibles par habitant et par an, en moyenne sur le territoire, "
            "publiées par la DREES."
        ),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.DEMOGRAPHY,
        moment=MeasureMoment.READING,
        cut=MeasureCut.PLACE,
        compute=_mean,
    ),
)
