from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from ancrage.candidates.models import ContactRequest
from tests.factories.moments import NOW
from tests.factories.territory import TerritoryFactory


class ContactRequestFactory(DjangoModelFactory[ContactRequest]):
    class Meta:
        model = ContactRequest

    territory = SubFactory(TerritoryFactory)
    name = Sequence(lambda n: f"Personne fictive {n}")
    email = Sequence(lambda n: f"contact{n}@exemple.test")
    notice_version = "2026-11"
    created_at = NOW
