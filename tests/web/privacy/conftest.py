from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from ancrage.privacy.models import DataSubject
from ancrage.territory.models import Territory
from tests.factories import DataSubjectFactory, TerritoryFactory, TerritoryRoleFactory
from tests.web.accounts.support import open_ana, sign_in


@pytest.fixture(autouse=True)
def _ledger(settings: Settings, tmp_path: Path) -> None:
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def territory() -> Territory:
    return TerritoryFactory(slug="pays-de-retz", name="Pays fictif")


@pytest.fixture
def ana(client: Client) -> User:
    """Somebody who has just signed in."""
    user = open_ana()
    sign_in(client, user)
    return user


@pytest.fixture
def subject(ana: User, territory: Territory) -> DataSubject:
    """Ana, followed by the territory."""
    return DataSubjectFactory(user=ana, home=f"territory:{territory.pk}")


@pytest.fixture
def coordinator(client: Client, territory: Territory) -> User:
    """The coordination of the territory, just signed in."""
    user = TerritoryRoleFactory(territory=territory, user=open_ana()).user
    sign_in(client, user)
    return user
