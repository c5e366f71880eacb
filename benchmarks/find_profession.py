"""Which profession does a text mean? Ours beside the closest match of the standard library.

What people use instead is `difflib.get_close_matches` on folded text. It gets two chances: with
the labels of the professions only, and with every writing that we know. Each reads the same
labelled spellings in the same run; a spelling marked « ? » or « - » must not be given a
profession. Then both read 20,000 cells drawn from them, as a large file would hold.

    python -m benchmarks.find_profession
"""

import csv
import difflib
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

SPELLINGS = Path(__file__).parents[1] / "tests" / "professions"
CELLS = 20_000
# `get_close_matches` takes about a millisecond a writing: a sample is enough to time it.
SAMPLE = 60
SEED = 20261116

Reader = Callable[[str], str]


def main() -> None:
    """Print accuracy and time of the three readers."""
    ours, fresh, labels, writings = _readers()
    rows = [*_labelled("spellings.csv"), *_labelled("spellings_held_out.csv")]
    readers = {
        "Ancrage": ours,
        "difflib, labels": _closest(labels),
        "difflib, same writings": _closest(writings),
    }
    print(f"{len(rows)} labelled spellings, {len(labels)} labels, {len(writings)} writings")
    print(f"{'':24}{'right':>8}{'to check':>10}{'missed':>8}{'wrong':>8}{'ms/text':>10}")
    for name, read in readers.items():
        begun = time.perf_counter()
        verdicts = Counter(_verdict(read(row["text"]), row["expected"]) for row in rows)
        each = (time.perf_counter() - begun) / len(rows) * 1000
        print(
            f"{name:24}{verdicts['right']:>8}{verdicts['to check']:>10}{verdicts['missed']:>8}"
            f"{verdicts['wrong']:>8}{each:>10.3f}"
        )

    dice = random.Random(SEED)
    cells = dice.choices([row["text"] for row in rows], k=CELLS)
    print(f"\n{CELLS} cells, the same spellings again and again")
    reference = None
    for name, read, cells_read in (
        ("Ancrage", ours, CELLS),
        ("Ancrage, never warm", fresh, CELLS // 10),
        ("difflib, same writings", readers["difflib, same writings"], SAMPLE),
    ):
        times = [_seconds(read, cells[:cells_read]) / cells_read for _turn in range(3)]
        seconds = statistics.median(times) * CELLS
        reference = reference or seconds
        print(f"{name:24}{seconds:>10.2f} s  ×{seconds / reference:,.0f}")


def _readers() -> tuple[Reader, Reader, Mapping[str, str], Mapping[str, str]]:
    """Load the reference in a database in memory and prepare the readers over it."""
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings.test")
    import django  # noqa: PLC0415 -- the database must be chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    from ancrage.kit.text import fold  # noqa: PLC0415 -- after setup
    from ancrage.professions.models import Profession, ProfessionAlias  # noqa: PLC0415
    from ancrage.professions.queries import profession_reader  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    reader = profession_reader()
    labels: dict[str, str] = {}
    for profession in Profession.objects.order_by("rank"):
        for label in (profession.label_fr, profession.plural_fr):
            labels.setdefault(fold(label), profession.code)
    writings = dict(labels)
    for alias in ProfessionAlias.objects.filter(is_certain=True).select_related("profession"):
        writings.setdefault(alias.folded, alias.profession.code)

    def ours(text: str) -> str:
        match = reader.find(text)
        if match.profession is not None:
            return match.profession.code
        return "?" if match.suggestions else "-"

    numbers = count()

    def fresh(text: str) -> str:
        # A number means nothing, but makes a text that was never read.
        return ours(f"{text} {next(numbers)}")

    return ours, fresh, labels, writings


def _closest(known: Mapping[str, str]) -> Reader:
    from ancrage.kit.text import fold  # noqa: PLC0415 -- after setup

    texts = list(known)

    def read(text: str) -> str:
        found = difflib.get_close_matches(fold(text), texts, n=1)
        return known[found[0]] if found else "-"

    return read


def _verdict(answer: str, expected: str) -> str:
    if answer == expected:
        return "right"
    if answer == "?":
        return "to check"
    return "missed" if answer == "-" else "wrong"


def _seconds(read: Reader, texts: list[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - begun


def _labelled(name: str) -> list[dict[str, str]]:
    with (SPELLINGS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


if __name__ == "__main__":
    main()
