from factory import Faker, LazyAttribute, PostGenerationMethodCall, Sequence
from factory.django import DjangoModelFactory

from ancrage.accounts.models import User, search_name_of
from tests.factories.moments import NOW

PASSWORD = "une phrase de passe longue"


class UserFactory(DjangoModelFactory[User]):
    """Somebody with an account and no role; the password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"personne{n}@exemple.test")
    first_name = Faker("first_name", locale="fr_FR")
    last_name = Faker("last_name", locale="fr_FR")
    search_name = LazyAttribute(lambda user: search_name_of(user.first_name, user.last_name))
    created_at = NOW
    password = PostGenerationMethodCall("set_password", PASSWORD)

    @classmethod
    def _after_postgeneration(cls, instance: User, create: bool, results: object = None) -> None:
        if create:
            instance.save(update_fields=["password"])
