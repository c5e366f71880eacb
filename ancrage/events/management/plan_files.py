"""Instances and plans of meetings as files: JSON, or a CSV of pairs.

What cannot be read is said in one clear sentence, `BadFile`.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from ancrage.core.meetings.compact.values import CompactInstance, CompactPlan
from ancrage.core.meetings.values import (
    FlawKind,
    Host,
    Instance,
    InvalidInstance,
    Meeting,
    Pair,
    Plan,
    Visitor,
)
from ancrage.kit.management.reading import BadFile, Reader

# Scores are read to the billionth: beyond, two ways of writing a third would not be equal.
DECIMALS = 9
LARGEST_SCORE = 10**9
MOST_ROUNDS = 1_000
TOP_KEYS = {"rounds", "tables", "hosts", "visitors", "pairs", "held", "promised", "from_round"}
PERSON_KEYS = {"id", "max", "min", "absent"}
HOST_KEYS = {*PERSON_KEYS, "capacity", "seats"}
MEETING_KEYS = {"host", "visitor", "round", "table"}
COLUMNS = {
    "host": {"host", "hote", "hôte"},
    "visitor": {"visitor", "visiteur"},
    "score": {"score", "note"},
}
FLAWS: Mapping[FlawKind, str] = {
    FlawKind.ROUNDS: "Le nombre de tours (« rounds ») est {0} : il en faut au moins 0.",
    FlawKind.TABLES: "Le nombre de tables (« tables ») est {0} : il en faut au moins 0, ou null.",
    FlawKind.FROM_ROUND: "« from_round » vaut {0}, hors des tours de l’instance.",
    FlawKind.ID_TWICE: "L’identifiant « {0} » est donné à deux personnes du même côté.",
    FlawKind.SEATS: "« {0} » a {1} place à sa table : il en faut au moins 1.",
    FlawKind.MOST: "« max » de « {0} » vaut {1} : il faut au moins 0.",
    FlawKind.LEAST: "« min » de « {0} » vaut {1} : il faut au moins 0.",
    FlawKind.LEAST_OVER_MOST: "« min » de « {0} » ({1}) dépasse son « max » ({2}).",
    FlawKind.ABSENT_ROUND: "« {0} » est absent au tour {1}, qui n’existe pas (comptés depuis 0).",
    FlawKind.UNKNOWN_HOST: "Hôte inconnu : « {0} » n’est pas dans « hosts ».",
    FlawKind.UNKNOWN_VISITOR: "Visiteur inconnu : « {0} » n’est pas dans « visitors ».",
    FlawKind.PAIR_TWICE: "La paire « {0} » – « {1} » est donnée deux fois.",
    FlawKind.MEETING_ROUND: (
        "La rencontre « {0} » – « {1} » est au tour {2}, qui n’existe pas (comptés depuis 0)."
    ),
    FlawKind.MEETING_TWICE: (
        "La rencontre « {0} » – « {1} » est donnée à deux tours : on ne se rencontre qu’une fois."
    ),
    FlawKind.HOST_BUSY: "L’hôte « {0} » a trop de rencontres au tour {1}.",
    FlawKind.VISITOR_BUSY: "Le visiteur « {0} » a deux rencontres au tour {1}.",
    FlawKind.HELD_OVER_MOST: "« {0} » a {1} rencontres tenues, plus que son maximum.",
    FlawKind.HELD_OVER_TABLES: "Au tour {0}, {1} tables tenues pour {2} disponibles.",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a file asks.

    Attributes:
        instance: its scores are in `unit`s, so as to be integers.
        unit: how many of them make one point of the file.
        names: the identifiers as they were written: 7 is not "7".
        ignored: keys that mean nothing here.
    """

    instance: Instance
    unit: int
    names: Mapping[str, str | int]
    ignored: Sequence[str]


