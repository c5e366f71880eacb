"""Who works in each commune: a file of counts, or one of lines that are people.

A file of people (an extract of the RPPS, of a directory) has a line for each place where somebody
works: the same person stands on several. People are counted once, shared between the communes
where they work; what tells one from another is read, used, and never kept.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

import numpy as np

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.reading.draft import Draft
from ancrage.demography.services.reading.lines import (
    CODE,
    FileRefused,
    Kept,
    Notebook,
    Watch,
    absent_overseas,
    lines_of,
    require,
    unwatched,
)
from ancrage.demography.services.reading.naming import care_named
from ancrage.kit.tabular import Row
from ancrage.kit.tabular.sentences import Sentence, say, say_many
from ancrage.kit.tabular.wording import key_of

OLDEST = 120
UNKNOWN_AGE = -1.0

_COUNT = ("effectif", "effectifs", "nombre", "nb", "etp", "nb equip", "nombre d equipements")
_KNOWN = {
    "age": ("age",),
    "kind": ("typequ", "type d equipement"),
    "person": (
        "identifiant pp",
        "identification nationale pp",
        "identifiant",
        "rpps",
        "numero rpps",
        "numero adeli",
        "ps id nat",
    ),
    "surname": ("nom d exercice", "nom exercice", "nom", "nom du professionnel"),
    "first_name": ("prenom d exercice", "prenom exercice", "prenom"),
    "profession": ("libelle profession", "profession", "profession libelle"),
    "skill": ("libelle savoir faire", "savoir faire", "specialite", "libelle specialite"),
    "manner": ("libelle mode exercice", "mode exercice", "mode d exercice", "nature d exercice"),
    "sector": ("libelle secteur d activite", "secteur d activite"),
}
_CODE = (*CODE, "code commune coord structure")
_NAMES = {
    spelling: name for name, those in {**_KNOWN, "code": _CODE}.items() for spelling in those
}
# In the base of equipments of the Insee: the practices of general practitioners.
_GP_PRACTICE = "d201"
# A column that names a profession and one of these does not count its people.
_NO_COUNT = frozenset({"apl", "densite", "part", "taux", "age", "ans", "pour", "population"})
_NAMED = 6
_PEOPLE, _AGE = say("l’effectif"), say("l’âge")


def read_professionals(
    stream: BinaryIO,
    *,
    filename: str,
    care: Care,
    sheet: str | None = None,
    watch: Watch = unwatched,
) -> Draft:
    """Return how many professionals each commune has, by age where the file tells it.

    In a file of counts, lines of one commune stand side by side; a line whose number is kept
    secret says nothing, and is left out. In a file of people, each counts once, by equal shares
    where they work in several communes, and one line a commune and an age is returned: neither
    names nor numbers. An age that is not told is `UNKNOWN_AGE`.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    column_of = partial(professionals_column, care)
    with lines_of(stream, name=filename, column_of=column_of, sheet=sheet, watch=watch) as found:
        columns, rows = found
        require(filename, columns, ("code", "code"))
        if "count" in columns:
            return _counted(Notebook(filename), care, columns, rows)
        if not {"person", "first_name", "profession"} & set(columns):
            raise FileRefused(
                say(
                    "%(file)s : il manque la colonne « effectif » ; ou, si chaque ligne est une "
                    "personne, une colonne « identifiant », « prénom » ou « profession ».",
                    file=filename,
                )
            )
        return _People(Notebook(filename, quotes=False), care, columns).read(rows)


def professionals_column(care: Care, key: str) -> str | None:
    """The column of a file of professionals that a label names."""
    if key in _NAMES:
        return _NAMES[key]
    counts = care_named(key) is care and _NO_COUNT.isdisjoint(key.split())
    return "count" if key in _COUNT or counts else None


def _counted(book: Notebook, care: Care, columns: Mapping[str, int], rows: Iterator[Row]) -> Draft:
    kept = Kept(book, once=False)
    kinds: Counter[str] = Counter()
    for row in rows:
        if not book.text(row, columns["code"]):
            continue
        kind = key_of(book.text(row, columns.get("kind")))
        kinds[kind] += 1
        if care is Care.GP and kind not in ("", _GP_PRACTICE):
            continue
        count = book.number(row, columns["count"], _PEOPLE)
        age = book.number(row, columns.get("age"), _AGE, within=(0, OLDEST), empty=UNKNOWN_AGE)
        code = book.code(row, columns["code"])
        if not np.isnan(count):
            kept.add(row.number, code, [count, age])
    told = _told_of_kinds(book.name, care, kinds)
    return Draft(
        Dataset.PROFESSIONALS, care, kept.columns(["count", "age"]), (*told, *kept.remarks())
    )


def _told_of_kinds(name: str, care: Care, kinds: Counter[str]) -> list[str]:
    """Say what equipments count for. Raises FileRefused: several, or none that is asked for."""
    shown = ", ".join(sorted(kind.upper() for kind in kinds)[:_NAMED])
    if not any(kinds):
        return []
    if len(kinds) > 1 and care is not Care.GP:
        raise FileRefused(
            say(
                "%(file)s : plusieurs équipements (%(kinds)s) : gardez-en les lignes de la "
                "profession.",
                file=name,
                kinds=shown,
            )
        )
    if care is Care.GP and _GP_PRACTICE not in kinds:
        raise FileRefused(
            say(
                "%(file)s : aucun médecin généraliste (équipement D201) ; on y lit %(kinds)s.",
                file=name,
                kinds=shown,
            )
        )
    others = sum(kinds.values()) - kinds[_GP_PRACTICE] if care is Care.GP else 0
    return [
        *([_aside(others, say("d’autres équipements"))] if others else []),
        say(
            "Ce fichier compte des cabinets, pas des temps pleins : qui exerce à deux adresses y "
            "est deux fois, un mi-temps compte autant qu’un plein temps."
        ),
    ]


