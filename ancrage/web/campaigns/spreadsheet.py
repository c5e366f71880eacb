"""The workbook of one structure: written with its figures, read back without touching anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from ancrage.kit.tabular import Limits, Problem, Row, TableError, as_text, locate, open_table
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from ancrage.kit.text import fold
from ancrage.needs.models import CampaignAnswer
from ancrage.needs.queries import FIGURES
from ancrage.professions.models import Profession
from ancrage.web.campaigns.answer_form import AnswerForm, field_name, read_figure
from ancrage.web.campaigns.words import LABELS, figure_number, figure_text

LIMITS = Limits(file_bytes=2 * 1024 * 1024, rows=2_000)
CODE = "code"
PROFESSION = "profession"


@dataclass(frozen=True)
class Mistake:
    """What is wrong in the file, and where."""

    line: int
    column: str
    sentence: str


@dataclass
class Read:
    """What a workbook says: the controls it fills, or what keeps it out."""

    typed: dict[str, str] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    professions: int = 0
    failure: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether the form may be filled with it."""
        return not self.mistakes and not self.failure


def write_workbook(answer: CampaignAnswer, stream: BinaryIO) -> None:
    """Write the figures the page proposes, one profession a line."""
    form = AnswerForm(answer=answer)
    rows = [
        [
            row.code,
            row.label,
            *(
                figure_number(name, getattr(form.proposal.figures[row.pk], name))
                for name in FIGURES
            ),
        ]
        for row in form.professions
    ]
    labels = _labels()
    columns = [
        ColumnToWrite(labels[CODE], width=22, identifier=True),
        ColumnToWrite(labels[PROFESSION], width=36),
        *(ColumnToWrite(labels[name], width=16) for name in FIGURES),
    ]
    manual = [[text] for text in _manual(answer)]
    write_xlsx(
        stream,
        [
            SheetToWrite(_("Réponse"), columns, rows, filter=False),
            SheetToWrite(_("Mode d’emploi"), [], manual),
        ],
    )


def read_workbook(stream: BinaryIO, *, filename: str, professions: Sequence[Profession]) -> Read:
    """Read a workbook of answers; every mistake is told at once, with its line and column."""
    names = {fold(text): name for name, text in _labels().items()}
    try:
        with open_table(stream, filename=filename, limits=LIMITS) as table:
            found = locate(table, lambda text: fold(text) in names)
            if found.header is None:
                return Read(failure=_no_header())
            columns = [names.get(fold(label), "") for label in found.header.labels]
            last = found.header.last_line
            rows = [row for row in table.rows(found.sheet) if row.number > last]
    except TableError as error:
        return Read(failure=str(error))
    if not {CODE, PROFESSION} & set(columns) or not set(FIGURES) & set(columns):
        return Read(failure=_no_header())
    return _read_rows(rows, columns, professions)


def _read_rows(
    rows: Sequence[Row], columns: Sequence[str], professions: Sequence[Profession]
) -> Read:
    known = {fold(text): row for row in professions for text in _writings(row)}
    read = Read()
    seen: dict[int, int] = {}
    for row in rows:
        cells = dict(zip(columns, row.cells, strict=False))
        named = [as_text(cells.get(name)).strip() for name in (CODE, PROFESSION)]
        if any(fold(text).startswith("total") for text in named):
            continue
        profession = next((known[fold(text)] for text in named if fold(text) in known), None)
        if profession is None:
            read.mistakes.append(_unknown(row.number, next(filter(None, named), "")))
        elif profession.pk in seen:
            read.mistakes.append(_twice(row.number, profession, seen[profession.pk]))
        else:
            seen[profession.pk] = row.number
            _read_figures(read, row.number, profession, cells, set(columns))
    read.professions = len(seen)
    if not seen and not read.mistakes:
        read.failure = _("Ce classeur ne contient aucune ligne de métier.")
    return read


def _read_figures(
    read: Read, line: int, profession: Profession, cells: dict[str, Any], columns: set[str]
) -> None:
    for name in FIGURES:
        if name not in columns:
            continue
        found = read_figure(name, cells.get(name))
        if isinstance(found, Problem):
            read.mistakes.append(Mistake(line, str(LABELS[name]), found.sentence))
        else:
            read.typed[field_name(name, profession)] = figure_text(name, found)


def _labels() -> dict[str, str]:
    return {
        CODE: _("Identifiant du métier"),
        PROFESSION: _("Métier"),
        **{name: str(label) for name, label in LABELS.items()},
    }


def _writings(profession: Profession) -> tuple[str, ...]:
    return (profession.code, profession.label_fr, profession.label_en, profession.plural_fr)


def _unknown(line: int, text: str) -> Mistake:
    sentence = (
        _("« %(text)s » n’est pas un métier de cette campagne.") % {"text": text}
        if text
        else _("Cette ligne ne dit pas de quel métier il s’agit.")
    )
    return Mistake(line, _labels()[PROFESSION], sentence)


def _twice(line: int, profession: Profession, first: int) -> Mistake:
    sentence = _("« %(profession)s » est déjà à la ligne %(line)d : gardez une seule des deux.")
    facts = {"profession": profession.label, "line": first}
    return Mistake(line, _labels()[PROFESSION], sentence % facts)


def _no_header() -> str:
    return _(
        "Les colonnes attendues ne s’y trouvent pas : téléchargez le classeur préparé et "
        "gardez sa première ligne."
    )


def _manual(answer: CampaignAnswer) -> list[str]:
    return [
        _("%(campaign)s – %(partner)s")
        % {"campaign": answer.campaign.name, "partner": answer.partner.name},
        _(
            "Une ligne par métier. Les chiffres sont en équivalents temps plein : 12,5 par "
            "exemple."
        ),
        _("Laissez vide ce que vous ne connaissez pas ; écrivez 0 quand il n’y a personne."),
        _("Les départs connus se comptent en personnes."),
        _(
            "Déposez ensuite ce classeur sur la page de réponse : elle se remplit, vous relisez, "
            "puis vous envoyez. Les questions ouvertes se remplissent sur la page."
        ),
    ]
