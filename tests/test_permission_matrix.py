"""Every URL is asked by every role, what it answers and what it lets a browser do; a URL or a view
that nobody thought of fails here."""

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from ancrage.accounts.models import User
from ancrage.accounts.policy import declared
from ancrage.web.access import PUBLIC
from tests.addresses import addresses_of_the_site
from tests.factories.moments import NOW
from tests.headers import faults_of
from tests.matrix.world import ACTORS, Row, World, build_world

SECTIONS = sorted(
    path.stem
    for path in (Path(__file__).parent / "matrix").glob("*.py")
    if path.stem not in {"__init__", "world"}
)


def _matrix() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for section in SECTIONS:
        for name, row in import_module(f"tests.matrix.{section}").MATRIX.items():
            assert name not in rows, f"{name} stands in two sections"
            rows[name] = row
    return rows


ROWS = _matrix()


def test_every_url_stands_in_the_matrix() -> None:
    assert {name for name, _pattern in addresses_of_the_site()} == set(ROWS)


def test_every_view_names_a_permission_that_a_policy_declares() -> None:
    known = {*declared(), PUBLIC}

    unguarded = [
        name
        for name, pattern in addresses_of_the_site()
        if getattr(pattern.callback, "permission", None) not in known
    ]

    assert unguarded == []


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, written once for all the cells; each leaves it as it was.

    Its clock is that of the factories: on another day, what they wrote would be too old.
    """
    with time_machine.travel(NOW), django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_reader_gets_what_the_matrix_says(name: str, stage: World) -> None:
    row = ROWS[name]
    world = deepcopy(stage)
    url = reverse(name, kwargs=dict(row.make(world)))

    answers = {actor: _answer(row, url, world, world.readers[actor]) for actor in ACTORS}

    codes = {actor: answer.status_code for actor, answer in answers.items()}
    assert codes == dict(zip(ACTORS, row.statuses, strict=True))
    lax = {actor: faults_of(answer) for actor, answer in answers.items()}
    assert lax == {actor: [] for actor in ACTORS}
    kept = [actor for actor, answer in answers.items() if actor != "visitor" and _kept(answer)]
    assert kept == []


def _kept(answer: HttpResponse) -> bool:
    """Say whether the browser may keep the answer for whoever comes next."""
    return "no-store" not in answer.headers.get("Cache-Control", "")


def _answer(row: Row, url: str, world: World, reader: User | None) -> HttpResponse:
    """Ask `url` as `reader`, on rows that no other reader has touched."""
    cache.clear()
    client = Client()
    with transaction.atomic():
        if reader is not None:
            client.force_login(reader)
        response = (
            client.generic(row.method, url)
            if row.method != "POST"
            else client.post(url, dict(row.data(world)))
        )
        transaction.set_rollback(True)
    return response
