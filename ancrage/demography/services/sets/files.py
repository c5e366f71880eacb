"""A set of parameters as a file: two columns, what and how much, as spreadsheets write them.

The same file is downloaded from a page, typed again by hand, brought back, and given to the
commands. Its words are French, like those of the other files that are read here.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any, BinaryIO, cast

from ancrage.core.accessibility.parameters import (
    Activity,
    AgeWeights,
    Decay,
    InvalidParameters,
    Parameters,
    Slope,
    Steps,
)
from ancrage.demography.enums import Care
from ancrage.demography.services.reading.lines import (
    SHOWN,
    FileRefused,
    among,
    at_line,
    lines_of,
    require,
)
from ancrage.demography.services.sets.keeping import Sheet
from ancrage.demography.services.sets.saying import sentence_on
from ancrage.demography.services.sets.values import people_of
from ancrage.kit.tabular import CellValue, as_text
from ancrage.kit.tabular.parsers.choices import parse_bool
from ancrage.kit.tabular.parsers.dates import date_parser
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.kit.tabular.problems import Guess, Problem
from ancrage.kit.tabular.sentences import say
from ancrage.kit.tabular.writing import unescape_formula
from ancrage.kit.text import fold

HEADER = ("parametre", "valeur")
OPEN, CLOSED = "<", "≤"
_CLOSED = frozenset({CLOSED, "<=", "=<"})

NAME, CARE, SOURCE, DATED = "nom", "profession", "source", "date"
APPROXIMATE, NOTE, BOUND = "approché", "note", "borne"
FULL, NIL = "entière jusqu’à", "nulle à partir de"
FLOOR, CEILING = "plancher", "plafond"
AGE_CAP, POST, PEOPLE, THRESHOLD = "âge maximal", "un poste", "habitants", "seuil"
STEP, CLASS, AGE = "palier", "classe", "âge"

_ALONE = {
    fold(key).replace("’", "'"): key
    for key in (
        NAME, CARE, SOURCE, DATED, APPROXIMATE, NOTE, BOUND, FULL, NIL, FLOOR, CEILING, AGE_CAP,
        POST, PEOPLE, THRESHOLD,
    )
}  # fmt: skip
_LISTED = re.compile(r"(palier|classe|age) ([\d.,]+)")
_COLUMNS = {"what": ("parametre", "cle", "quoi"), "value": ("valeur", "combien")}
_FIELDS = {
    "decay": (STEP, FULL, NIL),
    "activity": (CLASS, FLOOR, CEILING),
    "age_weights": (AGE,),
    "age_cap": (AGE_CAP,),
    "post": (POST,),
    "people": (PEOPLE, CARE),
    "threshold": (THRESHOLD,),
}
_read_date = date_parser(earliest=dt.date(1980, 1, 1))


class SheetRefused(FileRefused):
    """A file that holds no set of parameters: one sentence by line at fault."""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A set as a file tells it; `care` is None where the file says nothing of a profession."""

    sheet: Sheet
    care: Care | None


def rows_of(sheet: Sheet, care: Care | None) -> Iterator[tuple[str, CellValue]]:
    """Return a set as the lines of its file, in the order people read them."""
    values = sheet.values
    yield NAME, sheet.name
    if care is not None:
        yield CARE, care.value
    yield SOURCE, values.source
    yield DATED, values.dated
    yield APPROXIMATE, values.approximate
    if sheet.note:
        yield NOTE, sheet.note
    yield from _decay_rows(values.decay)
    activity = values.activity
    if activity.floor:
        yield FLOOR, activity.floor
    if activity.ceiling != inf:
        yield CEILING, activity.ceiling
    for acts, posts in activity.classes:
        yield f"{CLASS} {as_text(float(acts))}", posts
    for age, weight in values.age_weights.bands if values.age_weights else ():
        yield f"{AGE} {age}", weight
    if values.age_cap is not None:
        yield AGE_CAP, values.age_cap
    yield POST, values.post
    yield PEOPLE, values.people
    if values.threshold is not None:
        yield THRESHOLD, values.threshold


