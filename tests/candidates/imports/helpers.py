"""Files of people, tried and applied in one line. All of them are invented."""

import io
from typing import Any

from ancrage.candidates.models import Candidate
from ancrage.candidates.services.imports import PROOF, owner_of
from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport
from ancrage.territory.models import Territory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file

HEADER = "Nom;Prénom;Mail;Tél;Ville;Métier;RPPS;Disponibilité;Contrat;Quotité;Rayon;Observations"
ALIX = "FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;Pornic;IDE;;01/02/2027;CDI;80 %;30 km;"
TOLD = "Dit au salon du 12 novembre"


def stage(
    territory: Territory, stream: io.BytesIO, filename: str = "contacts.csv", **options: Any
) -> StagedImport:
    """The dry run of a file of people."""
    return imports.stage_import(
        kind="candidates",
        stream=stream,
        filename=filename,
        owner_key=owner_of(territory),
        by=None,
        now=NOW,
        options={PROOF: TOLD, **options},
    )


def lines(territory: Territory, *rows: str, header: str = HEADER, **options: Any) -> StagedImport:
    """The dry run of a CSV with these lines."""
    return stage(territory, csv_file(header, *rows), **options)


def apply(staged: StagedImport, by: Any = None, now: Any = NOW) -> StagedImport:
    """The same, applied."""
    return imports.apply_import(staged=staged, by=by, now=now)


def accept(staged: StagedImport, *numbers: int) -> StagedImport:
    """The same, with these lines let through."""
    return imports.decide_rows(staged=staged, lines=numbers, accept=True, by=None, now=NOW)


def person(first_name: str) -> Candidate:
    """The profile of that first name."""
    return Candidate.objects.select_related("subject", "commune").get(first_name=first_name)


def counted(staged: StagedImport) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in staged.counts.items() if count}


def codes(staged: StagedImport, line: int) -> list[tuple[str, str, str]]:
    """(column, level, code) of each remark on a line."""
    row = staged.rows.get(line=line)
    return [(one["column"], one["level"], one["code"]) for one in row.problems]


def said(staged: StagedImport, line: int) -> str:
    """Every sentence on a line, with its suggestion."""
    row = staged.rows.select_related("staged").get(line=line)
    return "\n".join(f"{one.sentence} {one.suggestion}" for one in row.remarks)


def many(count: int) -> list[str]:
    """The lines of that many people, each of another name."""
    names = ["".join("abcdefghij"[int(figure)] for figure in str(rank)) for rank in range(count)]
    return [f"NOM{name};Alix;{name}@exemple.test;;Pornic;IDE;;;;;;" for name in names]
