"""The page of one import in its present state: figures, tabs, lines as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.models import StagedImport, StagedRow
from ancrage.kit.tabular.problems import Level
from ancrage.web.imports.kinds import IMPORTABLES

PER_PAGE = 25
TONES: Mapping[str, tuple[str, str]] = {
    Outcome.CREATED: ("success", "plus"),
    Outcome.CHANGED: ("info", "pencil"),
    Outcome.UNCHANGED: ("", ""),
    Outcome.TO_CHECK: ("warning", "triangle-alert"),
    Outcome.REJECTED: ("error", "circle-alert"),
    Outcome.IGNORED: ("", ""),
    Outcome.CLOSED: ("info", "archive"),
}
_TABS: tuple[tuple[Outcome, Promise], ...] = (
    (Outcome.TO_CHECK, _("À vérifier")),
    (Outcome.REJECTED, _("Refusées")),
    (Outcome.CREATED, _("À créer")),
    (Outcome.CHANGED, _("À modifier")),
    (Outcome.UNCHANGED, _("Inchangées")),
    (Outcome.CLOSED, _("À clore")),
    (Outcome.IGNORED, _("Ignorées")),
)


@dataclass(frozen=True)
class Tab:
    """One outcome, with how many lines have it."""

    label: Any
    href: str
    count: int
    current: bool


@dataclass(frozen=True)
class Mending:
    """A remark, and the text that would settle it (`code` is "" when nothing is offered)."""

    remark: Any
    code: str


@dataclass(frozen=True)
class ShownLine:
    """One line of the file: what it says, what it would do, what is said of it."""

    row: StagedRow
    title: str
    label: str
    tone: str
    icon: str
    mendings: tuple[Mending, ...]
    changes: tuple[tuple[str, str, str], ...]


def outcome_asked(query: QueryDict) -> str:
    """Return the outcome that the address asks for, or ""."""
    asked = query.get("resultat", "")
    return asked if asked in Outcome.values else ""


def kept_query(query: QueryDict) -> str:
    """Return the part of an address that leads back to the same tab and page."""
    kept = {"resultat": outcome_asked(query)}
    page = str(query.get("page", ""))
    if page.isdecimal():
        kept["page"] = page
    return urlencode({name: value for name, value in kept.items() if value})


def tabs_of(staged: StagedImport, current: str) -> list[Tab]:
    """Return « all » and one tab for each outcome met."""
    total = sum(staged.counts.get(outcome.value, 0) for outcome, _label in _TABS)
    tabs = [Tab(_("Toutes"), "?", total, not current)]
    for outcome, label in _TABS:
        count = staged.counts.get(outcome.value, 0)
        if count or outcome.value == current:
            href = f"?resultat={outcome.value}"
            tabs.append(Tab(label, href, count, outcome.value == current))
    return tabs


def lines_of(staged: StagedImport, request: HttpRequest) -> tuple[Page, list[ShownLine]]:
    """Return one page of lines, those that what is no longer named would close last."""
    rows = staged.rows.order_by(F("line").asc(nulls_last=True), "pk")
    current = outcome_asked(request.GET)
    if current:
        rows = rows.filter(outcome=current)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page, [shown_line(staged, row) for row in page.object_list]


def shown_line(staged: StagedImport, row: StagedRow) -> ShownLine:
    """Put one line in words."""
    row.staged = staged
    tone, icon = TONES[row.outcome]
    return ShownLine(
        row=row,
        title=_title(staged, row),
        label=str(Outcome(row.outcome).label),
        tone=tone,
        icon=icon,
        mendings=tuple(
            Mending(remark, remark.column if _offered(remark) else "") for remark in row.remarks
        ),
        changes=tuple(row.shown_changes)
        if row.planned == Outcome.CHANGED or row.line is None
        else (),
    )


def _offered(remark: Any) -> bool:
    weighs = remark.level in (Level.ERROR, Level.CHECK)
    return bool(weighs and remark.suggestion and remark.column)


def _title(staged: StagedImport, row: StagedRow) -> str:
    if row.line is None:
        return row.key
    importable = IMPORTABLES.get(staged.kind)
    codes = importable.titled_by if importable else ()
    required = [column.code for column in staged.imported.columns if column.required]
    said = [text for code in codes or required if (text := row.written(code))]
    cells = [str(cell) for cell in row.cells if isinstance(cell, str) and cell]
    return " · ".join(said) or " · ".join(cells[:3]) or "—"
