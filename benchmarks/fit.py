"""How many fits a second: conditions, reasons, score, all explained.

Each need of an invented region meets every person of its profession within 60 km or so, as a
search would hand them over. One process, one core.

    python -m benchmarks.fit
"""

import random
import statistics
import time
from collections import Counter

from ancrage.core.fit.facts import Need, Person
from ancrage.core.fit.scoring import fit, ranked
from benchmarks._territory import draw_needs, draw_people

SEED = 20261121
PEOPLE, NEEDS = 20_000, 150


def main() -> None:
    """Print the rates, and what the fits say."""
    dice = random.Random(SEED)
    needs, people = draw_needs(dice, NEEDS), draw_people(dice, PEOPLE)
    nearby = [[one for one in people if _is_near(one, need)] for need in needs]
    count = sum(map(len, nearby))
    fitting, ranking = [], []
    verdicts: Counter[str] = Counter()
    for need, able in zip(needs, nearby, strict=True):
        begun = time.perf_counter()
        fits = [fit(person, need) for person in able]
        fitted = time.perf_counter()
        order = ranked(fits)
        ranking.append(time.perf_counter() - fitted)
        fitting.append(fitted - begun)
        verdicts.update(
            "missing" if one.missing else "to check" if one.to_check else "met" for one in order
        )
    told = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(verdicts.items()))
    print(f"{count:,} fits of {NEEDS} needs ({told})")
    print(
        f"{count / sum(fitting):,.0f} fits a second; {count / sum(ranking):,.0f} ranked a second"
    )
    print(f"a need among {count // NEEDS:,} people: {statistics.median(fitting) * 1000:.0f} ms")


def _is_near(person: Person, need: Need) -> bool:
    home = person.zones[0]
    return (
        person.practices[0].profession == need.profession
        and abs(home.latitude - need.latitude) < 0.5
        and abs(home.longitude - need.longitude) < 0.7
    )


if __name__ == "__main__":
    main()
