"""What the reader of spellings takes and gives back."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a known wording is, which decides how it is announced."""

    LABEL = "label"
    ABBREVIATION = "abbreviation"
    WORDING = "wording"
    CODE = "code"
    PRACTITIONER = "practitioner"
    DISCIPLINE = "discipline"


class Outcome(StrEnum):
    """What a reading is worth."""

    CERTAIN = "certain"
    TO_CHECK = "to_check"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    """Why a reading says what it says; `Reading.evidence` completes the sentence."""

    LABEL = "label"
    ABBREVIATION = "abbreviation"
    WORDING = "wording"
    CODE = "code"
    PRACTITIONER = "practitioner"
    DISCIPLINE = "discipline"
    TYPO = "typo"
    AMBIGUOUS = "ambiguous"
    SEVERAL = "several"
    LEFTOVER = "leftover"
    FAR_TYPO = "far_typo"
    SERVICE = "service"
    CLOSE = "close"
    OUTSIDE = "outside"
    NOTHING = "nothing"
    EMPTY = "empty"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Wording:
    """A known writing of a profession (and specialty); doubtful when `certain` is false."""

    text: str
    profession: str
    kind: Kind
    specialty: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words around professions, and what each does to the meaning.

    `noise` and `context` leave the profession as it is; the unknown words that follow one of
    `facilities` are taken for a proper name; `qualifiers` change the profession; `outside`
    are jobs that are followed nowhere; `decoys` are correct words, never corrected;
    `expansions` pairs an abbreviation with the words it stands for inside a longer text;
    `unaltered` words keep their last letter.
    """

    noise: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    unaltered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A profession that the text may mean, most likely first in a reading."""

    profession: str
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means. `profession` is set when, and only when, the outcome is CERTAIN."""

    outcome: Outcome
    cause: Cause
    evidence: str = ""
    profession: str = ""
    specialty: str = ""
    suggestions: tuple[Suggestion, ...] = ()
