from factory import LazyAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from ancrage.kit.text import words
from ancrage.territory.enums import Office
from ancrage.territory.models import Commune, Department, Epci, Territory, TerritoryRole
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW


def _in_letters(number: int) -> str:
    return "".join("abcdefghij"[int(figure)] for figure in str(number)).capitalize()


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = "44"
    name = "Loire-Atlantique"
    region_code = "52"


class EpciFactory(DjangoModelFactory[Epci]):
    class Meta:
        model = Epci
        django_get_or_create = ("siren",)

    siren = "200067346"
    name = "CA Pornic Agglo Pays de Retz"


class CommuneFactory(DjangoModelFactory[Commune]):
    class Meta:
        model = Commune
        django_get_or_create = ("insee",)

    # Codes that no commune bears: the reference data hold the real ones.
    insee = Sequence(lambda n: f"44{300 + n % 700}")
    # Letters only: in a search, figures are a postcode.
    name = Sequence(lambda n: f"Commune-{_in_letters(n)}-sur-Mer")
    search_name = LazyAttribute(lambda commune: " ".join(words(commune.name)))
    department = SubFactory(DepartmentFactory)
    epci = SubFactory(EpciFactory)
    population = 3000
    latitude = Sequence(lambda n: round(47.0 + (n % 40) / 200, 4))
    longitude = Sequence(lambda n: round(-2.1 + (n % 7) / 20, 4))


class TerritoryFactory(DjangoModelFactory[Territory]):
    """A territory; `communes=[…]` names its communes."""

    class Meta:
        model = Territory
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = Sequence(lambda n: f"territoire-{n}")
    name = Sequence(lambda n: f"Territoire {n}")
    short_name = LazyAttribute(lambda territory: territory.name)

    @post_generation
    def communes(self, create: bool, extracted: list[Commune] | None) -> None:
        if create and extracted:
            self.communes.set(extracted)


class TerritoryRoleFactory(DjangoModelFactory[TerritoryRole]):
    class Meta:
        model = TerritoryRole

    class Params:
        institution = Trait(office=Office.INSTITUTION, organisation="ARS (fictive)")

    user = SubFactory(UserFactory)
    territory = SubFactory(TerritoryFactory)
    office = Office.COORDINATOR
    since = NOW
