from datetime import date

from factory import LazyAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidMove, AidRequest, Scheme
from tests.factories.moments import NOW
from tests.factories.partners import PartnerFactory
from tests.factories.privacy import DataSubjectFactory
from tests.factories.territory import TerritoryFactory


class AidRequestFactory(DjangoModelFactory[AidRequest]):
    """An aid asked for by nobody in particular; `of_structure=True` for a structure's."""

    class Meta:
        model = AidRequest

    class Params:
        of_structure = Trait(
            subject=None,
            partner=SubFactory(PartnerFactory),
            territory=LazyAttribute(lambda request: request.partner.territory),
            scheme=LazyAttribute(lambda request: Scheme.objects.get(code="exoneration-frr")),
        )

    scheme = LazyAttribute(lambda request: Scheme.objects.get(code="visale-30-ans"))
    territory = SubFactory(TerritoryFactory)
    subject = LazyAttribute(
        lambda request: DataSubjectFactory(home=f"territory:{request.territory.pk}")
    )
    state = AidState.ASKED
    asked_on = date(2026, 9, 7)
    state_on = date(2026, 9, 7)
    note = "Dossier envoyé par courrier"
    created_at = NOW


class AidMoveFactory(DjangoModelFactory[AidMove]):
    """The first move of a request."""

    class Meta:
        model = AidMove

    request = SubFactory(AidRequestFactory)
    after = AidState.ASKED
    on = date(2026, 9, 7)
    at = NOW
