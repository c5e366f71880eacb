"""What the cells of a line answer to the questions of a side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.services.imports.places import Places
from ancrage.events.enums import Meaning, QuestionKind
from ancrage.events.models import Question
from ancrage.events.services.registering import Answered
from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.parsers import date_parser, parse_bool
from ancrage.kit.tabular.problems import Guess, Problem
from ancrage.kit.text import fold

# The column that bears a meaning, where it does not bear its name.
_COLUMN: Mapping[str, str] = {Meaning.PLACE: "commune"}
_BETWEEN = re.compile(r"[;\n/|]")
_SMALLER = re.compile(r",|\bet\b")
_NUMBER = re.compile(r"\d+")
_read_date = date_parser()


@dataclass(frozen=True)
class AnswerReader:
    """The questions of one side that a file may answer."""

    questions: Sequence[Question]
    places: Places

    def read(self, row: ImportRow) -> dict[int, Answered]:
        """Return the answers of a line, by the key of the question; doubts go to the line."""
        found: dict[int, Answered] = {}
        for question in self.questions:
            column = _COLUMN.get(question.meaning, question.meaning)
            text = row.values.get(column)
            answer = self._answer(row, question, column, text) if text else None
            if answer is not None:
                found[question.pk] = answer
        return found

    def _answer(
        self, row: ImportRow, question: Question, column: str, text: str
    ) -> Answered | None:
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.CHOICES:
                return _chosen(row, question, column, text)
            case QuestionKind.YES_NO:
                return _yes_or_no(row, column, text)
            case QuestionKind.COMMUNE:
                commune = self.places.named(row)
                return Answered(text=commune.name, codes=[commune.insee]) if commune else None
            case QuestionKind.NUMBER:
                number = _NUMBER.search(text)
                if number is not None:
                    return Answered(text=number.group())
                _unread(row, column, text)
                return None
            case QuestionKind.DATE:
                return _date(row, column, text)
            case _:
                return Answered(text=text)


def _chosen(row: ImportRow, question: Question, column: str, text: str) -> Answered | None:
    """Each part is an option; commas separate too, unless an option holds one."""
    options = [(code, fold(words)) for code, words in question.options]
    parts = [code for part in _BETWEEN.split(text) for code in _codes(part, options)]
    codes = list(dict.fromkeys(code for code in parts if code))
    if question.kind == QuestionKind.CHOICE:
        codes = codes[:1]
    if None in parts:
        listed = ", ".join(words for _code, words in question.options)
        row.check(
            column,
            _(
                "« %(text)s » n’est pas une des réponses proposées (%(options)s). Acceptée ainsi,"
                " la ligne garde celles qui sont reconnues."
            ),
            code="option",
            text=text,
            options=listed,
        )
    return Answered(codes=codes) if codes else None


def _codes(part: str, options: Sequence[tuple[str, str]]) -> list[str | None]:
    """Return the options that one part names; None stands for words that are none of them."""
    if fold(part) in {words for _code, words in options}:
        return [_code(fold(part), options)]
    smaller = [one for one in _SMALLER.split(part) if one.strip()]
    found = [_code(fold(one), options) for one in smaller]
    return found if any(found) or not smaller else [_code(fold(part), options)]


def _code(said: str, options: Sequence[tuple[str, str]]) -> str | None:
    """Return the option of these words: the same, or the only one that holds or begins them."""
    exact = [code for code, words in options if said in (words, fold(code))]
    if exact:
        return exact[0]
    close = [code for code, words in options if said in words or words in said]
    return close[0] if len(close) == 1 else None


def _yes_or_no(row: ImportRow, column: str, text: str) -> Answered | None:
    read = parse_bool(text)
    value = read.value if isinstance(read, Guess) else read
    if isinstance(value, bool):
        return Answered(codes=["yes" if value else "no"])
    _unread(row, column, text)
    return None


def _date(row: ImportRow, column: str, text: str) -> Answered | None:
    read = _read_date(text)
    value = read.value if isinstance(read, Guess) else read
    if isinstance(value, date) and not isinstance(read, Problem):
        return Answered(text=value.isoformat())
    _unread(row, column, text)
    return None


def _unread(row: ImportRow, column: str, text: str) -> None:
    row.note(
        column,
        _("« %(text)s » n’est pas compris : cette réponse n’est pas reprise."),
        code="unread",
        text=text,
    )
