"""How many fits a second: conditions, reasons, score, all explained.

Each need of an invented region meets every person of its profession within 60 km or so, as a
search would hand them over. One process, one core.

    python -m benchmarks.fit
"""

import random
import statistics
import time
from collections import Counter

from ancrage.core.fit.scoring import fit, ranked
from benchmarks._territory import draw_needs, draw_people

SEED = 20261121
PEOPLE, NEEDS = 20_000, 150


def main() -> None:
    """Print the rate, and what the fits say."""
    dice = random.Random(SEED)
    needs, people = draw_needs(dice, NEEDS), draw_people(dice, PEOPLE)
    pairs = [
        (person, need)
        for need in needs
        for person in people
        if person.practices[0].profession == need.profession
        and abs(person.zones[0].latitude - need.latitude) < 0.5
        and abs(person.zones[0].longitude - need.longitude) < 0.7
    ]
    times = []
    for _turn in range(3):
        begun = time.perf_counter()
        fits = [fit(person, need) for person, need in pairs]
        times.append(time.perf_counter() - begun)
    seconds = statistics.median(times)
    begun = time.perf_counter()
    order = ranked(fits)
    sorting = time.perf_counter() - begun
    verdicts = Counter(
        "missing" if one.missing else "to check" if one.to_check else "met" for one in order
    )
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(verdicts.items()))
    print(f"{len(pairs):,} fits: {seconds:.2f} s, {len(pairs) / seconds:,.0f} a second ({told})")
    print(f"ranked in {sorting:.2f} s")


if __name__ == "__main__":
    main()
