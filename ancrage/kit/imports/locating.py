"""Where the table is in the file and what its columns are; what is to be known of both."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports.kinds import ImportKind
from ancrage.kit.imports.mapping import (
    Mapped,
    Vocabulary,
    by_position,
    guess_mapping,
    signature_of,
)
from ancrage.kit.imports.models import ImportMapping, StagedImport
from ancrage.kit.imports.planning import stored_problem
from ancrage.kit.tabular.cells import as_text, storable
from ancrage.kit.tabular.headers import Header, Located, letters, locate
from ancrage.kit.tabular.problems import Problem, note
from ancrage.kit.tabular.reading.base import Row, Table
from ancrage.kit.tabular.wording import tidy

UNKNOWN_COLUMNS = "unknown_columns"
_NAMED_COLUMNS = 12


def locate_table(staged: StagedImport, kind: ImportKind, table: Table) -> Located:
    """Find the sheet and the header; a line chosen by someone prevails over what is guessed."""
    vocabulary = Vocabulary(kind)
    imposed = staged.options.get("mapping", {})
    known = set(imposed)

    def is_known(label: str) -> bool:
        return label in known or vocabulary.knows(label)

    located = locate(table, is_known, sheet=staged.sheet or None)
    chosen = staged.options.get("header_line")
    if chosen is None:
        return located
    if chosen == 0:
        return Located(located.sheet, None, located.rows)
    row = next((row for row in located.rows if row.number == chosen), None)
    if row is None:
        return located
    labels = tuple(tidy(as_text(cell)) for cell in row.cells)
    header = Header(row.number, row.number, labels, sum(map(is_known, labels)))
    return Located(located.sheet, header, located.rows)


def describe_table(
    staged: StagedImport, kind: ImportKind, table: Table, located: Located
) -> list[dict[str, Any]]:
    """Set the sheet, header and mapping of the import; return what is to be known of them."""
    header = located.header
    data = [row.cells for row in _after_header(located.rows, header)]
    width = max((len(cells) for cells in [row.cells for row in located.rows]), default=0)
    positions = None if header else by_position(kind, width)
    labels = header.labels if header else letters(len(positions or ()) or width)
    staged.sheet = located.sheet
    staged.header_first = header.first_line if header else None
    staged.header_last = header.last_line if header else None
    staged.labels = [storable(label[:200]) for label in labels]
    staged.signature = signature_of(labels, headless=header is None)
    mapping = _remembered(staged) or positions
    imposed = staged.options.get("mapping", {})
    if imposed or mapping is None:
        mapping = guess_mapping(kind, labels, data, imposed)
    staged.mapping = [one.stored() for one in mapping]
    staged.__dict__.pop("codes", None)
    staged.save(
        update_fields=["sheet", "header_first", "header_last", "labels", "signature", "mapping"]
    )
    notices = [stored_problem("", notice) for notice in _notices(table, located, mapping)]
    return [*unknown_columns(staged), *notices]


def _remembered(staged: StagedImport) -> list[Mapped] | None:
    known = ImportMapping.objects.filter(
        kind=staged.kind, owner_key=staged.owner_key, signature=staged.signature
    ).first()
    if known is None:
        return None
    codes = {column.code for column in staged.imported.columns}
    # A column that the kind has lost since then is no longer read.
    return [Mapped(code if code in codes else "", "remembered") for code in known.codes]


def unknown_columns(staged: StagedImport) -> list[dict[str, Any]]:
    """The remark, as stored, on the columns of the file that are not read; none without header."""
    unknown = [
        label
        for label, code in zip(staged.labels, staged.codes, strict=False)
        if label and not code
    ]
    if not unknown or staged.header_first is None:
        return []
    shown = ", ".join(
        f"«\N{NO-BREAK SPACE}{label}\N{NO-BREAK SPACE}»" for label in unknown[:_NAMED_COLUMNS]
    )
    remark = note(
        _("Colonnes non reconnues, conservées dans le rapport sans être lues : %(columns)s."),
        code=UNKNOWN_COLUMNS,
        columns=shown + ("…" if len(unknown) > _NAMED_COLUMNS else ""),
    )
    return [stored_problem("", remark)]


def _notices(table: Table, located: Located, mapping: Sequence[Mapped]) -> Iterator[Problem]:
    if located.header is None and not any(one.how == "position" for one in mapping):
        yield note(
            _(
                "Aucune ligne d’en-tête reconnue : toutes les lignes sont lues comme des données. "
                "Associez les colonnes, ou indiquez la ligne des titres."
            ),
            code="no_header",
        )
    others = [sheet.name for sheet in table.sheets if sheet.name != located.sheet]
    if others:
        yield note(
            _("Feuille lue : « %(sheet)s ». Autres feuilles, non lues : %(others)s."),
            code="other_sheets",
            sheet=located.sheet,
            others=", ".join(
                f"«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»" for name in others[:_NAMED_COLUMNS]
            ),
        )


def _after_header(rows: Sequence[Row], header: Header | None) -> list[Row]:
    return [row for row in rows if header is None or row.number > header.last_line]