def read_sheet(stream: BinaryIO, *, filename: str) -> ReadSheet:
    """Return the set that a file holds.

    Raises:
        SheetRefused: it is no table, a line cannot be read, or its values make no sense.
    """
    found = _Lines(filename)
    try:
        with lines_of(stream, name=filename, column_of=among(_COLUMNS)) as (columns, rows):
            require(filename, columns, ("what", HEADER[0]), ("value", HEADER[1]))
            for row in rows:
                cells = row.cells
                label = as_text(cells[columns["what"]]).strip()
                there = columns["value"] < len(cells)
                if label:
                    found.take(row.number, label, cells[columns["value"]] if there else None)
    except FileRefused as refusal:
        raise SheetRefused(*refusal.sentences) from refusal
    return found.read()


def _decay_rows(decay: Decay) -> Iterator[tuple[str, CellValue]]:
    if isinstance(decay, Slope):
        yield FULL, decay.full
        yield NIL, decay.nil
        return
    steps = cast(Steps, decay)
    yield BOUND, CLOSED if steps.closed else OPEN
    for bound, level in zip(steps.bounds, steps.levels, strict=True):
        yield f"{STEP} {as_text(float(bound))}", level


@dataclass
class _Lines:
    """The lines of a file, by what they are about."""

    name: str
    alone: dict[str, tuple[int, CellValue]] = field(default_factory=dict)
    # (line, minutes or acts or age, value) of each list, as they come.
    listed: dict[str, list[tuple[int, float, float]]] = field(
        default_factory=lambda: {STEP: [], CLASS: [], AGE: []}
    )
    wrong: list[str] = field(default_factory=list)

    def take(self, line: int, label: str, value: CellValue) -> None:
        """Keep a line; one that nothing is known of is refused."""
        key = fold(label).replace("’", "'")
        if (called := _ALONE.get(key)) is not None:
            if called in self.alone:
                before = self.alone[called][0]
                self._refuse(
                    line,
                    say(
                        "« %(name)s » est déjà à la ligne %(before)d.", name=called, before=before
                    ),
                )
            self.alone[called] = line, value
        elif (found := _LISTED.fullmatch(key)) is not None:
            first, second = read_decimal(found[2]), self._number(line, label, value)
            if first is None:
                self._refuse(line, say("« %(text)s » n’est pas un nombre.", text=found[2]))
            elif second is not None:
                called = AGE if found[1] == "age" else found[1]
                self.listed[called].append((line, float(first), second))
        else:
            self._refuse(line, say("« %(text)s » n’est pas un paramètre connu.", text=label))

    def read(self) -> ReadSheet:
        """Return the set. Raises `SheetRefused`."""
        care = self._care()
        told: dict[str, Any] = {
            "decay": self._made("decay", self._decay),
            "activity": self._made("activity", self._activity),
            "age_weights": self._made("age_weights", self._ages),
            "age_cap": self._whole(AGE_CAP),
            "post": self._told(POST, needed=True),
            "people": self._whole(PEOPLE) or (care and people_of(care)),
            "threshold": self._told(THRESHOLD),
            "approximate": self._yes(APPROXIMATE),
            "dated": self._day(),
            "source": self._text(SOURCE, needed=True),
        }
        if told["people"] is None:
            self.wrong.append(
                say(
                    "%(file)s : il manque « %(people)s », ou « %(care)s ».",
                    file=self.name,
                    people=PEOPLE,
                    care=CARE,
                )
            )
        name = self._text(NAME) or self.name.rsplit(".", 1)[0]
        self._stop()
        values = self._made(None, lambda: Parameters(name=fold(name), title=name, **told))
        self._stop()
        return ReadSheet(Sheet(name, values, self._text(NOTE)), care)

    def _decay(self) -> Decay | None:
        steps = self.listed[STEP]
        if steps:
            if FULL in self.alone or NIL in self.alone:
                self._refuse(steps[0][0], say("des paliers ou une droite, pas les deux."))
                return None
            return Steps(
                tuple(minutes for _line, minutes, _weight in steps),
                tuple(weight for _line, _minutes, weight in steps),
                closed=self._closed(),
            )
        full, nil = self._told(FULL), self._told(NIL)
        if full is None or nil is None:
            self.wrong.append(
                say(
                    "%(file)s : il manque la distance : des lignes « %(step)s 5 », "
                    "« %(step)s 10 »…, ou « %(full)s » et « %(nil)s ».",
                    file=self.name,
                    step=STEP,
                    full=FULL,
                    nil=NIL,
                )
            )
            return None
        return Slope(full, nil)

    def _closed(self) -> bool:
        line, value = self.alone.get(BOUND, (0, None))
        told = as_text(value).strip()
        if told not in {OPEN, *_CLOSED}:
            where = line or self.listed[STEP][0][0]
            self._refuse(
                where,
                say(
                    "dites par « %(bound)s » si un trajet qui tombe sur la limite d’un palier y "
                    "entre (« %(closed)s ») ou passe au suivant (« %(open)s »).",
                    bound=BOUND,
                    closed=CLOSED,
                    open=OPEN,
                ),
            )
        return told in _CLOSED

    def _activity(self) -> Activity | None:
        classes = tuple((acts, posts) for _line, acts, posts in self.listed[CLASS])
        floor, ceiling = self._told(FLOOR), self._told(CEILING)
        if classes and (floor is not None or ceiling is not None):
            line = self.listed[CLASS][0][0]
            self._refuse(line, say("des classes ou un plancher et un plafond, pas les deux."))
            return None
        return Activity(floor or 0.0, inf if ceiling is None else ceiling, classes)

    def _ages(self) -> AgeWeights | None:
        bands = self.listed[AGE]
        for line, age, _weight in bands:
            if age != int(age):
                self._refuse(line, say("« %(age)g » n’est pas un âge entier.", age=age))
                return None
        return AgeWeights(tuple((int(age), one) for _line, age, one in bands)) if bands else None

    def _care(self) -> Care | None:
        line, value = self.alone.get(CARE, (0, None))
        told = as_text(value).strip()
        if not told:
            return None
        if told not in Care.values:
            known = list(Care.values)
            self._refuse(
                line,
                say("« %(text)s » n’est pas une profession : %(known)s.", text=told, known=known),
            )
            return None
        return Care(told)

    def _day(self) -> dt.date | None:
        line, value = self.alone.get(DATED, (0, None))
        read = _read_date(value)
        if isinstance(read, Problem):
            self._refuse(line, read.sentence)
            return None
        day = read.value if isinstance(read, Guess) else read
        if not isinstance(day, dt.date):
            self._miss(DATED)
            return None
        return day

    def _yes(self, key: str) -> bool:
        line, value = self.alone.get(key, (0, None))
        read = parse_bool(value)
        if isinstance(read, Problem):
            self._refuse(line, read.sentence)
            return False
        return bool(read.value if isinstance(read, Guess) else read)

    def _text(self, key: str, *, needed: bool = False) -> str:
        told = unescape_formula(as_text(self.alone.get(key, (0, None))[1]).strip())
        if needed and not told:
            self._miss(key)
        return told

    def _told(self, key: str, *, needed: bool = False) -> float | None:
        line, value = self.alone.get(key, (0, None))
        if as_text(value).strip():
            return self._number(line, key, value)
        if needed:
            self._miss(key)
        return None

    def _whole(self, key: str) -> int | None:
        told = self._told(key)
        if told is not None and told != int(told):
            line = self.alone[key][0]
            self._refuse(line, say("« %(number)g » n’est pas un nombre entier.", number=told))
            return None
        return None if told is None else int(told)

    def _number(self, line: int, label: str, value: CellValue) -> float | None:
        told = as_text(value).strip()
        found = read_decimal(told)
        if found is None:
            self._refuse(
                line,
                say(
                    "« %(text)s » n’est pas une valeur possible pour « %(name)s ».",
                    text=told,
                    name=label,
                ),
            )
            return None
        return float(found)

    def _made(self, where: str | None, build: Any) -> Any:
        """What values make, or the line that makes no sense of them."""
        try:
            return build()
        except InvalidParameters as error:
            self._refuse(self._line_of(where or error.where, error.rank), sentence_on(error))
            return None

    def _line_of(self, where: str, rank: int) -> int:
        found = []
        for key in _FIELDS[where]:
            if lines := self.listed.get(key):
                found.append(lines[max(rank, 1) - 1][0])
            elif key in self.alone:
                found.append(self.alone[key][0])
        return found[0]

    def _refuse(self, line: int, sentence: str) -> None:
        self.wrong.append(at_line(self.name, line, sentence))

    def _miss(self, key: str) -> None:
        self.wrong.append(say("%(file)s : il manque « %(name)s ».", file=self.name, name=key))

    def _stop(self) -> None:
        if self.wrong:
            raise SheetRefused(*self.wrong[:SHOWN])
