"""The safety nets hold: each is shown a fall."""

import random
import socket
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import Context, Engine, Template
from pytest_socket import SocketConnectBlockedError

from ancrage.accounts.models import User
from ancrage.professions.models import Profession
from tests import nets
from tests.factories import ProfessionFactory, UserFactory


def test_template_with_an_unknown_variable_fails():
    with pytest.raises(nets.UnknownVariable, match="« missing » is not in the context"):
        Template("{{ missing }}").render(Context())


def test_template_may_test_whether_a_variable_is_there():
    assert Template("{% if missing %}oui{% else %}non{% endif %}").render(Context()) == "non"


def test_template_of_another_package_may_print_an_unknown_variable(tmp_path: Path):
    (tmp_path / "theirs.html").write_text("[{{ missing }}]")
    engine = Engine(dirs=[str(tmp_path)])
    nets.refuse_unknown_variables(engine)

    assert engine.get_template("theirs.html").render(Context()) == "[]"


@pytest.mark.django_db
def test_rows_of_an_unordered_query_come_in_any_order():
    users = UserFactory.create_batch(6)

    seen = {tuple(user.pk for user in User.objects.filter(pk__gt=0)) for _ in range(20)}
    iterated = {tuple(user.pk for user in User.objects.iterator()) for _ in range(20)}

    assert len(seen) > 1
    assert len(iterated) > 1
    assert {tuple(sorted(order)) for order in seen | iterated} == {tuple(u.pk for u in users)}


@pytest.mark.django_db
def test_rows_of_an_ordered_query_keep_their_order():
    users = UserFactory.create_batch(6)

    assert [list(User.objects.order_by("pk")) for _ in range(5)] == [users] * 5


@pytest.mark.django_db
def test_rows_drawn_from_the_same_seed_come_in_the_same_order():
    UserFactory.create_batch(6)

    def drawn() -> list[int]:
        with pytest.MonkeyPatch.context() as patch:
            nets.shuffle_unordered_querysets(patch, random.Random(7))
            return list(User.objects.values_list("pk", flat=True).order_by())

    with pytest.MonkeyPatch.context() as patch:
        # Without the outer net, which draws from the dice of the run.
        patch.setattr("tests.conftest._dice.shuffle", lambda rows: None)
        assert drawn() == drawn()


@pytest.mark.django_db
def test_slice_of_an_unordered_query_fails():
    UserFactory.create_batch(2)

    with pytest.raises(nets.UnorderedSlice):
        list(User.objects.all()[:1])
    with pytest.raises(nets.UnorderedSlice):
        User.objects.all()[0]


@pytest.mark.django_db
def test_get_and_first_need_no_order():
    first, _second = UserFactory.create_batch(2)

    assert User.objects.get(pk=first.pk) == first
    assert User.objects.first() == first


@pytest.mark.django_db(transaction=True)
def test_rows_are_put_back_after_the_tables_are_emptied():
    UserFactory.create_batch(2)
    rows = nets.ReferenceRows()
    rows.remember()
    users, professions = (list(m.objects.order_by("pk")) for m in (User, Profession))
    call_command("flush", interactive=False, verbosity=0)
    assert not User.objects.exists()

    rows.put_back()
    rows.put_back()

    assert list(User.objects.order_by("pk")) == users
    assert list(Profession.objects.order_by("pk")) == professions
    assert ProfessionFactory() not in professions


def test_network_is_out_of_reach():
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
