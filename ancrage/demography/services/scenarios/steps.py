"""What a scenario supposes, step by step, and what that changes in each commune."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ancrage.core.accessibility.potential import Change
from ancrage.demography.enums import StepKind
from ancrage.demography.services.model import TerritoryModel

# More would be another territory, not a scenario.
MOST_STEPS = 40
MOST_POSTS = 50_00
MOST_PEOPLE = 1_000_000
# A half-time of a hundredth of a post is still a whole number of these.
_THOUSANDTHS = 1_000
_LEAVING = frozenset({StepKind.LEAVES, StepKind.HALF, StepKind.MOVES})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing supposed.

    Attributes:
        kind: what happens.
        code: INSEE, where it happens.
        name: of that commune when the step was written.
        posts: how many professionals, in hundredths of a full-time post; 0 for people.
        people: how many inhabitants more; negative: fewer.
        to: INSEE, where those who move go.
        to_name: of that commune.
    """

    kind: StepKind
    code: str
    name: str
    posts: int = 0
    people: int = 0
    to: str = ""
    to_name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is kept."""
        return {
            "kind": self.kind.value,
            "code": self.code,
            "name": self.name,
            "posts": self.posts,
            "people": self.people,
            "to": self.to,
            "to_name": self.to_name,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Step":
        """Return what was kept."""
        return cls(**{**kept, "kind": StepKind(kept["kind"])})

    @property
    def codes(self) -> tuple[str, ...]:
        """The communes it names."""
        return (self.code, self.to) if self.to else (self.code,)


class StepRefused(ValidationError):
    """A step cannot be: the message says why, `field` which answer is at fault."""

    def __init__(self, message: Any, field: str, params: dict[str, Any] | None = None) -> None:
        self.field = field
        super().__init__(message, code="step", params=params)


class UnknownCommune(StepRefused):
    """A commune is not, or no longer, among those of the territory and its ring."""


def changes_of(model: TerritoryModel, steps: Sequence[Step]) -> tuple[Change, ...]:
    """Return what steps change together, one change by commune, in the order of their codes.

    Raises:
        UnknownCommune: a step names a commune that is not in the model.
        StepRefused: more leave than there are, or a step makes no sense.
    """
    if len(steps) > MOST_STEPS:
        raise StepRefused(
            _("Un scénario a %(most)d hypothèses au plus."), "kind", {"most": MOST_STEPS}
        )
    posts: dict[int, int] = defaultdict(int)
    people: dict[int, int] = defaultdict(int)
    for step in steps:
        _check(model, step)
        for code, thousandths in _moved(step):
            posts[model.ranks[code]] += thousandths
        if step.people:
            people[model.ranks[step.code]] += step.people
        _check_enough(model, step, posts, people)
    return tuple(
        _change(model, rank, posts[rank], people[rank]) for rank in sorted({*posts, *people})
    )


def leaving_of(steps: Iterable[Step]) -> dict[str, int]:
    """Return how many thousandths of a post leave each commune, arrivals set aside."""
    found: dict[str, int] = defaultdict(int)
    for step in steps:
        for code, thousandths in _moved(step):
            if thousandths < 0:
                found[code] -= thousandths
    return dict(found)


def unknown_in(model: TerritoryModel, steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the names of the communes of steps that are not in the model."""
    named = [
        pair
        for step in steps
        for pair in ((step.code, step.name), (step.to, step.to_name))
        if pair[0] and pair[0] not in model.ranks
    ]
    return tuple(name for _code, name in dict.fromkeys(named))


def _moved(step: Step) -> list[tuple[str, int]]:
    whole = step.posts * _THOUSANDTHS // 100
    if step.kind is StepKind.ARRIVES:
        return [(step.code, whole)]
    if step.kind is StepKind.LEAVES:
        return [(step.code, -whole)]
    if step.kind is StepKind.HALF:
        return [(step.code, -whole // 2)]
    if step.kind is StepKind.MOVES:
        return [(step.code, -whole), (step.to, whole)]
    return []


def _check(model: TerritoryModel, step: Step) -> None:
    for code, name, field in ((step.code, step.name, "commune"), (step.to, step.to_name, "to")):
        if code and code not in model.ranks:
            raise UnknownCommune(
                _(
                    "%(name)s n’est plus parmi les communes du territoire ni autour : retirez "
                    "cette hypothèse, ou nommez une autre commune."
                ),
                field,
                {"name": name or code},
            )
    if step.kind is StepKind.PEOPLE:
        if not 0 < abs(step.people) <= MOST_PEOPLE:
            raise StepRefused(
                _("Dites combien d’habitants en plus, ou en moins (avec le signe −)."), "people"
            )
        return
    if not 0 < step.posts <= MOST_POSTS:
        raise StepRefused(_("Dites combien de professionnels, 50 au plus."), "posts")
    if not model.has_supply:
        raise StepRefused(
            _("Aucun fichier de professionnels n’est importé : rien ne peut être calculé."), "kind"
        )
    if step.kind is StepKind.MOVES and step.to in ("", step.code):
        raise StepRefused(_("Dites dans quelle autre commune."), "to")


def _check_enough(
    model: TerritoryModel, step: Step, posts: dict[int, int], people: dict[int, int]
) -> None:
    """Refuse what takes more than there is, once the steps before are done."""
    rank = model.ranks[step.code]
    there = model.state.supply[rank] / model.parameters.post
    if step.kind in _LEAVING and round(there * _THOUSANDTHS) + posts[rank] < 0:
        raise StepRefused(_too_many(step, there), "posts")
    living = model.people[rank]
    if step.people < 0 and living + people[rank] < 0:
        raise StepRefused(
            _("%(name)s a %(count)d habitants : on ne peut pas en retirer davantage."),
            "people",
            {"name": step.name, "count": round(living)},
        )


def _too_many(step: Step, there: float) -> str:
    count = round(there)
    return ngettext(
        "À %(name)s, %(count)d professionnel exerce : il ne peut pas en partir davantage.",
        "À %(name)s, %(count)d professionnels exercent : il ne peut pas en partir davantage.",
        count,
    ) % {"name": step.name, "count": count}


def _change(model: TerritoryModel, rank: int, thousandths: int, people: int) -> Change:
    supply = thousandths * model.parameters.post / _THOUSANDTHS
    living = float(model.people[rank])
    weight = float(model.state.people[rank]) / living if living else 1.0
    return Change(
        rank,
        # Never below nothing for a rounding: what leaves was checked in whole parts.
        supply=max(supply, -float(model.state.supply[rank])),
        people=max(people * weight, -float(model.state.people[rank])),
    )
