"""Files of needs, tried and applied in one line."""

import io
from typing import Any, NamedTuple

from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.partners.services.declaring import owner_of
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file

HEADER = "Réf;Métier;Service;Nb postes;Quotité;Type de contrat;Début;Fin;Motif;Observations"


def stage(
    partner: Partner, stream: io.BytesIO, filename: str = "besoins.csv", **options: Any
) -> StagedImport:
    """The dry run of a file of needs."""
    return imports.stage_import(
        kind="needs",
        stream=stream,
        filename=filename,
        owner_key=owner_of(partner),
        by=None,
        now=NOW,
        options=options,
    )


def lines(partner: Partner, *rows: str, header: str = HEADER, **options: Any) -> StagedImport:
    """The dry run of a CSV with these lines."""
    return stage(partner, csv_file(header, *rows), **options)


def apply(staged: StagedImport, by: Any = None, now: Any = NOW) -> StagedImport:
    """The same, applied."""
    return imports.apply_import(staged=staged, by=by, now=now)


def need_called(reference: str) -> Need:
    """The need of that reference."""
    return Need.objects.select_related("profession", "specialty", "commune").get(
        reference=reference
    )


def counted(staged: StagedImport) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in staged.counts.items() if count}


class Said(NamedTuple):
    """One remark, its no-break spaces made plain."""

    column: str
    level: str
    sentence: str
    suggestion: str


def remarks(staged: StagedImport, line: int) -> list[Said]:
    """The remarks on a line, in order."""
    row = staged.rows.select_related("staged").get(line=line)
    return [
        Said(
            remark.column_label,
            str(remark.level),
            remark.sentence,
            remark.suggestion,
        )
        for remark in row.remarks
    ]
