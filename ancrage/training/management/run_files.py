"""Training runs, wishes and needs as JSON, and the plan of what opens."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.core.runs.reasons import Reasons
from ancrage.core.runs.values import (
    Course,
    FlawKind,
    Instance,
    InvalidInstance,
    Need,
    Plan,
    Run,
    Wish,
)
from ancrage.kit.management.reading import BadFile, Reader, Row, data_of

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
TOP_KEYS = {"courses", "runs", "wishes", "needs", "budget"}
FLAWS: Mapping[FlawKind, str] = {
    FlawKind.COURSE_TWICE: "La formation « {0} » est donnée deux fois.",
    FlawKind.COURSE_MONTHS: "« months » de la formation « {0} » vaut {1} : il faut au moins 0.",
    FlawKind.RUN_TWICE: "La session « {0} » est donnée deux fois.",
    FlawKind.RUN_COURSE: "La session « {0} » est d’une formation inconnue : « {1} ».",
    FlawKind.RUN_SIZES: (
        "La session « {0} » va de {1} à {2} personnes : il faut 1 ≤ least ≤ most ≤ 10 000."
    ),
    FlawKind.RUN_COST: "La session « {0} » coûte {1} € : il faut de 0 à 1 000 000.",
    FlawKind.WISH_TWICE: "« {0} » demande deux fois la formation « {1} ».",
    FlawKind.WISH_COURSE: "« {0} » demande une formation inconnue : « {1} ».",
    FlawKind.PRIORITY: "« priority » de « {0} » vaut {1} : il faut de 1 à 100 points.",
    FlawKind.NEED_TWICE: "Le besoin de « {0} » est donné deux fois pour le même mois.",
    FlawKind.NEED_PEOPLE: "Le besoin de « {0} » est de {2} personnes : il faut de 0 à 10 000.",
    FlawKind.NEED_WORTH: "« worth » du besoin de « {0} » vaut {2} : il faut de 0 à 100 points.",
    FlawKind.BUDGET: "« budget » vaut {0} € : il faut au moins 0, ou null.",
}


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a file asks, and the keys that mean nothing here."""

    instance: Instance
    ignored: tuple[str, ...]


def read_runs(text: str) -> RunRequest:
    """Read an instance.

    Raises:
        BadFile: it is no instance.
    """
    reader = _RunReader()
    instance = reader.instance(data_of(text))
    return RunRequest(instance, tuple(reader.ignored))


def said(error: InvalidInstance) -> str:
    """Return what is wrong with an instance, in a sentence."""
    return FLAWS[error.kind].format(*error.where)


class _RunReader(Reader):
    def instance(self, data: object) -> Instance:
        what = "L’instance"
        top = self.mapping(data, what, TOP_KEYS)
        budget = None if top.get("budget") is None else self.whole(top, "budget", what)
        return Instance(
            tuple(
                self._course(row, f"La formation n° {rank}")
                for rank, row in enumerate(self.rows(top, "courses", what, needed=True), 1)
            ),
            tuple(
                self._run(row, f"La session n° {rank}")
                for rank, row in enumerate(self.rows(top, "runs", what, needed=True), 1)
            ),
            tuple(
                self._wish(row, f"Le vœu n° {rank}")
                for rank, row in enumerate(self.rows(top, "wishes", what, needed=True), 1)
            ),
            tuple(
                self._need(row, f"Le besoin n° {rank}")
                for rank, row in enumerate(self.rows(top, "needs", what), 1)
            ),
            budget,
        )

    def _course(self, value: object, what: str) -> Course:
        row = self.mapping(value, what, {"id", "profession", "months"})
        profession = None if row.get("profession") is None else self.text(row, "profession", what)
        return Course(self.text(row, "id", what), profession, self.whole(row, "months", what, 0))

    def _run(self, value: object, what: str) -> Run:
        row = self.mapping(value, what, {"id", "course", "site", "month", "least", "most", "cost"})
        key = self.text(row, "id", what)
        what = f"La session « {key} »"
        return Run(
            key,
            self.text(row, "course", what),
            self.text(row, "site", what),
            _month(self.text(row, "month", what), what),
            self.whole(row, "least", what),
            self.whole(row, "most", what),
            self.whole(row, "cost", what, 0),
        )

    def _wish(self, value: object, what: str) -> Wish:
        row = self.mapping(value, what, {"person", "course", "sites", "months", "priority"})
        person = self.text(row, "person", what)
        what = f"Le vœu de « {person} »"
        return Wish(
            person,
            self.text(row, "course", what),
            frozenset(self._texts(row, "sites", what)),
            frozenset(_month(month, what) for month in self._texts(row, "months", what)),
            self.whole(row, "priority", what, 1),
        )

    def _need(self, value: object, what: str) -> Need:
        row = self.mapping(value, what, {"profession", "month", "people", "worth"})
        return Need(
            self.text(row, "profession", what),
            _month(self.text(row, "month", what), what),
            self.whole(row, "people", what),
            self.whole(row, "worth", what, 1),
        )

    def _texts(self, row: Row, key: str, what: str) -> list[str]:
        values = self.rows(row, key, what, needed=True)
        if any(not isinstance(value, str) for value in values):
            raise BadFile(f"{what} : « {key} » doit être une liste de textes.")
        return values


def _month(text: str, what: str) -> int:
    found = MONTH.fullmatch(text)
    if found is None:
        raise BadFile(f"{what} : « {text} » n’est pas un mois ; écrivez 2027-01.")
    year, month = found.groups()
    return int(year) * 12 + int(month) - 1


def month_said(month: int) -> str:
    """Return a month as it is written in a file."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def plan_as_json(instance: Instance, plan: Plan, reasons: Reasons) -> str:
    """Return a plan, one run per line, then what is left and why."""
    known = {run.key: run for run in instance.runs}
    lists: dict[str, Iterable[Mapping[str, object]]] = {
        "runs": (
            {
                "run": one.run,
                "course": known[one.run].course,
                "site": known[one.run].site,
                "month": month_said(known[one.run].month),
                "cost": known[one.run].cost,
                "people": list(one.people),
            }
            for one in plan.runs
        ),
        "covers": (
            {
                "run": one.run,
                "profession": one.profession,
                "month": month_said(one.month),
                "people": one.people,
            }
            for one in plan.covers
        ),
        "not_sent": (
            {
                "person": one.person,
                "course": one.course,
                "why": one.why.name.lower(),
                "runs": list(one.runs),
            }
            for one in reasons.not_sent
        ),
        "closed": (
            {
                "run": one.run,
                "why": one.why.name.lower(),
                "could_come": one.could_come,
                "go_nowhere": one.go_nowhere,
            }
            for one in reasons.closed
        ),
        "missing": (
            {
                "profession": one.profession,
                "month": month_said(one.month),
                "people": one.people,
                "why": one.why.name.lower(),
            }
            for one in reasons.missing
        ),
    }
    head = {
        "points": plan.worth.points,
        "cost": plan.worth.cost,
        "bound": {"points": plan.bound.points, "cost": plan.bound.cost},
        "gap": float(plan.gap) if plan.gap else 0,
        "proof": plan.proof.value,
    }
    lines = [_rows(key, rows) for key, rows in lists.items()]
    lines += [f"  {_dump(key)}: {_dump(value)}" for key, value in head.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(key: str, rows: Iterable[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"    {_dump(one)}" for one in rows)
    return f'  "{key}": [\n{lines}\n  ]' if lines else f'  "{key}": []'
