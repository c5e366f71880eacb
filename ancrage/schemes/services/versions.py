"""The rules that an aid had, has and will have, each with what it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import Enum

from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.queries import rule_versions, rules_on


class Change(Enum):
    """What became of a line between two versions; the values are the names of templates."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rule."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule, until when it applies (None: nothing follows), and how it differs from the one
    before it; the first shows all its lines as kept."""

    rule: SchemeRule
    until: date | None
    is_in_force: bool
    lines: tuple[Line, ...]

    @property
    def is_set_aside(self) -> bool:
        """Say whether another rule took its place on the same day."""
        return self.rule.valid_to is not None


def versions_of(*, scheme: Scheme, on: date) -> list[RuleVersion]:
    """Return the versions of the rule of an aid, the newest first; `on` says which is in force."""
    rules = rule_versions(scheme)
    live = [rule for rule in rules if rule.valid_to is None]
    in_force = rules_on([scheme], on=on).get(scheme.pk)
    found = []
    for place, rule in enumerate(rules):
        following = next((one for one in live if _first(one) > _first(rule)), None)
        found.append(
            RuleVersion(
                rule=rule,
                until=_eve(following) if following is not None else None,
                is_in_force=rule == in_force,
                lines=differences_in(rules[place - 1].text if place else rule.text, rule.text),
            )
        )
    return found[::-1]


def differences_in(before: str, after: str) -> tuple[Line, ...]:
    """Return the lines of two texts, in order: kept, removed, added."""
    return tuple(_lines(before.splitlines(), after.splitlines()))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, first, last, new_first, new_last in steps:
        if step == "equal":
            yield from (Line(Change.KEPT, text) for text in before[first:last])
        else:
            yield from (Line(Change.REMOVED, text) for text in before[first:last])
            yield from (Line(Change.ADDED, text) for text in after[new_first:new_last])


def _first(rule: SchemeRule) -> date:
    return rule.applies_from or date.min


def _eve(rule: SchemeRule) -> date:
    return _first(rule) - timedelta(days=1)
