"""What holds under every test: reference data, a stubbed-out network, and the nets of nets.py.

The order of the tests and of unordered queries is random; `-p "randomly_seed=…"` with the seed
printed at the top of a run plays it again.
"""

import random
from collections.abc import Generator, Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.template import engines
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer

from ancrage.kit.catalogues import compile_catalogues
from tests import distribution, nets

# Two cores shared with a browser: a slow draw is not a defect.
hypothesis.settings.register_profile("ancrage", deadline=None)
hypothesis.settings.load_profile("ancrage")

_dice = random.Random()  # reseeded before each test
_reference = nets.ReferenceRows()
_blockers: list[DjangoDbBlocker] = []


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations once, before the processes that share the work start."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the longest tests; the order of the others stays random."""
    items.sort(key=lambda item: distribution.rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> distribution.Distribution:
    return distribution.Distribution(config, log)


@pytest.fixture(scope="session", autouse=True)
def _nets() -> Iterator[None]:
    nets.refuse_unknown_variables(engines["django"].engine)
    with pytest.MonkeyPatch.context() as patch:
        nets.shuffle_unordered_querysets(patch, _dice)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget what the limits counted: each test comes to the doors for the first time."""
    cache.clear()


@pytest.fixture(autouse=True)
def _reproducible_order(request: pytest.FixtureRequest) -> None:
    _dice.seed(f"{request.config.getoption('randomly_seed', 0)}:{request.node.nodeid}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the reference data once: communes, professions and nomenclatures."""
    with django_db_blocker.unblock():
        if "load_reference" in get_commands():
            call_command("load_reference", verbosity=0)
        _reference.remember()
    _blockers.append(django_db_blocker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    yield
    marker = item.get_closest_marker("django_db")
    emptied = "transactional_db" in getattr(item, "fixturenames", ()) or (
        marker is not None and marker.kwargs.get("transaction")
    )
    # After the last test the database is gone: what follows would go to another.
    if emptied and _blockers and nextitem is not None:
        with _blockers[-1].unblock():
            _reference.put_back()
