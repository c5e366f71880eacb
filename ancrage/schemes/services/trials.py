"""A rule tried while it is written: its faults by line, or what it answers to invented facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.core.eligibility.evaluate import explain
from ancrage.core.eligibility.values import Facts, State, facts_in
from ancrage.schemes.enums import Verdict
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services.rules import RuleRefused, read_rule
from ancrage.schemes.services.wording import sentence_of_finding

VERDICT_OF: Mapping[State, Verdict] = {
    State.YES: Verdict.YES,
    State.TO_CHECK: Verdict.TO_CHECK,
    State.NO: Verdict.NO,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a text gives. `faults` are (line, sentence); with any, the rest is empty."""

    faults: tuple[tuple[int, str], ...] = ()
    # The facts that the rule names, in the order in which a form asks for them.
    names: tuple[str, ...] = ()
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def try_rule(*, text: str, facts: Facts, on: date) -> Trial:
    """Return what a rule answers to facts on a day, or why it cannot be read.

    The rule alone answers: neither the dates of the aid nor the age of its check count here.
    """
    try:
        rule = read_rule(text)
    except RuleRefused as refusal:
        lines = [fault.place.line for fault in refusal.faults]
        return Trial(faults=tuple(zip(lines, refusal.messages, strict=True)))
    named = facts_in(rule)
    answer = explain(rule, facts, on)
    return Trial(
        names=tuple(name for name in fact_rows() if name in named),
        verdict=VERDICT_OF[answer.state],
        reasons=tuple(dict.fromkeys(sentence_of_finding(one, on) for one in answer.deciding)),
        missing=tuple(str(fact_rows()[name].label) for name in answer.missing),
    )
