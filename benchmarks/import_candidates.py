"""People imported from a spreadsheet of a coordination, and the memory it takes.

Bars: 200 lines tried and applied in under 2 s; 20,000 lines in under 30 s, with a memory that
does not grow with the lines. Each size runs in a process of its own, on SQLite in a file, with
the real kind: professions read, telephones, communes and remarks checked, each person compared
with those known and with the other lines.

    python -m benchmarks.import_candidates
"""

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.imports import MEGABYTE, _rss

SIZES = (200, 2_000, 20_000)
BARS = {200: 2.0, 20_000: 30.0}
SEED = 20261116
NOW = dt.datetime(2026, 11, 16, 9, 30, tzinfo=dt.UTC)
HEADER = (
    "Nom", "Prénom", "Mail", "Portable", "Commune", "Métier", "Disponibilité", "Contrat",
    "Quotité", "Rayon", "Observations",
)  # fmt: skip


def main() -> None:
    """Print time and memory by number of lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    size = parser.parse_known_args()[0].measure
    if size:
        print(json.dumps(_measure(size)))
        return
    print("People: dry run, then all entered, to be told (XLSX, SQLite)")
    print(f"{'lines':>10}{'dry run':>11}{'apply':>10}{'both':>10}{'bar':>7}{'RSS +':>11}")
    for size in SIZES:
        figures = _in_process(size)
        both = figures["staged"] + figures["applied"]
        bar = f"{BARS[size]:.0f} s" if size in BARS else ""
        print(
            f"{size:>10,}{figures['staged']:>9.2f} s{figures['applied']:>8.2f} s{both:>8.2f} s"
            f"{bar:>7}{figures['rss'] / MEGABYTE:>8.1f} MB"
        )


def _in_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.import_candidates", "--measure", str(size)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def _lines(size: int, places: list[str]) -> Iterator[list[Any]]:
    dice = random.Random(SEED)
    professions = ("IDE", "Aide soignante", "ASH", "Kiné", "Médecin gériatre", "AS de nuit")
    notes = ("Rencontré au salon", "permis B", "préfère la nuit", "rappeler en janvier", "")
    first_day = dt.date(2026, 12, 1)
    for number in range(1, size + 1):
        name = "".join("bcdfghjklm"[int(figure)] for figure in f"{number:05}")
        yield [
            f"FICTIVE {name.upper()}",
            dice.choice(("Alix", "Ange", "Camille", "Dominique")),
            f"{name}@exemple.test",
            f"06{10_000_000 + number}",
            dice.choice(places),
            dice.choice(professions),
            first_day + dt.timedelta(days=dice.randrange(400)),
            dice.choice(("CDI", "CDD, vacation", "")),
            dice.choice((0.8, "80 %", "de 50 % à 80 %", "mi-temps", "")),
            dice.choice((30, "20 km", "25 min", "")),
            dice.choice(notes),
        ]


def _measure(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.test"
        import django  # noqa: PLC0415 - the database must be chosen first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - after setup

        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        # What a running server has done already: connections, templates, professions.
        _import(_workbook(Path(folder), 20), _territory("chauffe"))
        before = _rss()
        figures = _import(_workbook(Path(folder), size), _territory("mesure"))
        return {**figures, "rss": _rss() - before}


def _workbook(folder: Path, size: int) -> Path:
    from ancrage.kit.tabular.writing import (  # noqa: PLC0415 - no settings needed
        ColumnToWrite,
        SheetToWrite,
        write_xlsx,
    )
    from ancrage.territory.models import Commune  # noqa: PLC0415 - after setup

    places = list(Commune.objects.order_by("pk").values_list("name", flat=True)[:20])
    path = folder / f"contacts_{size}.xlsx"
    columns = [ColumnToWrite(label) for label in HEADER]
    with path.open("wb") as stream:
        write_xlsx(stream, [SheetToWrite("Contacts", columns, _lines(size, places))])
    return path


def _territory(slug: str) -> str:
    from ancrage.candidates.services.imports import owner_of  # noqa: PLC0415 - after setup
    from ancrage.territory import services as territories  # noqa: PLC0415
    from ancrage.territory.models import Commune  # noqa: PLC0415

    territory = territories.create_territory(
        slug=slug,
        name=f"Territoire de {slug}",
        communes=list(Commune.objects.order_by("pk")),
        by=None,
        now=NOW,
    )
    return owner_of(territory)


def _import(path: Path, owner_key: str) -> dict[str, float]:
    from ancrage.candidates.services.imports import PROOF  # noqa: PLC0415 - after setup
    from ancrage.kit.imports import services  # noqa: PLC0415

    begun = time.perf_counter()
    with path.open("rb") as stream:
        staged = services.stage_import(
            kind="candidates",
            stream=stream,
            filename=path.name,
            owner_key=owner_key,
            by=None,
            now=NOW,
            options={PROOF: "mesure"},
        )
    tried = time.perf_counter()
    services.apply_import(staged=staged, by=None, now=NOW)
    done = time.perf_counter()
    if staged.counts["created"] != staged.counts["read"]:
        message = f"lines were left out: {staged.counts}"
        raise RuntimeError(message)
    return {"staged": tried - begun, "applied": done - tried}


if __name__ == "__main__":
    main()