def _aside(count: int, why: Sentence) -> Sentence:
    return say_many(
        "%(count)d ligne laissée de côté : %(why)s.",
        "%(count)d lignes laissées de côté : %(why)s.",
        count,
        why=why,
    )


@dataclass
class _Person:
    """Where somebody works: who it is stays in the memory of the reading."""

    places: dict[str, None] = field(default_factory=dict)
    age: float = UNKNOWN_AGE


class _People:
    """The lines of a file of people, counted by commune and age."""

    def __init__(self, book: Notebook, care: Care, columns: Mapping[str, int]) -> None:
        self._book = book
        self._care = care
        self._columns = columns
        self._found: dict[object, _Person] = {}
        self._lines: Counter[str] = Counter()

    def read(self, rows: Iterator[Row]) -> Draft:
        """Return who works where. Raises FileRefused: lines are wrong, or nobody is left."""
        for row in rows:
            self._take(row)
        self._book.stop()
        if not self._found:
            raise FileRefused(
                say("%(file)s : aucune ligne de cette profession.", file=self._book.name),
                *self._told(),
            )
        counts: dict[tuple[str, float], float] = {}
        for person in self._found.values():
            for code in person.places:
                key = (code, person.age)
                counts[key] = counts.get(key, 0.0) + 1 / len(person.places)
        keys = sorted(counts)
        return Draft(
            Dataset.PROFESSIONALS,
            self._care,
            {
                "code": np.array([code for code, _age in keys], dtype="U5"),
                "count": np.array([counts[key] for key in keys]),
                "age": np.array([age for _code, age in keys]),
            },
            (*self._told(), *absent_overseas({code for code, _age in keys})),
        )

    def _take(self, row: Row) -> None:
        why = self._left_out(row)
        self._lines[why or "counted"] += 1
        if why:
            return
        code = self._book.code(row, self._columns["code"])
        age = self._book.number(
            row, self._columns.get("age"), _AGE, within=(0, OLDEST), empty=UNKNOWN_AGE
        )
        if code is None:
            return
        person = self._found.setdefault(self._who(row), _Person())
        self._lines["again"] += code in person.places
        person.places[code] = None
        if person.age == UNKNOWN_AGE:
            person.age = age

    def _left_out(self, row: Row) -> str:
        """Why a line does not count; empty: it does."""
        said = " ".join(self._key(row, name) for name in ("profession", "skill")).strip()
        if {"profession", "skill"} & set(self._columns) and care_named(said) is not self._care:
            return "other"
        if not self._book.text(row, self._columns["code"]):
            return "nowhere"
        manner, sector = self._key(row, "manner"), self._key(row, "sector")
        if manner and "liberal" not in manner and "centre de sante" not in f"{manner} {sector}":
            return "employed"
        return ""

    def _who(self, row: Row) -> object:
        """What tells somebody from others in this file; each line by itself where nothing does."""
        person = self._key(row, "person")
        if person:
            return person
        names = (self._key(row, "surname"), self._key(row, "first_name"))
        return names if all(names) else row.number

    def _key(self, row: Row, name: str) -> str:
        return key_of(self._book.text(row, self._columns.get(name)))

    def _told(self) -> tuple[str, ...]:
        several = sum(len(one.places) > 1 for one in self._found.values())
        lines = self._lines
        by_name = "person" not in self._columns
        told = [
            (len(self._found), _counted_on(len(self._found), lines["counted"])),
            (
                several,
                say_many(
                    "%(count)d exerce dans plusieurs communes : chaque personne y compte partout, "
                    "pour une part égale.",
                    "%(count)d exercent dans plusieurs communes : chaque personne y compte "
                    "partout, pour une part égale.",
                    several,
                ),
            ),
            (
                lines["again"],
                say_many(
                    "%(count)d ligne répète quelqu’un dans la même commune : une seule compte.",
                    "%(count)d lignes répètent quelqu’un dans la même commune : une seule compte.",
                    lines["again"],
                ),
            ),
            (lines["other"], _aside(lines["other"], say("une autre profession"))),
            (
                lines["employed"],
                _aside(
                    lines["employed"],
                    say(
                        "exercice salarié hors centre de santé, alors que l’accessibilité compte "
                        "l’exercice de ville"
                    ),
                ),
            ),
            (lines["nowhere"], _aside(lines["nowhere"], say("sans commune"))),
            (
                by_name and "first_name" in self._columns,
                say(
                    "Sans numéro, les personnes sont reconnues à leur nom : deux homonymes "
                    "comptent pour une."
                ),
            ),
            (
                by_name and "first_name" not in self._columns,
                say("Rien ne dit quelles lignes sont la même personne : chacune en compte une."),
            ),
        ]
        return (*(sentence for count, sentence in told if count), *self._book.told())


def _counted_on(people: int, lines: int) -> Sentence:
    return say_many(
        "%(count)d personne comptée sur %(lines)s, par commune et par âge : ni nom ni numéro "
        "n’est gardé.",
        "%(count)d personnes comptées sur %(lines)s, par commune et par âge : ni nom ni numéro "
        "n’est gardé.",
        people,
        lines=say_many("%(count)d ligne", "%(count)d lignes", lines),
    )
