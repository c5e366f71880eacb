"""Reading the text of a rule.

The language, one clause a line (or between « ; »), all of which must hold:

    metier parmi {general_practitioner, specialist_doctor}
    premiere_installation                    # a flag that must be true
    pas contrat_en_cours                     # one that must be false
    zones touche {ZIP, QPV}                  # one at least of these
    age <= 30
    embauche_le >= aujourd’hui - 6 mois      # days: 31/12/2026, or relative to the question
    une (                                    # one at least
      secteur = secteur_1
      toutes (                               # all
        secteur = secteur_2
        optam
      )
    )

Grammar (EBNF), where a break is a new line or « ; »:

    rule    = clauses
    clauses = { break }, clause, { break, { break }, clause }, { break }
    clause  = "pas", clause | ("toutes" | "une"), "(", clauses, ")" | fact, [ op, operand ]
    op      = "=" | "!=" | "<" | "<=" | ">" | ">=" | "parmi" | "contient" | "touche"
    operand = number | day | word | "{", word, { ",", word }, "}"
            | "aujourd’hui", [ ("+" | "-"), number, ("jours" | "mois" | "ans") ]

A fact that the vocabulary does not hold, a question that its kind does not allow, a value of
another kind: each is a fault with its line and column, and reading goes on to find the others.
A fault of grammar stops the reading.
"""

from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from ancrage.core.eligibility.faults import Fault, FaultCode, InvalidRule
from ancrage.core.eligibility.lexer import Kind, Token, tokens_of
from ancrage.core.eligibility.values import (
    ALLOWED,
    AllOf,
    AnyOf,
    Check,
    Clause,
    FactKind,
    FactType,
    Not,
    Op,
    Operand,
    Place,
    Rule,
    Today,
    Vocabulary,
)

KEYWORDS = frozenset({"toutes", "une", "pas", "parmi", "contient", "touche"})
DEEPEST, LONGEST = 20, 20_000
_UNITS = {
    "jour": (0, 1),
    "jours": (0, 1),
    "mois": (1, 0),
    "an": (12, 0),
    "ans": (12, 0),
}
_WORDED = frozenset({FactKind.CHOICE, FactKind.SET})
_OF_SETS = frozenset({Op.AMONG, Op.TOUCHES})


def parse(text: str, vocabulary: Vocabulary) -> Rule:
    """Return the rule that a text says.

    Raises:
        InvalidRule: with every fault found, by line and column.
    """
    if len(text) > LONGEST:
        raise InvalidRule((Fault(FaultCode.TOO_LONG, Place(), expected=(str(LONGEST),)),))
    reader = _Reader(list(tokens_of(text)), vocabulary)
    rule = reader.rule()
    if reader.faults:
        raise InvalidRule(tuple(reader.faults))
    return rule


