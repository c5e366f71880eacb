"""A retention curve with late entries, beside lifelines.

The stays are drawn; both read the same ones, and must agree to 1e-12 at every step.

    python -m benchmarks.retention
"""

import random
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

from ancrage.core.survival.retention import Curve, Stay, retention_curve

SEED = 20261121
SIZES = (200, 20_000)


def main() -> None:
    """Print the times of both, and how far apart they are."""
    known = find_spec("lifelines") is not None
    if not known:
        print("lifelines is not installed (./run bench installs it)")
    for size in SIZES:
        dice = random.Random(SEED)
        stays = [_stay(dice) for _person in range(size)]
        ours, curve = _timed(lambda stays=stays: retention_curve(stays))
        print(f"{size:,} stays, {len(curve.steps):,} steps")
        print(f"{'Ancrage':24}{ours * 1000:>9.2f} ms")
        if known:
            theirs, apart = _lifelines(stays, curve)
            assert apart < 1e-12
            print(
                f"{'lifelines':24}{theirs * 1000:>9.2f} ms  ×{theirs / ours:,.1f}"
                f"  largest difference {apart:.0e}"
            )


def _stay(dice: random.Random) -> Stay:
    entered = dice.choice((0, 0, 0, 30, 180, 365))
    length, followed = 1 + int(dice.expovariate(1 / 500)), dice.choice((90, 180, 365, 730))
    return Stay(entered + min(length, followed), length <= followed, entered)


def _timed(compute: Callable[[], Curve]) -> tuple[float, Curve]:
    times = []
    for _turn in range(5):
        begun = time.perf_counter()
        curve = compute()
        times.append(time.perf_counter() - begun)
    return statistics.median(times), curve


def _lifelines(stays: list[Stay], curve: Curve) -> tuple[float, float]:
    from lifelines import KaplanMeierFitter  # noqa: PLC0415 -- installed for the measures only

    until = [stay.until for stay in stays]
    departed = [stay.departed for stay in stays]
    entered = [stay.entered for stay in stays]
    times = []
    for _turn in range(5):
        begun = time.perf_counter()
        fitted = KaplanMeierFitter().fit(until, departed, entry=entered)
        times.append(time.perf_counter() - begun)
    rows = zip(
        curve.steps,
        fitted.survival_function_.to_numpy()[:, 0],
        fitted.confidence_interval_.to_numpy(),
        strict=True,
    )
    apart = max(
        max(abs(step.survival - share), abs(step.low - low), abs(step.high - high))
        for step, share, (low, high) in rows
        if step.low is not None
    )
    return statistics.median(times), apart


if __name__ == "__main__":
    main()
