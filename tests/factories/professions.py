from factory import LazyAttribute, Sequence
from factory.django import DjangoModelFactory

from ancrage.kit.text import fold
from ancrage.professions.enums import Family, Registration
from ancrage.professions.models import Profession, Specialty


class ProfessionFactory(DjangoModelFactory[Profession]):
    """An invented profession; `ProfessionFactory(code="nurse")` fetches a real one if loaded."""

    class Meta:
        model = Profession
        django_get_or_create = ("code",)

    code = Sequence(lambda n: f"profession-{n}")
    label_fr = Sequence(lambda n: f"Métier {n}")
    plural_fr = LazyAttribute(lambda profession: f"{profession.label_fr}s")
    label_en = Sequence(lambda n: f"Profession {n}")
    plural_en = LazyAttribute(lambda profession: f"{profession.label_en}s")
    family = Family.NURSING
    rank = Sequence(lambda n: 1000 + n)
    registration = Registration.NONE
    search = LazyAttribute(lambda profession: fold(profession.label_fr))


class SpecialtyFactory(DjangoModelFactory[Specialty]):
    class Meta:
        model = Specialty
        django_get_or_create = ("code",)

    code = Sequence(lambda n: f"XX{n}")
    label_fr = Sequence(lambda n: f"Spécialité {n}")
    search = LazyAttribute(lambda specialty: fold(specialty.label_fr))