class _Reader:
    """Recursive descent; faults of meaning are gathered, faults of grammar are raised."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.position = 0
        self.depth = 0
        self.faults: list[Fault] = []

    @property
    def here(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.here
        self.position += token.kind is not Kind.END
        return token

    def stop(self, code: FaultCode, token: Token, *expected: str) -> InvalidRule:
        return InvalidRule((*self.faults, Fault(code, token.place, token.text, expected)))

    # --- Clauses --------------------------------------------------------------------------------

    def rule(self) -> Rule:
        clauses = self.clauses()
        if self.here.kind is not Kind.END:
            raise self.stop(FaultCode.UNEXPECTED, self.here, "fin de ligne")
        if not clauses:
            raise self.stop(FaultCode.EMPTY, self.here)
        return AllOf(clauses)

    def clauses(self) -> tuple[Clause, ...]:
        found: list[Clause] = []
        while True:
            breaks = self.breaks()
            if self.here.kind is Kind.END or self.here.text == ")":
                return tuple(found)
            if found and not breaks:
                raise self.stop(FaultCode.UNEXPECTED, self.here, "fin de ligne")
            found.append(self.clause())

    def breaks(self) -> int:
        start = self.position
        while self.here.kind is Kind.BREAK:
            self.position += 1
        return self.position - start

    def clause(self) -> Clause:
        token = self.take()
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.stop(FaultCode.TOO_DEEP, token, str(DEEPEST))
        try:
            if token.kind is not Kind.WORD:
                raise self.stop(FaultCode.UNEXPECTED, token, "fait", "toutes", "une", "pas")
            if token.text == "pas":
                return Not(self.clause())
            if token.text in ("toutes", "une"):
                group = self.group(token)
                return AllOf(group) if token.text == "toutes" else AnyOf(group)
            if token.text in KEYWORDS:
                raise self.stop(FaultCode.UNEXPECTED, token, "fait", "toutes", "une", "pas")
            return self.check(token)
        finally:
            self.depth -= 1

    def group(self, keyword: Token) -> tuple[Clause, ...]:
        if self.here.text != "(":
            raise self.stop(FaultCode.UNEXPECTED, self.here, "(")
        opened = self.take()
        clauses = self.clauses()
        if self.here.text != ")":
            raise self.stop(FaultCode.UNCLOSED, opened, ")")
        self.take()
        if not clauses:
            raise self.stop(FaultCode.EMPTY_GROUP, keyword)
        return clauses

    # --- Checks ---------------------------------------------------------------------------------

    def check(self, name: Token) -> Check:
        op, asked = Op.HOLDS, self.here
        operand: Operand = None
        given = asked
        if asked.kind is Kind.COMPARISON or asked.text in ("parmi", "contient", "touche"):
            op = Op(self.take().text)
            given = self.here
            operand = self.operand()
        fact = self.vocabulary.get(name.text)
        if fact is not None and fact.kind in _WORDED and given.kind is Kind.NUMBER:
            operand = given.text  # a département is « 44 »
        self.judge(name, op, asked, operand, given)
        return Check(name.text, op, operand, name.place)

    def operand(self) -> Operand:
        token = self.take()
        if token.text == "{":
            return self.words(token)
        if token.kind is Kind.NUMBER:
            return number(token.text)
        if token.kind is Kind.DAY:
            return self.day(token)
        if token.kind is Kind.TODAY:
            return self.today()
        if token.kind is Kind.WORD and token.text not in KEYWORDS:
            return token.text
        raise self.stop(FaultCode.UNEXPECTED, token, "valeur")

    def words(self, opened: Token) -> frozenset[str]:
        found: set[str] = set()
        while True:
            self.breaks()
            token = self.take()
            if token.kind is Kind.END:
                raise self.stop(FaultCode.UNCLOSED, opened, "}")
            if token.kind not in (Kind.WORD, Kind.NUMBER) or token.text in KEYWORDS:
                raise self.stop(FaultCode.UNEXPECTED, token, "mot")
            found.add(token.text)
            self.breaks()
            token = self.take()
            if token.text == "}":
                return frozenset(found)
            if token.kind is Kind.END:
                raise self.stop(FaultCode.UNCLOSED, opened, "}")
            if token.text != ",":
                raise self.stop(FaultCode.UNEXPECTED, token, ",", "}")

    def day(self, token: Token) -> date:
        try:
            if "/" in token.text:
                day, month, year = map(int, token.text.split("/"))
                return date(year, month, day)
            return date.fromisoformat(token.text)
        except ValueError:
            self.faults.append(Fault(FaultCode.NOT_A_DAY, token.place, token.text))
            return date.min

    def today(self) -> Today:
        if self.here.text not in ("+", "-"):
            return Today()
        sign = 1 if self.take().text == "+" else -1
        count, unit = self.take(), self.take()
        if count.kind is not Kind.NUMBER or not count.text.isdecimal() or len(count.text) > 5:
            raise self.stop(FaultCode.UNEXPECTED, count, "nombre entier")
        if unit.text not in _UNITS:
            raise self.stop(FaultCode.UNEXPECTED, unit, "jours", "mois", "ans")
        months, days = _UNITS[unit.text]
        return Today(sign * int(count.text) * months, sign * int(count.text) * days)

    # --- Meaning --------------------------------------------------------------------------------

    def judge(self, name: Token, op: Op, asked: Token, operand: Operand, given: Token) -> None:
        """Note what the vocabulary does not allow."""
        fact = self.vocabulary.get(name.text)
        if fact is None:
            near = get_close_matches(name.text, sorted(self.vocabulary), n=3)
            self.faults.append(
                Fault(FaultCode.UNKNOWN_FACT, name.place, name.text, tuple(near), name.text)
            )
            return
        if op not in ALLOWED[fact.kind]:
            found = asked.text if op is not Op.HOLDS else ""
            place = asked.place if op is not Op.HOLDS else name.place
            allowed = tuple(one.value for one in Op if one in ALLOWED[fact.kind])
            self.faults.append(Fault(FaultCode.WRONG_OPERATOR, place, found, allowed, name.text))
            return
        self.judge_operand(name.text, fact, op, operand, given)

    def judge_operand(
        self, name: str, fact: FactType, op: Op, operand: Operand, given: Token
    ) -> None:
        if op is Op.HOLDS:
            return
        wanted = _wanted(fact.kind, op)
        if not isinstance(operand, wanted):
            self.faults.append(
                Fault(
                    FaultCode.WRONG_VALUE,
                    given.place,
                    given.text,
                    (_kind_wanted(fact.kind, op),),
                    name,
                )
            )
            return
        named = operand if isinstance(operand, frozenset) else {operand}
        for word in sorted(one for one in named if isinstance(one, str)):
            if word not in fact.words:
                near = get_close_matches(word, sorted(fact.words), n=3)
                self.faults.append(
                    Fault(FaultCode.UNKNOWN_WORD, given.place, word, tuple(near), name)
                )


def number(text: str) -> int | Decimal:
    """Return the number that a text writes, whole where it is.

    >>> number("1,30"), number("2.0")
    (Decimal('1.3'), 2)
    """
    value = Decimal(text.replace(",", "."))
    return int(value) if value == int(value) else value.normalize()


def _wanted(kind: FactKind, op: Op) -> tuple[type, ...]:
    if kind is FactKind.NUMBER:
        return (int, Decimal)
    if kind is FactKind.DAY:
        return (date, Today)
    return (frozenset,) if op in _OF_SETS else (str,)


def _kind_wanted(kind: FactKind, op: Op) -> str:
    if kind in (FactKind.NUMBER, FactKind.DAY):
        return str(kind.value)
    return "words" if op in _OF_SETS else "word"
