"""What the structures of a territory can be measured by, as the directory and the charter do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.partners.models import Partner
from ancrage.partners.queries import DirectoryFilter, current_charter, directory, signature_book
from ancrage.territory.enums import MeasureCut, MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, counted, declare, nothing, share
from ancrage.territory.perimeters import Perimeter


def _members(where: Perimeter, _period: Period) -> Reading:
    rows = Partner.objects.filter(where.holds("commune"), territory=where.territory)
    present = directory(rows, DirectoryFilter())
    return counted(present.count())


def _charter_signed(where: Perimeter, _period: Period) -> Reading:
    charter = current_charter(where.territory)
    if charter is None:
        return nothing(gettext("Aucune charte n’est en vigueur."))
    book = signature_book(charter)
    return share(len(book.signed), book.expected, none=gettext("Aucune structure n’est membre."))


declare(
    Measure(
        key="partners.members",
        name=_("Structures membres"),
        definition=_("Structures présentes dans l’annuaire du territoire."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.PARTNERS,
        moment=MeasureMoment.READING,
        cut=MeasureCut.PLACE,
        compute=_members,
    ),
    Measure(
        key="partners.charter_signed",
        name=_("Charte signée"),
        definition=_("Part des structures membres qui ont signé la version en vigueur."),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.PARTNERS,
        moment=MeasureMoment.READING,
        compute=_charter_signed,
    ),
)
