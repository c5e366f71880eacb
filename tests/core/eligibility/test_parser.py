"""The language: read, written back, and refused with the line and the column."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ancrage.core.eligibility.faults import Fault, FaultCode, InvalidRule
from ancrage.core.eligibility.parser import DEEPEST, KEYWORDS, LONGEST, parse
from ancrage.core.eligibility.printing import text_of
from ancrage.core.eligibility.values import (
    AllOf,
    AnyOf,
    Check,
    Not,
    Op,
    Place,
    Today,
    checks_in,
)
from tests.core.eligibility.oracle import VOCABULARY
from tests.core.eligibility.strategies import rules

EXAMPLE = """
# Une aide imaginaire.
job parmi {nurse,
           44}
pas b; a
zones touche {ZAC, ZIP}
age <= 1,5   # un commentaire
on >= aujourd'hui − 6 mois
une (
  on = 31/12/2026
  toutes ( on ≠ 2026-01-02 ; age ≥ 2.0 )
)
"""


def test_rule_is_read():
    rule = parse(EXAMPLE, VOCABULARY)

    assert rule == AllOf(
        (
            Check("job", Op.AMONG, frozenset({"nurse", "44"})),
            Not(Check("b")),
            Check("a"),
            Check("zones", Op.TOUCHES, frozenset({"ZAC", "ZIP"})),
            Check("age", Op.AT_MOST, Decimal("1.5")),
            Check("on", Op.AT_LEAST, Today(months=-6)),
            AnyOf(
                (
                    Check("on", Op.EQUAL, date(2026, 12, 31)),
                    AllOf(
                        (
                            Check("on", Op.DIFFERENT, date(2026, 1, 2)),
                            Check("age", Op.AT_LEAST, 2),
                        )
                    ),
                )
            ),
        )
    )
    assert [check.place for check in checks_in(rule)][:4] == [
        Place(3, 1),
        Place(5, 5),
        Place(5, 8),
        Place(6, 1),
    ]


def test_rule_is_written_in_one_way():
    assert text_of(parse(EXAMPLE, VOCABULARY)) == (
        "job parmi {44, nurse}\n"
        "pas b\n"
        "a\n"
        "zones touche {ZAC, ZIP}\n"
        "age <= 1,5\n"
        "on >= aujourd’hui - 6 mois\n"
        "une (\n"
        "  on = 31/12/2026\n"
        "  toutes (\n"
        "    on != 02/01/2026\n"
        "    age >= 2\n"
        "  )\n"
        ")"
    )


@given(rules)
@example(AllOf((Check("on", Op.LESS, Today(months=24)), Check("on", Op.LESS, Today(days=-1)))))
@example(AllOf((Not(Not(AnyOf((Check("a"),)))), Check("age", Op.LESS, Decimal("0.001")))))
def test_what_is_written_is_read_back(rule):
    assert parse(text_of(rule), VOCABULARY) == rule


def refused(text: str) -> list[tuple]:
    with pytest.raises(InvalidRule) as caught:
        parse(text, VOCABULARY)
    return [
        (one.code, (one.place.line, one.place.column), one.found, one.expected)
        for one in caught.value.faults
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (FaultCode.EMPTY, (1, 1), "", ())),
        ("# rien\n\n;", (FaultCode.EMPTY, (3, 2), "", ())),
        ("a\ntoutes (\n)", (FaultCode.EMPTY_GROUP, (2, 1), "toutes", ())),
        ("a\n  §", (FaultCode.UNREADABLE, (2, 3), "§", ())),
        ("a b", (FaultCode.UNEXPECTED, (1, 3), "b", ("fin de ligne",))),
        ("a\n)", (FaultCode.UNEXPECTED, (2, 1), ")", ("fin de ligne",))),
        ("une a", (FaultCode.UNEXPECTED, (1, 5), "a", ("(",))),
        ("pas", (FaultCode.UNEXPECTED, (1, 4), "", ("fait", "toutes", "une", "pas"))),
        ("parmi", (FaultCode.UNEXPECTED, (1, 1), "parmi", ("fait", "toutes", "une", "pas"))),
        ("a\nune (\n  b\n", (FaultCode.UNCLOSED, (2, 5), "(", (")",))),
        ("job parmi {nurse", (FaultCode.UNCLOSED, (1, 11), "{", ("}",))),
        ("job parmi {", (FaultCode.UNCLOSED, (1, 11), "{", ("}",))),
        ("job parmi {}", (FaultCode.UNEXPECTED, (1, 12), "}", ("mot",))),
        ("job parmi {nurse doctor}", (FaultCode.UNEXPECTED, (1, 18), "doctor", (",", "}"))),
        ("age <=", (FaultCode.UNEXPECTED, (1, 7), "", ("valeur",))),
        ("age <= pas", (FaultCode.UNEXPECTED, (1, 8), "pas", ("valeur",))),
        (
            "on < aujourd’hui - 1,5 mois",
            (FaultCode.UNEXPECTED, (1, 20), "1,5", ("nombre entier",)),
        ),
        (
            "on < aujourd’hui - 2 lunes",
            (FaultCode.UNEXPECTED, (1, 22), "lunes", ("jours", "mois", "ans")),
        ),
        ("on < 31/02/2026", (FaultCode.NOT_A_DAY, (1, 6), "31/02/2026", ())),
        ("on < 2026-02-31", (FaultCode.NOT_A_DAY, (1, 6), "2026-02-31", ())),
        ("a\npas jobs = nurse", (FaultCode.UNKNOWN_FACT, (2, 5), "jobs", ("job",))),
        ("ages", (FaultCode.UNKNOWN_FACT, (1, 1), "ages", ("age",))),
        ("a = 1", (FaultCode.WRONG_OPERATOR, (1, 3), "=", ("",))),
        ("job", (FaultCode.WRONG_OPERATOR, (1, 1), "", ("=", "!=", "parmi"))),
        (
            "zones parmi {ZIP}",
            (FaultCode.WRONG_OPERATOR, (1, 7), "parmi", ("contient", "touche")),
        ),
        ("age < nurse", (FaultCode.WRONG_VALUE, (1, 7), "nurse", ("number",))),
        ("on < 30", (FaultCode.WRONG_VALUE, (1, 6), "30", ("day",))),
        ("age < 01/01/2026", (FaultCode.WRONG_VALUE, (1, 7), "01/01/2026", ("number",))),
        ("job = {nurse}", (FaultCode.WRONG_VALUE, (1, 7), "{", ("word",))),
        ("job parmi nurse", (FaultCode.WRONG_VALUE, (1, 11), "nurse", ("words",))),
        ("job = nurs", (FaultCode.UNKNOWN_WORD, (1, 7), "nurs", ("nurse",))),
        ("zones contient 85", (FaultCode.UNKNOWN_WORD, (1, 16), "85", ())),
    ],
)
def test_fault_names_its_line_and_column(text, fault):
    assert refused(text) == [fault]


def test_all_the_faults_of_meaning_are_told_at_once():
    assert refused("agee < 3\non < 30\njob parmi {cook, nurse}\na\nune (") == [
        (FaultCode.UNKNOWN_FACT, (1, 1), "agee", ("age",)),
        (FaultCode.WRONG_VALUE, (2, 6), "30", ("day",)),
        (FaultCode.UNKNOWN_WORD, (3, 11), "cook", ()),
        (FaultCode.UNCLOSED, (5, 5), "(", (")",)),
    ]


def test_rule_too_deep_or_too_long_is_refused():
    deepest = "pas " * (DEEPEST - 1)

    assert parse(f"{deepest}a", VOCABULARY)
    assert refused(f"{deepest}pas a") == [
        (FaultCode.TOO_DEEP, (1, 4 * DEEPEST + 1), "a", (str(DEEPEST),))
    ]
    assert refused("a\n" * LONGEST) == [(FaultCode.TOO_LONG, (1, 1), "", (str(LONGEST),))]


def test_fault_is_told_in_the_message():
    error = InvalidRule((Fault(FaultCode.UNKNOWN_FACT, Place(2, 5), "jobs"),))

    assert str(error) == "line 2, column 5: unknown_fact jobs"


PIECES = sorted(
    {*KEYWORDS, "a", "age", "job", "zones", "on", "nurse", "ZIP", "(", ")", "{", "}", ","}
    | {"<=", "=", "\n", ";", "aujourd’hui", "-", "+", "6", "1,5", "mois", "01/01/2026", "#", "?"}
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_any_text_is_read_or_refused_with_its_faults(text):
    rule, faults = read(text)
    lines = text.split("\n")

    assert bool(faults) is (rule is None)
    assert all(1 <= one.place.line <= len(lines) for one in faults)
    assert all(1 <= one.place.column <= len(lines[one.place.line - 1]) + 1 for one in faults)
    assert rule is None or parse(text_of(rule), VOCABULARY) == rule


def read(text):
    """The rule of a text, or its faults."""
    try:
        return parse(text, VOCABULARY), ()
    except InvalidRule as refusal:
        return None, refusal.faults
