from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from ancrage.matching.enums import SearchFrequency, SearchKind
from ancrage.matching.models import SavedSearch
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.needs import NeedFactory


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    """Profiles for a need, told every week; `need=None, kind="needs"` for one's own needs."""

    class Meta:
        model = SavedSearch

    owner = SubFactory(UserFactory)
    kind = SearchKind.PROFILES
    need = SubFactory(NeedFactory, published=True)
    name = Sequence(lambda n: f"Recherche {n}")
    frequency = SearchFrequency.WEEKLY
    created_at = NOW
    told_at = NOW
