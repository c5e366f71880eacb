from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ancrage.accounts.services import create_token


@pytest.fixture(autouse=True)
def _no_count_left_over():
    cache.clear()


@pytest.fixture
def as_program():
    """A client that signs in as a program of `user` does."""

    def sign_in(user):
        now = timezone.now()
        secret = create_token(
            user=user, name="Logiciel RH", expires_at=now + timedelta(days=1), by=user, now=now
        )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return sign_in
