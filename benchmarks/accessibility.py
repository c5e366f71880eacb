"""Accessibility over a country: beside PySAL `access`, what-if, siting, closeness to the official.

An invented country of 35,000 communes and 60,000 doctors; where the file of the published
accessibility of 2015 lies in `../shared`, the real one beside it, and how close we come to it.

Bars: end to end 20 times quicker than `access`, a scenario 200 times, equal to 1e-12; tables of
64 MiB at most; a change under 5 ms (95 %); greedy siting under a second for the country, exact
for a region and 20 posts under 5 s with a gap of 0; Spearman 0.60 by commune and 0.80 by EPCI,
r 0.85 by department.

    python -m benchmarks.accessibility
"""

import csv
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import pearsonr, spearmanr

from ancrage.core.accessibility.parameters import NEAR_2015, THIRDS
from ancrage.core.accessibility.potential import (
    Catchments,
    Change,
    Potential,
    accesses,
    arrivals,
    potential,
)
from ancrage.core.accessibility.siting.lack import by_deficit
from ancrage.core.accessibility.siting.values import Request, Search
from ancrage.core.accessibility.travel import CrowFly, Floats, Pairs, crow_fly

PUBLISHED = Path(__file__).parents[2] / "shared/data/demography/communes_apl_2015.csv"
COMMUNES, TURNS, CHANGES, SEED = 35_000, 5, 300, 20261122
OLD, YOUNG = 2.23, 0.88  # the weights by age of 2012, on both sides of 75
ILE_DE_FRANCE = ("75", "77", "78", "91", "92", "93", "94", "95")
REGION = ("14", "27", "50", "61", "76")


@dataclass(frozen=True)
class Country:
    """Where people live, and where the doctors are."""

    latitudes: Floats
    longitudes: Floats
    people: Floats
    doctors: Floats


def main() -> None:
    """Print the figures of an invented country, then of the real one."""
    rng = np.random.default_rng(SEED)
    # Towns, and villages around them.
    towns = rng.uniform((43.0, -1.5), (50.0, 7.5), (600, 2))
    around = towns[rng.integers(0, len(towns), COMMUNES)]
    points = np.where(
        rng.random((COMMUNES, 1)) < 0.4,
        around + rng.normal(0, 0.12, (COMMUNES, 2)),
        rng.uniform((43.0, -1.5), (50.0, 7.5), (COMMUNES, 2)),
    )
    people = np.floor(rng.pareto(1.2, COMMUNES) * 350) + 30
    doctors = rng.multinomial(60_000, people / people.sum()).astype(float)
    invented = Country(points[:, 0], points[:, 1], people, doctors)
    print(f"Invented country: {COMMUNES:,} communes, 60,000 doctors")
    _beside(invented)
    _scenarios(_state(invented), range(300, 1_800))
    if not PUBLISHED.exists():
        return
    rows = list(csv.DictReader(PUBLISHED.open(encoding="utf-8")))
    real = Country(
        _column(rows, "lat"),
        _column(rows, "lon"),
        np.nan_to_num(_column(rows, "population")),
        np.nan_to_num(_column(rows, "medecins_generalistes")),
    )
    print(f"France: {len(rows):,} communes, {real.doctors.sum():,.0f} doctors")
    _beside(real)
    region = [rank for rank, row in enumerate(rows) if row["dep"] in REGION]
    _scenarios(_state(real), region)
    _closeness(rows, real)


def _column(rows: list[dict[str, str]], name: str) -> Floats:
    return np.array([float(row[name]) if row[name] not in ("", "NA") else np.nan for row in rows])


def _best(call: Callable[[], Any], turns: int = TURNS) -> tuple[Any, float]:
    times = []
    for _turn in range(turns):
        begun = time.perf_counter()
        result = call()
        times.append(time.perf_counter() - begun)
    return result, statistics.median(times)


def _state(country: Country) -> Potential:
    pairs = crow_fly(
        country.latitudes, country.longitudes, most=20, people=country.people, roads=CrowFly()
    )
    return potential(
        Catchments(pairs, NEAR_2015.decay), country.people, NEAR_2015.post * country.doctors
    )


def _beside(country: Country) -> None:
    """The same pairs and the same weights, from tables to result, then one more scenario."""
    pairs, search = _best(lambda: crow_fly(country.latitudes, country.longitudes, most=20), 3)

    def from_tables() -> Potential:
        return potential(Catchments(pairs, THIRDS.decay), country.people, country.doctors)

    state, whole = _best(from_tables)
    _again, scenario = _best(
        lambda: potential(state.catchments, country.people, country.doctors), 20
    )
    size = state.catchments.memory / 2**20
    print(f"  {len(pairs.minutes):,} pairs found in {search * 1e3:.0f} ms, kept in {size:.0f} MiB")
    print(f"  Ancrage: {whole * 1e3:.0f} ms end to end, {scenario * 1e3:.1f} ms a scenario")
    if not find_spec("access"):
        print("  access: not installed")
        return
    found, seconds = _best(lambda: by_access(country, pairs), 2)
    known = ~np.isnan(found)
    # What it leaves blank reaches nothing: our 0.
    assert not np.any(state.access[~known])
    apart = np.abs(state.access[known] - found[known]) / np.maximum(found[known], 1e-300)
    print(
        f"  access: {seconds * 1e3:,.0f} ms, ×{seconds / whole:.0f} end to end,"
        f" ×{seconds / scenario:.0f} a scenario; apart by {apart.max():.1e} at most"
    )
    assert apart.max() <= 1e-12