def read_json(text: str, *, guarantee: int | None = None) -> Request:
    """Read an instance.

    Args:
        text: the file.
        guarantee: how many meetings are guaranteed to people without « min ».

    Raises:
        BadFile: it is no instance.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"Ce fichier n’est pas du JSON lisible : {error}.") from error
    return _Reader(guarantee).read(data)


def _refuse_constant(name: str) -> None:
    raise BadFile(f"{name} n’est pas un nombre fini : donnez à chaque note une valeur finie.")


def read_pairs(text: str, *, rounds: int, tables: int | None, guarantee: int | None) -> Request:
    """Read the CSV of pairs: host, visitor, score; people are those it names.

    Raises:
        BadFile: a column is missing, or a row cannot be read.
    """
    sample = text.lstrip("\ufeff")
    separator = ";" if sample.partition("\n")[0].count(";") else ","
    rows = csv.reader(io.StringIO(sample), delimiter=separator)
    header = [cell.strip().casefold() for cell in next(rows, [])]
    places = {}
    for column, spellings in COLUMNS.items():
        place = next((at for at, cell in enumerate(header) if cell in spellings), None)
        if place is None:
            raise BadFile(f"Il manque la colonne « {column} » : les titres sont {header}.")
        places[column] = place
    pairs = []
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(places.values()):
            raise BadFile(f"Ligne {line} : {len(row)} colonnes, il en faut {len(header)}.")
        host, visitor, score = (row[places[column]].strip() for column in COLUMNS)
        try:
            value = Decimal(score.replace(",", "."))
        except ArithmeticError as error:
            raise BadFile(f"Ligne {line} : « {score} » n’est pas une note.") from error
        pairs.append({"host": host, "visitor": visitor, "score": value})
    people = {
        side: [{"id": name} for name in dict.fromkeys(pair[side] for pair in pairs)]
        for side in ("host", "visitor")
    }
    data = {"hosts": people["host"], "visitors": people["visitor"], "pairs": pairs}
    return _Reader(guarantee).read({**data, "rounds": rounds, "tables": tables})


class _Reader(Reader):
    """Reads one instance; remembers how identifiers were written too."""

    def __init__(self, guarantee: int | None) -> None:
        super().__init__()
        self._guarantee = guarantee
        self._names: dict[str, str | int] = {}

    def read(self, data: object) -> Request:
        top = self.mapping(data, "L’instance", TOP_KEYS)
        scores: list[Decimal] = []
        pairs = []
        for rank, row in enumerate(self._rows(top, "pairs"), start=1):
            pair = self.mapping(row, f"La paire n° {rank}", {"host", "visitor", "score"})
            ends = self._id(pair, "host", "pairs"), self._id(pair, "visitor", "pairs")
            scores.append(self._score(pair, ends))
            pairs.append(ends)
        unit = 10 ** max((_decimals(score) for score in scores), default=0)
        instance = Instance(
            rounds=self._whole(top, "rounds", "L’instance", needed=True) or 0,
            hosts=tuple(map(self._host, self._rows(top, "hosts", needed=True))),
            visitors=tuple(map(self._visitor, self._rows(top, "visitors", needed=True))),
            pairs=tuple(
                Pair(host, visitor, int(score * unit))
                for (host, visitor), score in zip(pairs, scores, strict=True)
            ),
            tables=self._whole(top, "tables", "L’instance"),
            held=tuple(map(self._meeting, self._rows(top, "held"))),
            promised=tuple(map(self._meeting, self._rows(top, "promised"))),
            from_round=self._whole(top, "from_round", "L’instance") or 0,
        )
        if instance.rounds > MOST_ROUNDS:
            raise BadFile(f"{instance.rounds} tours : pas plus de {MOST_ROUNDS}.")
        return Request(instance, unit, self._names, self.ignored)

    @staticmethod
    def _rows(top: Mapping[str, Any], key: str, *, needed: bool = False) -> list[object]:
        rows = top.get(key)
        if rows is None and not needed:
            return []
        if not isinstance(rows, list):
            raise BadFile(f"« {key} » doit être une liste.")
        return rows

    def _id(self, row: Mapping[str, Any], key: str, where: str) -> str:
        value = row.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise BadFile(f"Dans « {where} », « {key} » doit être un texte ou un nombre entier.")
        name = str(value)
        if self._names.setdefault(name, value) != value:
            raise BadFile(f"« {name} » est écrit tantôt comme un texte, tantôt comme un nombre.")
        return name

    def _whole(
        self, row: Mapping[str, Any], key: str, what: str, *, needed: bool = False
    ) -> int | None:
        value = row.get(key)
        if value is None and not needed:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadFile(f"{what} : « {key} » doit être un nombre entier.")
        return value

    def _score(self, pair: Mapping[str, Any], ends: tuple[str, str]) -> Decimal:
        score = pair.get("score")
        named = f"La note de « {ends[0]} » – « {ends[1]} »"
        if isinstance(score, bool) or not isinstance(score, int | Decimal):
            raise BadFile(f"{named} doit être un nombre.")
        score = Decimal(score)
        if not score.is_finite() or abs(score) > LARGEST_SCORE:
            raise BadFile(f"{named} doit être finie, entre −10⁹ et 10⁹.")
        return score.quantize(Decimal(1).scaleb(-DECIMALS)).normalize()

    def _guest(
        self, value: object, where: str, known: set[str]
    ) -> tuple[Mapping[str, Any], tuple[str, int | None, int | None, frozenset[int]]]:
        row = self.mapping(value, f"Chaque ligne de « {where} »", known)
        name = self._id(row, "id", where)
        absent = row.get("absent") or []
        if not isinstance(absent, list) or any(type(when) is not int for when in absent):
            raise BadFile(f"« absent » de « {name} » doit être une liste de tours.")
        most = self._whole(row, "max", f"« {name} »")
        least = self._whole(row, "min", f"« {name} »")
        if least is None and self._guarantee is not None:
            least = self._guarantee if most is None else min(self._guarantee, most)
        return row, (name, most, least, frozenset(absent))

    def _host(self, value: object) -> Host:
        row, guest = self._guest(value, "hosts", HOST_KEYS)
        rooms = [
            room
            for key in ("capacity", "seats")
            if (room := self._whole(row, key, f"« {guest[0]} »")) is not None
        ]
        return Host(*guest, min(rooms, default=1))

    def _visitor(self, value: object) -> Visitor:
        _row, guest = self._guest(value, "visitors", PERSON_KEYS)
        return Visitor(*guest)

    def _meeting(self, value: object) -> Meeting:
        row = self.mapping(value, "Chaque rencontre", MEETING_KEYS)
        host, visitor = self._id(row, "host", "held"), self._id(row, "visitor", "held")
        what = f"La rencontre « {host} » – « {visitor} »"
        when = self._whole(row, "round", what, needed=True) or 0
        return Meeting(host, visitor, when, self._whole(row, "table", what))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def said(error: InvalidInstance) -> str:
    """Return what is wrong with an instance, in a sentence."""
    return FLAWS[error.kind].format(*error.where)


def plan_as_json(request: Request, plan: Plan) -> str:
    """Return a plan in the agreed format, one meeting per line."""

    def points(score: int) -> int | float:
        whole, rest = divmod(score, request.unit)
        return score / request.unit if rest else whole

    head = {
        "levels": list(plan.levels),
        "score": points(plan.score),
        "bound": points(plan.bound),
        "gap": float(plan.gap) if plan.gap else 0,
        "proof": plan.proof.value,
    }
    if request.instance.promised:
        head["changes"] = len(plan.changed)
    return _laid_out(
        (
            {
                "host": request.names[one.host],
                "visitor": request.names[one.visitor],
                "round": one.round,
                "table": one.table,
            }
            for one in plan.meetings
        ),
        head,
    )


def compact_plan_as_json(instance: CompactInstance, plan: CompactPlan) -> str:
    """Return a compact timetable in the same form; people are numbered from 1, as in the file."""
    served: Counter[int] = Counter()
    meetings = []
    for rank in sorted(range(len(plan.rounds)), key=lambda rank: (plan.rounds[rank], rank)):
        one, when = instance.appointments[rank], plan.rounds[rank]
        served[when] += 1
        meetings.append(
            {
                "host": one.first + 1,
                "visitor": one.second + 1,
                "round": when,
                "table": served[when],
            }
        )
    missing = plan.breaks - plan.bound
    return _laid_out(
        meetings,
        {
            "breaks": plan.breaks,
            "bound": plan.bound,
            "gap": missing / plan.breaks if missing else 0,
            "proof": "bounded" if missing else "searched",
        },
    )


def _laid_out(meetings: Iterable[Mapping[str, object]], head: Mapping[str, object]) -> str:
    dump = partial(json.dumps, ensure_ascii=False)
    rows = ",\n".join(f"    {dump(one)}" for one in meetings)
    lines = [f'  "meetings": [\n{rows}\n  ]' if rows else '  "meetings": []']
    lines += [f"  {dump(key)}: {dump(value)}" for key, value in head.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
