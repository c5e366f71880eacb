"""Needs imported from a spreadsheet of a structure, and the memory it takes.

Bars: 200 lines tried and applied in under 2 s; 20,000 lines in under 30 s, with a memory that
does not grow with the lines. Each size runs in a process of its own, on SQLite in a file, with
the real kind: professions read, dates, pay and hours understood, needs published.

    python -m benchmarks.import_needs
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
    "N°", "Métier", "Spécialité / service", "Nb postes", "Quotité", "Type de contrat",
    "Date de prise de poste", "Motif", "Observations",
)  # fmt: skip


def main() -> None:
    """Print time and memory by number of lines."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    size = parser.parse_known_args()[0].measure
    if size:
        print(json.dumps(_measure(size)))
        return
    print("Needs: dry run, then all applied and published (XLSX, SQLite)")
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
    command = [sys.executable, "-m", "benchmarks.import_needs", "--measure", str(size)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def _lines(size: int) -> Iterator[list[Any]]:
    dice = random.Random(SEED)
    professions = ("IDE", "Aide soignante", "ASH", "Kiné", "Médecin gériatre", "AS de nuit")
    reasons = ("départ retraite", "remplacement congé mat.", "création", "vacance", "")
    notes = ("nuit 12h", "week-end 1/2", "logement possible", "salaire 2 200 à 2 600 € brut", "")
    first_day = dt.date(2026, 12, 1)
    for number in range(1, size + 1):
        yield [
            f"B-{number:05}",
            dice.choice(professions),
            dice.choice(("Médecine A", "USLD", "SSR", "EHPAD / USLD")),
            dice.randint(1, 4),
            dice.choice((1, 0.8, "80 %", "mi-temps", "0,6 ETP")),
            dice.choice(("CDI", "CDD 6 mois", "titulaire")),
            first_day + dt.timedelta(days=dice.randrange(400)),
            dice.choice(reasons),
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
        _import(_workbook(Path(folder), 20), _structure("Chauffe (fictive)"))
        before = _rss()
        figures = _import(_workbook(Path(folder), size), _structure("Hôpital (fictif)"))
        return {**figures, "rss": _rss() - before}


def _workbook(folder: Path, size: int) -> Path:
    from ancrage.kit.tabular.writing import (  # noqa: PLC0415 - no settings needed
        ColumnToWrite,
        SheetToWrite,
        write_xlsx,
    )

    path = folder / f"besoins_{size}.xlsx"
    columns = [ColumnToWrite(label) for label in HEADER]
    with path.open("wb") as stream:
        write_xlsx(stream, [SheetToWrite("Besoins", columns, _lines(size))])
    return path


def _structure(name: str) -> str:
    from ancrage.partners import services as partners  # noqa: PLC0415
    from ancrage.partners.enums import PartnerKind  # noqa: PLC0415
    from ancrage.partners.services.declaring import owner_of  # noqa: PLC0415 - after setup
    from ancrage.territory import services as territories  # noqa: PLC0415
    from ancrage.territory.models import Commune, Territory  # noqa: PLC0415

    communes = list(Commune.objects.order_by("pk"))
    territory = Territory.objects.order_by("pk").first() or territories.create_territory(
        slug="mesure", name="Territoire de mesure", communes=communes, by=None, now=NOW
    )
    partner = partners.create_partner(
        territory=territory,
        kind=PartnerKind.PUBLIC_HOSPITAL,
        name=name,
        commune=communes[0],
        by=None,
        now=NOW,
    )
    return owner_of(partner)


def _import(path: Path, owner_key: str) -> dict[str, float]:
    from ancrage.kit.imports import services  # noqa: PLC0415 - after setup

    begun = time.perf_counter()
    with path.open("rb") as stream:
        staged = services.stage_import(
            kind="needs",
            stream=stream,
            filename=path.name,
            owner_key=owner_key,
            by=None,
            now=NOW,
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