def by_access(country: Country, pairs: Pairs) -> Floats:
    """Return what the peer finds, NaN where it finds nothing."""
    import pandas as pd  # noqa: PLC0415 -- the peers are installed for the measures only
    from access import Access, weights  # noqa: PLC0415

    places = np.arange(pairs.places)
    peer = Access(
        demand_df=pd.DataFrame({"id": places, "people": country.people}),
        demand_index="id",
        demand_value="people",
        supply_df=pd.DataFrame({"id": places, "doctors": country.doctors}),
        supply_index="id",
        supply_value="doctors",
        cost_df=pd.DataFrame(
            {"origin": pairs.origins, "dest": pairs.destinations, "cost": pairs.minutes}
        ),
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    bounds, levels = THIRDS.decay.bounds, THIRDS.decay.levels
    step = weights.step_fn(dict(zip(bounds, levels, strict=True)))
    result = peer.enhanced_two_stage_fca(name="found", weight_fn=step, max_cost=bounds[-1])
    column: Floats = result["found_doctors"].reindex(places).to_numpy()
    return column


def _scenarios(state: Potential, region: Any) -> None:
    rng = np.random.default_rng(SEED)
    exact, shown = [], []
    for rank, place in enumerate(rng.integers(0, state.catchments.places, CHANGES)):
        leaves = rank % 2 and state.supply[place] >= NEAR_2015.post
        change = Change(int(place), supply=-NEAR_2015.post if leaves else NEAR_2015.post)
        begun = time.perf_counter()
        moved = state.changed([change])
        exact.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        state.preview(change.place, change.supply)
        shown.append(time.perf_counter() - begun)
        if rank % 30 == 0:
            full = potential(state.catchments, state.people, moved.after.supply)
            assert np.array_equal(full.access, moved.after.access)
    exact.sort()
    block, many = _best(lambda: accesses(state, np.repeat(state.supply[:, None], 64, axis=1)), 3)
    assert np.array_equal(block[:, 0], state.access)
    _found, ranked = _best(lambda: arrivals(state, NEAR_2015.post, 2.5), 3)
    print(
        f"  a change: {exact[CHANGES // 2] * 1e3:.2f} ms, 95 % under"
        f" {exact[int(CHANGES * 0.95)] * 1e3:.2f} ms, bit for bit a full run;"
        f" shown in {statistics.median(shown) * 1e6:.0f} µs"
    )
    print(
        f"  64 scenarios at once: {many * 1e3:.0f} ms;"
        f" one arrival in every commune: {ranked * 1e3:.0f} ms"
    )
    everywhere = tuple(range(state.catchments.places))
    for name, places, posts, search in (
        ("country", everywhere, 100, Search.GREEDY),
        ("region", tuple(region), 20, Search.BOUND),
        ("region", tuple(region), 20, Search.EXACT),
    ):
        request = Request(places, places, posts, NEAR_2015.post, most=posts)
        begun = time.perf_counter()
        found = by_deficit(state, request, 2.5, search=search)
        seconds = time.perf_counter() - begun
        gap = "not looked for" if found.gap is None else f"{found.gap:.2%}"
        print(
            f"  {posts} posts over a {name} of {len(places):,} communes, {search.value}:"
            f" {seconds:.2f} s, {1 - found.value / found.before:.1%} of what lacks, gap {gap}"
        )


def _closeness(rows: list[dict[str, str]], real: Country) -> None:
    """How close we come to the published accessibility, without road minutes nor activity."""
    old = _column(rows, "part_75_plus")
    old = np.where(np.isnan(old), np.nanmean(old), old) / 100
    weighted = real.people * ((1 - old) * YOUNG + old * OLD)
    weighted *= real.people.sum() / weighted.sum()
    pairs = crow_fly(real.latitudes, real.longitudes, most=20, people=real.people, roads=CrowFly())
    ours = potential(Catchments(pairs, NEAR_2015.decay), weighted, real.doctors).access
    published = _column(rows, "apl_mg_2015")
    # Paris has no count of doctors, and merged communes hold sums.
    kept = np.array(
        [row["fusion_2015_2018"] != "1" and row["dep"] not in ILE_DE_FRANCE for row in rows]
    )
    kept &= ~np.isnan(published) & (real.people > 0)

    def by(name: str) -> tuple[Floats, Floats]:
        keys = np.array([row[name] for row in rows])[kept]
        _names, ranks = np.unique(keys, return_inverse=True)
        total = np.bincount(ranks, weighted[kept])
        return tuple(
            np.bincount(ranks, weighted[kept] * one[kept]) / total for one in (ours, published)
        )

    communes = spearmanr(ours[kept], published[kept]).statistic
    print(
        f"  beside the published figures of 2015: {kept.sum():,} communes, Spearman"
        f" {communes:.3f}; by EPCI {spearmanr(*by('epci_2025')).statistic:.3f};"
        f" by department r {pearsonr(*by('dep')).statistic:.3f}"
    )


if __name__ == "__main__":
    main()
