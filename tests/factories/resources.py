from datetime import date

from factory import LazyAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.kit.text import fold
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from tests.factories.moments import NOW
from tests.factories.partners import PartnerFactory
from tests.factories.territory import CommuneFactory


class ResourceFactory(DjangoModelFactory[Resource]):
    """A draft by default; `published=True`, `paused=True`, `given=True`."""

    class Meta:
        model = Resource

    class Params:
        published = Trait(status=ResourceStatus.PUBLISHED, published_at=NOW, confirmed_at=NOW)
        paused = Trait(status=ResourceStatus.PAUSED, published_at=NOW, confirmed_at=NOW)
        given = Trait(status=ResourceStatus.GIVEN, published_at=NOW, confirmed_at=NOW)

    partner = SubFactory(PartnerFactory)
    commune = SubFactory(CommuneFactory)
    reference = Sequence(lambda n: f"RES-{n}")
    kind = ResourceKind.HOUSING
    title = Sequence(lambda n: f"Studio meublé {n}")
    available_from = date(2026, 12, 1)
    created_at = NOW
    updated_at = NOW
    status_since = NOW
    search = LazyAttribute(lambda resource: fold(resource.title))
