"""Fractions of posts and shared posts as JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ancrage.core.posts.reasons import LeftOut, PostReasons, Reasons
from ancrage.core.posts.values import (
    FlawKind,
    Fraction,
    Holder,
    Instance,
    InvalidInstance,
    Limits,
    Plan,
    Post,
    Shift,
    Slot,
    Trip,
)
from ancrage.kit.management.reading import BadFile, Reader, Row, data_of

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFTS = {
    "am": Shift.MORNING,
    "pm": Shift.AFTERNOON,
    "evening": Shift.EVENING,
    "night": Shift.NIGHT,
}
NAMES = {shift: name for name, shift in SHIFTS.items()}
LIMIT_KEYS = {"least", "most", "travel", "employers", "parts", "wait"}
FRACTION_KEYS = {
    "id",
    "employer",
    "site",
    "profession",
    "fte",
    "start",
    "slots",
    "needed",
    "holder",
}
FLAWS: Mapping[FlawKind, str] = {
    FlawKind.KEY_TWICE: "La fraction « {0} » est donnée deux fois.",
    FlawKind.FTE: "« fte » de la fraction « {0} » vaut {1} : il faut de 1 à 100 centièmes.",
    FlawKind.DAY: "La fraction « {0} » a un jour qui n’existe pas.",
    FlawKind.NEEDED: (
        "« needed » de la fraction « {0} » vaut {1}, pour {2} demi-journées possibles."
    ),
    FlawKind.PERSON_TWICE: "« {0} » tient deux fractions : réunissez-les en une seule.",
    FlawKind.WISH: "« {0} » souhaite de {1} à {2} centièmes : il faut 1 ≤ least ≤ most ≤ 100.",
    FlawKind.TRAVEL_WISH: "« travel » de « {0} » vaut {1} : il faut de 0 à 1440 minutes.",
    FlawKind.TRIP_TWICE: (
        "Le trajet « {0} » – « {1} » est donné deux fois, ou va d’un site à lui-même."
    ),
    FlawKind.TRIP_MINUTES: "Le trajet « {0} » – « {1} » dure {2} minutes : il en faut au moins 0.",
    FlawKind.TOTAL: "Le total va de {0} à {1} centièmes : il faut 1 ≤ least ≤ most ≤ 100.",
    FlawKind.TRAVEL: "« travel » vaut {0} : il faut de 0 à 1440 minutes.",
    FlawKind.EMPLOYERS: "« employers » vaut {0} : un poste partagé en a au moins 2.",
    FlawKind.PARTS: "« parts » vaut {0} : un poste partagé a de 2 à 6 fractions.",
    FlawKind.WAIT: "« wait » vaut {0} : il faut au moins 0 jour.",
    FlawKind.UNKNOWN_REFUSED: "Dans « refused », la fraction « {0} » est inconnue.",
}


@dataclass(frozen=True, slots=True)
class PostRequest:
    """What a file asks, and the keys that mean nothing here."""

    instance: Instance
    ignored: tuple[str, ...]


def read_posts(text: str) -> PostRequest:
    """Read an instance.

    Raises:
        BadFile: it is no instance.
    """
    reader = _PostReader()
    instance = reader.instance(data_of(text))
    return PostRequest(instance, tuple(reader.ignored))


def said(error: InvalidInstance) -> str:
    """Return what is wrong with an instance, in a sentence."""
    return FLAWS[error.kind].format(*error.where)


class _PostReader(Reader):
    def instance(self, data: object) -> Instance:
        what = "L’instance"
        top = self.mapping(data, what, {"fractions", "trips", "limits", "refused"})
        refused = []
        for row in self.rows(top, "refused", what):
            if not isinstance(row, list) or any(not isinstance(key, str) for key in row):
                raise BadFile("« refused » doit être une liste de listes de fractions.")
            refused.append(frozenset(row))
        return Instance(
            tuple(
                self._fraction(row, f"La fraction n° {rank}")
                for rank, row in enumerate(self.rows(top, "fractions", what, needed=True), 1)
            ),
            tuple(
                self._trip(row, f"Le trajet n° {rank}")
                for rank, row in enumerate(self.rows(top, "trips", what), 1)
            ),
            self._limits(top.get("limits")),
            frozenset(refused),
        )

    def _limits(self, value: object) -> Limits:
        if value is None:
            return Limits()
        row = self.mapping(value, "« limits »", LIMIT_KEYS)
        usual = Limits()
        return Limits(
            **{key: self.whole(row, key, "« limits »", getattr(usual, key)) for key in LIMIT_KEYS}
        )

    def _trip(self, value: object, what: str) -> Trip:
        row = self.mapping(value, what, {"from", "to", "minutes"})
        ends = self.text(row, "from", what), self.text(row, "to", what)
        return Trip(*ends, self.whole(row, "minutes", what))

    def _fraction(self, value: object, what: str) -> Fraction:
        row = self.mapping(value, what, FRACTION_KEYS)
        key = self.text(row, "id", what)
        what = f"La fraction « {key} »"
        return Fraction(
            key,
            self.text(row, "employer", what),
            self.text(row, "site", what),
            self.text(row, "profession", what),
            self.whole(row, "fte", what),
            self.day(row, "start", what),
            self._slots(row, "slots", what),
            None if row.get("needed") is None else self.whole(row, "needed", what),
            self._holder(row.get("holder"), what),
        )

    def _holder(self, value: object, what: str) -> Holder | None:
        if value is None:
            return None
        what = f"{what}, « holder »"
        row = self.mapping(value, what, {"id", "least", "most", "travel", "off"})
        return Holder(
            self.text(row, "id", what),
            self.whole(row, "least", what, 80),
            self.whole(row, "most", what, 100),
            None if row.get("travel") is None else self.whole(row, "travel", what),
            self._slots(row, "off", what),
        )

    def _slots(self, row: Row, key: str, what: str) -> frozenset[Slot]:
        slots: set[Slot] = set()
        for name in self.rows(row, key, what):
            day, _dash, shift = name.partition("-") if isinstance(name, str) else ("", "", "")
            if day not in DAYS or shift not in {"", *SHIFTS}:
                raise BadFile(
                    f"{what} : « {name} » n’est pas une demi-journée ; écrivez « mon » (lundi), "
                    "« mon-am », « mon-pm », « mon-evening » ou « mon-night »."
                )
            own = [SHIFTS[shift]] if shift else [Shift.MORNING, Shift.AFTERNOON]
            slots.update(Slot(DAYS.index(day), one) for one in own)
        return frozenset(slots)


def plan_as_json(instance: Instance, plan: Plan, reasons: Reasons) -> str:
    """Return a plan, one post per line, then one fraction left out per line."""
    known = {one.key: one for one in instance.fractions}
    posts = (_post(known, *own) for own in zip(plan.posts, reasons.posts, strict=True))
    head = {
        "fte": plan.worth.fte,
        "travel": plan.worth.travel,
        "bound": {"fte": plan.bound.fte, "travel": plan.bound.travel},
        "gap": float(plan.gap) if plan.gap else 0,
        "proof": plan.proof.value,
        "sets": plan.sets,
        "complete": plan.complete,
    }
    lines = [
        _rows("posts", posts),
        _rows("left_out", map(_left_out, reasons.left_out)),
        *(f"  {_dump(key)}: {_dump(value)}" for key, value in head.items()),
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _post(known: Mapping[str, Fraction], post: Post, why: PostReasons) -> dict[str, object]:
    return {
        "parts": [
            {
                "fraction": part.fraction,
                "employer": gain.employer,
                "site": gain.site,
                "fte": gain.fte,
                "week": [f"{DAYS[slot.day]}-{NAMES[slot.shift]}" for slot in part.week],
                "kept": gain.kept,
                "missing_alone": gain.missing_alone,
            }
            for part, gain in zip(post.parts, why.parts, strict=True)
        ],
        "profession": known[post.keys[0]].profession,
        "fte": post.fte,
        "travel": post.travel,
        "start": post.start.isoformat(),
        "person": post.person,
        "days": why.days,
        "days_on_the_road": why.days_on_the_road,
        "longest_trip": why.longest_trip,
    }


def _left_out(one: LeftOut) -> dict[str, object]:
    return {
        "fraction": one.fraction,
        "why": one.why.name.lower(),
        "figure": one.figure,
        "partners": list(one.partners),
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(key: str, rows: Iterable[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"    {_dump(one)}" for one in rows)
    return f'  "{key}": [\n{lines}\n  ]' if lines else f'  "{key}": []'
