from datetime import date

from factory import SubFactory
from factory.django import DjangoModelFactory

from ancrage.resources.enums import ResourceKind
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import Availability, LifeProject, WelcomeRequest, WelcomeTerms
from tests.factories.moments import NOW
from tests.factories.partners import PartnerFactory
from tests.factories.privacy import DataSubjectFactory
from tests.factories.resources import ResourceFactory
from tests.factories.territory import CommuneFactory


class WelcomeTermsFactory(DjangoModelFactory[WelcomeTerms]):
    """The terms of a furnished room that is shared today."""

    class Meta:
        model = WelcomeTerms

    resource = SubFactory(ResourceFactory, published=True, kind=ResourceKind.HOUSING)
    kind = WelcomeKind.HOUSING
    themes = ["logement-hebergement--louer-un-logement"]
    price_cents = 32_000
    holds = 1
    updated_at = NOW


class AvailabilityFactory(DjangoModelFactory[Availability]):
    """From May to October."""

    class Meta:
        model = Availability

    starts_on = date(2027, 5, 1)
    ends_on = date(2027, 10, 31)


class LifeProjectFactory(DjangoModelFactory[LifeProject]):
    """Somebody who comes alone for the summer."""

    class Meta:
        model = LifeProject

    subject = SubFactory(DataSubjectFactory)
    arrives_on = date(2027, 5, 3)
    leaves_on = date(2027, 10, 29)
    workplace = SubFactory(CommuneFactory)
    max_minutes = 30
    max_price_cents = 35_000
    created_at = NOW
    updated_at = NOW


class WelcomeRequestFactory(DjangoModelFactory[WelcomeRequest]):
    """A request that waits for its partner."""

    class Meta:
        model = WelcomeRequest

    project = SubFactory(LifeProjectFactory)
    partner = SubFactory(PartnerFactory)
    kind = WelcomeKind.HOUSING
    starts_on = date(2027, 5, 3)
    ends_on = date(2027, 10, 29)
    sent_at = NOW
