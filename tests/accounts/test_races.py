"""Two administrators at the same moment, in real processes, on both databases."""

from typing import Any

import pytest

from ancrage.accounts import services
from ancrage.accounts.models import User
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


def withdraw(barrier: Any, pk: int) -> str:
    user = User.objects.get(pk=pk)
    barrier.wait(20)
    try:
        services.withdraw_administration(user=user, by=None, now=NOW)
    except services.LastAdministrator:
        return "refused"
    return "done"


def administrators() -> int:
    return User.objects.filter(is_platform_admin=True).count()


def test_two_administrators_leaving_at_once_leave_one(tmp_path, transactional_db) -> None:
    first, second = UserFactory.create_batch(2, is_platform_admin=True)
    shared = Shared(tmp_path)
    barrier = FORK.Barrier(2)

    both = [shared.start(withdraw, barrier, one.pk) for one in (first, second)]

    assert sorted(one.result() for one in both) == ["done", "refused"]
    assert shared.call(administrators) == 1
