import pytest
from django.core.management import CommandError, call_command

from ancrage.accounts.models import User
from ancrage.accounts.services import erase_account
from ancrage.kit.models import AuditLine
from tests.factories import UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_command_opens_the_first_account() -> None:
    for _time in range(2):
        call_command("create_admin", "Premiere@exemple.test")

    user = User.objects.get()
    assert (user.email, user.is_platform_admin, user.has_usable_password()) == (
        "premiere@exemple.test",
        True,
        False,
    )
    assert list(AuditLine.objects.order_by("pk").values_list("action", flat=True)) == [
        "account.opened",
        "account.administration_given",
    ]


def test_command_raises_an_account_that_exists() -> None:
    user = UserFactory(email="ana@exemple.test")

    call_command("create_admin", "ana@exemple.test")

    user.refresh_from_db()
    assert user.is_platform_admin


def test_command_refuses_what_is_not_an_address() -> None:
    with pytest.raises(CommandError, match="valide"):
        call_command("create_admin", "ana chez exemple")

    assert not User.objects.exists()


def test_command_refuses_an_account_that_was_erased() -> None:
    user = UserFactory()
    erase_account(user=user, by=user, now=NOW)
    user.refresh_from_db()

    with pytest.raises(CommandError, match="effacé"):
        call_command("create_admin", user.email)
