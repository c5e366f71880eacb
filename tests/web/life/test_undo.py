"""The bar that undoes, on the pages of every kind of row."""

import pytest

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import moves
from ancrage.kit.life.states import State
from ancrage.needs.services.life import LIFE as NEEDS
from ancrage.resources.services.life import LIFE as RESOURCES
from tests.factories import MembershipFactory, NeedFactory, ResourceFactory
from tests.factories.moments import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        ("life", "factory", "url", "name"),
        [
            pytest.param(NEEDS, NeedFactory, "/besoins/", "needs", id="needs"),
            pytest.param(RESOURCES, ResourceFactory, "/ressources/", "resources", id="resources"),
        ],
    ),
]


@pytest.fixture(autouse=True)
def signed_in(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership


def moved(life, row, *states):
    for state in states:
        moves.move(life, row, state, state.value, by=None, now=NOW, source=ChangeSource.PAGE)
    return row


def test_pressed_twice_it_takes_back_one_change(client, signed_in, life, factory, url, name):
    row = moved(life, factory(partner=signed_in.partner), State.PUBLISHED, State.PAUSED)
    bar = {name: f"{row.pk}:{row.revision}"}

    for _press in range(2):
        assert client.post(f"{url}annuler/", bar).url == f"{url}{row.pk}/"

    assert life.rows.get().status == State.PUBLISHED


def test_it_takes_back_a_batch(client, signed_in, life, factory, url, name):
    rows = [moved(life, factory(partner=signed_in.partner), State.PUBLISHED) for _one in range(2)]
    bar = {name: ",".join(f"{row.pk}:{row.revision}" for row in rows)}

    assert client.post(f"{url}annuler/", bar).url == url

    assert set(life.rows.values_list("status", flat=True)) == {State.DRAFT}


@pytest.mark.parametrize("text", ["", "boat", "1", "1:boat", "9" * 20 + ":1", "1:1"])
def test_it_names_nothing(client, life, factory, url, name, text):
    assert client.post(f"{url}annuler/", {name: text}).status_code == 404
