"""What structures share, counted as on the shelf."""

from django.utils.translation import gettext_lazy as _

from ancrage.resources.models import Resource
from ancrage.resources.queries import shared_now
from ancrage.territory.enums import MeasureCut, MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, counted, declare
from ancrage.territory.perimeters import Perimeter


def _shared(where: Perimeter, period: Period) -> Reading:
    rows = Resource.objects.filter(where.holds("commune"), partner__territory=where.territory)
    return counted(shared_now(rows, on=period.today).count())


declare(
    Measure(
        key="resources.shared",
        name=_("Ressources partagées"),
        definition=_("Ressources publiées par les structures, et encore disponibles."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.PARTNERS,
        moment=MeasureMoment.READING,
        cut=MeasureCut.PLACE,
        compute=_shared,
    ),
)
