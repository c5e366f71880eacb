"""Which process runs which test: one for each half of the browser's, the longest first, few trips.

xdist 3.8 reads its groups from the names of the tests, which pytest 9.2 no longer lets it write:
its « loadgroup » spreads the journeys over all processes, each loading a demo of its own. And
it sends tests one by one, counting all those already done at each of them.
"""

from collections.abc import Sequence

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

BROWSER = "tests/e2e/"
WALK = f"{BROWSER}test_every_page.py"
# A long test that comes last keeps one process busy while the others wait; and the walk, which is
# half of the browser's time, judges the demo as it was loaded, before a journey changes it.
FIRST = (
    WALK,
    BROWSER,
    "tests/test_canaries.py",
    "tests/test_demo.py",
    "tests/kit/imports/test_durability.py",
    "tests/needs/imports/test_durability.py",
    "tests/privacy/test_restore.py",
)
AT_ONCE = 20


def rank(nodeid: str) -> int:
    """Return the place of a test among those that start first, all others last."""
    places = [place for place, start in enumerate(FIRST) if nodeid.startswith(start)]
    return places[0] if places else len(FIRST)


def units(collection: Sequence[str]) -> dict[str, str]:
    """Return the unit of each test: the walk, the journeys, and the others by twenty of one file.

    Tests of one file that follow one another stay together, with the fixtures of their file.
    """
    unit_of: dict[str, str] = {}
    unit, file, size = "", "", 0
    for nodeid in collection:
        this_file = nodeid.partition("::")[0]
        if nodeid.startswith(BROWSER):
            unit_of[nodeid] = WALK if nodeid.startswith(WALK) else BROWSER
            continue
        if size == AT_ONCE or this_file != file:
            unit, file, size = nodeid, this_file, 0
        unit_of[nodeid] = unit
        size += 1
    return unit_of


class Distribution(LoadScopeScheduling):
    """Hands the units out in the order of the collection, which `rank` has sorted."""

    _unit_of: dict[str, str] | None = None

    def schedule(self) -> None:
        self.config.option.loadscopereorder = False
        super().schedule()

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        if self._unit_of is None:
            self._unit_of = units(collection)
        super().add_node_collection(node, collection)

    def _split_scope(self, nodeid: str) -> str:
        assert self._unit_of is not None
        return self._unit_of[nodeid]
