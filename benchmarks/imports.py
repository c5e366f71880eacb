"""A spreadsheet imported, and the memory it takes; its reading beside the usual libraries.

Bars: 200 lines tried and applied in under 2 s; 20,000 lines in under 30 s, with a memory that
does not grow with the lines. Each measure runs in a process of its own, on SQLite in a file, with
an invented kind of import whose lines are checked one by one (tests/kit/imports/toy.py).

    python -m benchmarks.imports
"""

import datetime as dt
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SIZES = (200, 2_000, 20_000)
BARS = {200: 2.0, 20_000: 30.0}
SEED = 20261116
MEGABYTE = 1024 * 1024
HEADER = (
    "N°", "Métier", "Nb postes", "Quotité", "Type de contrat", "Date de prise de poste",
    "Observations", *(f"Colonne {number}" for number in range(1, 19)),
)  # fmt: skip
NOW = dt.datetime(2026, 11, 16, 9, 30, tzinfo=dt.UTC)


def main() -> None:
    """Print time and memory of the engine, then of the readers."""
    with tempfile.TemporaryDirectory() as folder:
        files = {size: _workbook(Path(folder), size) for size in SIZES}
        _show_engine(files)
        _show_readers(files)


def _show_engine(files: dict[int, Path]) -> None:
    print("Import: dry run, then all of it applied (XLSX, 25 columns, SQLite)")
    columns = f"{'dry run':>10}{'apply':>9}{'report':>9}{'bar':>7}{'RSS +':>10}{'Python peak':>14}"
    print(f"{'lines':10}{columns}")
    for size, path in files.items():
        timed = _in_process("engine", path, "time")
        traced = _in_process("engine", path, "trace")
        bar = f"{BARS[size]:.0f} s" if size in BARS else ""
        print(
            f"{size:>10,}{timed['staged']:>8.2f} s{timed['applied']:>7.2f} s"
            f"{timed['reported']:>7.2f} s{bar:>7}{timed['rss'] / MEGABYTE:>7.1f} MB"
            f"{traced['peak'] / MEGABYTE:>11.1f} MB"
        )


def _show_readers(files: dict[int, Path]) -> None:
    print("\nReading the sheet alone")
    print(f"{'':24}" + "".join(f"{size:>12,} lines" for size in SIZES[1:]))
    for name in READERS:
        figures = [_in_process(name, files[size], "time") for size in SIZES[1:]]
        shown = [f"{one['read']:.2f} s {one['rss'] / MEGABYTE:5.1f} MB" for one in figures]
        print(f"{name:24}" + "".join(f"{text:>18}" for text in shown))


def _in_process(name: str, path: Path, how: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.imports", name, str(path), how]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return figures


def _workbook(folder: Path, size: int) -> Path:
    """A workbook of needs as a structure would send it, the same for everyone."""
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


def _lines(size: int) -> Iterator[list[Any]]:
    dice = random.Random(SEED)
    professions = ("IDE", "Aide soignante", "ASH", "Kiné", "Médecin gériatre", "Cadre de santé")
    first_day = dt.date(2026, 12, 1)
    for number in range(1, size + 1):
        yield [
            f"B-{number:05}",
            dice.choice(professions),
            dice.randint(1, 4),
            dice.choice((1, 0.8, "80 %", "mi-temps", "0,6 ETP")),
            dice.choice(("CDI", "CDD 6 mois", "titulaire")),
            first_day + dt.timedelta(days=dice.randrange(400)),
            f"Observation de la ligne {number}",
            *(f"texte libre {number} {column}" for column in range(18)),
        ]


def _rss() -> int:
    """The most memory the process has held, in bytes (kilobytes on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _measure(name: str, path: str, how: str) -> dict[str, float]:
    if name == "engine":
        return _measure_engine(Path(path), how)
    reader = READERS[name]
    reader(SMALL)
    before, begun = _rss(), time.perf_counter()
    reader(Path(path).read_bytes())
    return {"read": time.perf_counter() - begun, "rss": _rss() - before}


def _measure_engine(path: Path, how: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.test"
        import django  # noqa: PLC0415 - the database must be chosen first

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - after setup

        call_command("migrate", verbosity=0)
        _import(_workbook(Path(folder), 20), "warm-up")
        if how == "trace":
            tracemalloc.start()
        before = _rss()
        figures = _import(path, "partner:1")
        figures["rss"] = _rss() - before
        figures["peak"] = tracemalloc.get_traced_memory()[1] if how == "trace" else 0
        return figures


def _import(path: Path, owner_key: str) -> dict[str, float]:
    from ancrage.kit.imports import services  # noqa: PLC0415 - after setup
    from ancrage.kit.imports.reporting import write_report  # noqa: PLC0415 - after setup
    from tests.kit.imports import toy  # noqa: PLC0415 - after setup

    begun = time.perf_counter()
    with path.open("rb") as stream:
        staged = services.stage_import(
            kind=toy.Orders.key,
            stream=stream,
            filename=path.name,
            owner_key=owner_key,
            by=None,
            now=NOW,
        )
    staged_at = time.perf_counter()
    services.apply_import(staged=staged, by=None, now=NOW)
    applied_at = time.perf_counter()
    with tempfile.TemporaryFile() as report:
        write_report(staged=staged, stream=report)
    reported_at = time.perf_counter()
    assert staged.counts["created"] == staged.counts["read"] > 0
    return {
        "staged": staged_at - begun,
        "applied": applied_at - staged_at,
        "reported": reported_at - applied_at,
    }


def _read_ours(content: bytes) -> int:
    from ancrage.kit.tabular import open_table  # noqa: PLC0415 - measured apart

    with open_table(io.BytesIO(content), filename="besoins.xlsx") as table:
        return sum(1 for _row in table.rows())


def _read_calamine(content: bytes) -> int:
    import python_calamine  # noqa: PLC0415 - measured apart

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return sum(1 for _row in book.get_sheet_by_index(0).iter_rows())


def _read_openpyxl(content: bytes) -> int:
    import openpyxl  # noqa: PLC0415 - measured apart

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


READERS: dict[str, Callable[[bytes], int]] = {
    "Ancrage": _read_ours,
    "calamine": _read_calamine,
    "openpyxl, read only": _read_openpyxl,
}


def _small() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _workbook(Path(folder), 5).read_bytes()


SMALL = _small()

if __name__ == "__main__":
    # With arguments it is one measure, in a process of its own: see `_in_process`.
    if sys.argv[1:]:
        print(json.dumps(_measure(*sys.argv[1:])))
    else:
        main()
