"""Identifiers of structures and practitioners: read, checked, never corrected.

What each number is, and which faults only deserve a warning, follows what was measured on
public files: every mainland FINESS of two national extracts passes the Luhn key; Corsican ones
pass once A and B are read as 1 and 2, a convention no public text states, so there the key
warns. Overseas numbers are figures like the others (97…, 98…); no rule is known for those that
a file writes with the letter of its department (9A to 9F): they are kept, with a warning. The
fictive RPPS numbers of the official guides fail their key, so imports warn as well.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from ancrage.partners.enums import CheckState

_SEPARATORS = re.compile(r"[\s.\-\u00ad\u2010-\u2015\u2212_/]+")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+")
_WHOLE_AS_FLOAT = re.compile(r"(\d+)[.,]0+")
_NUMERIC_FINESS = re.compile(r"[0-9]{9}")
_CORSICAN_FINESS = re.compile(r"2[AB][0-9]{7}")
_OVERSEAS_FINESS = re.compile(r"9[A-F][0-9]{7}")
_CORSICA = str.maketrans("AB", "12")


@dataclass(frozen=True)
class Identifier:
    """A number as it came, what it says once cleaned, and how far it can be trusted.

    `value` is empty when nothing usable could be read. `suggestion` is a number the reader may
    have meant: it is shown, never stored in its place. `problem` has `%(name)s` places for its
    `facts`, so that a report keeps it once for readers of either language.
    """

    raw: str
    value: str = ""
    state: CheckState = CheckState.UNVERIFIED
    problem: str | Promise = ""
    suggestion: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, in the language in force; empty when nothing is."""
        return str(self.problem) % self.facts if self.facts else str(self.problem)

    @property
    def is_usable(self) -> bool:
        """Say whether the number may be stored: right, or only doubtful."""
        return bool(self.value) and self.state in {CheckState.VALID, CheckState.WARN}

    @property
    def is_blocking(self) -> bool:
        """Say whether a person who types it must mend it first."""
        return bool(self.raw.strip()) and not self.is_usable


def normalise(raw: str) -> str:
    """Return the bare characters of an identifier: NFKC, capitals, no space, dot or dash.

    >>> normalise("264 403 000\\u00a000013")
    '26440300000013'
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    whole = _WHOLE_AS_FLOAT.fullmatch(text)
    return _SEPARATORS.sub("", whole[1] if whole else text).upper()


def is_destroyed(raw: str) -> bool:
    """Say whether a spreadsheet wrote the number in scientific notation, losing its digits."""
    text = unicodedata.normalize("NFKC", raw)
    return _SCIENTIFIC.fullmatch("".join(text.split())) is not None


def check_finess(raw: str) -> Identifier:
    """Check a FINESS number, of a legal body (EJ) or of a site (ET): nine characters."""
    value = normalise(raw)
    # Before the scientific notation, that Saint-Pierre-et-Miquelon (9E) would pass for.
    if _OVERSEAS_FINESS.fullmatch(value) and "-" not in raw:
        return Identifier(
            raw,
            value,
            CheckState.WARN,
            _("La clé d’un FINESS écrit avec 9A à 9F ne se calcule pas : relisez-le."),
        )
    known = _absent_or_destroyed(raw, value, 9)
    if known is not None:
        return known
    if _CORSICAN_FINESS.fullmatch(value):
        if luhn.is_valid(value.translate(_CORSICA)):
            return Identifier(raw, value, CheckState.VALID)
        return Identifier(
            raw,
            value,
            CheckState.WARN,
            _("La clé de ce FINESS de Corse ne tombe pas juste : relisez-le."),
        )
    if not _NUMERIC_FINESS.fullmatch(value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_(
                "Un numéro FINESS compte 9 chiffres (2A ou 2B puis 7 chiffres en Corse, 9A à 9F"
                " puis 7 chiffres outre-mer), par exemple 440000016."
            ),
            suggestion=_with_lost_zero(value, 9),
        )
    if not luhn.is_valid(value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_(
                "La clé de ce numéro FINESS est fausse : un chiffre a sans doute été mal recopié."
            ),
        )
    return Identifier(raw, value, CheckState.VALID)


def check_siren(raw: str) -> Identifier:
    """Check a SIREN: nine digits with the Luhn key."""
    value = normalise(raw)
    known = _absent_or_destroyed(raw, value, 9)
    if known is not None:
        return known
    if not re.fullmatch(r"[0-9]{9}", value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_("Un SIREN compte 9 chiffres, par exemple 732829320."),
            suggestion=_with_lost_zero(value, 9),
        )
    if not stdnum_siren.is_valid(value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_("La clé de ce SIREN est fausse : un chiffre a sans doute été mal recopié."),
        )
    return Identifier(raw, value, CheckState.VALID)


def check_siret(raw: str) -> Identifier:
    """Check a SIRET: a SIREN and five digits, Luhn on the whole, except at La Poste."""
    value = normalise(raw)
    known = _absent_or_destroyed(raw, value, 14)
    if known is not None:
        return known
    if not re.fullmatch(r"[0-9]{14}", value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_(
                "Un SIRET compte 14 chiffres : les 9 du SIREN puis 5 propres à l’établissement,"
                " par exemple 73282932000074."
            ),
            suggestion=_with_lost_zero(value, 14),
        )
    if not stdnum_siret.is_valid(value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_("La clé de ce SIRET est fausse : un chiffre a sans doute été mal recopié."),
        )
    return Identifier(raw, value, CheckState.VALID)


def check_rpps(raw: str) -> Identifier:
    """Check an RPPS number: eleven digits; a false Luhn key only warns."""
    value = normalise(raw)
    known = _absent_or_destroyed(raw, value, 11)
    if known is not None:
        return known
    if not re.fullmatch(r"[0-9]{11}", value):
        return Identifier(
            raw,
            state=CheckState.INVALID,
            problem=_("Un numéro RPPS compte 11 chiffres."),
        )
    if not luhn.is_valid(value):
        return Identifier(
            raw,
            value,
            CheckState.WARN,
            _("La clé de ce numéro RPPS ne tombe pas juste : relisez-le."),
        )
    return Identifier(raw, value, CheckState.VALID)


def validate_finess(value: str) -> None:
    """Refuse a FINESS number that cannot be one. Raises ValidationError."""
    _refuse_if_blocking(check_finess(value))


def validate_siren(value: str) -> None:
    """Refuse a SIREN that cannot be one. Raises ValidationError."""
    _refuse_if_blocking(check_siren(value))


def validate_siret(value: str) -> None:
    """Refuse a SIRET that cannot be one. Raises ValidationError."""
    _refuse_if_blocking(check_siret(value))


def validate_own_rpps(value: str) -> None:
    """Refuse the RPPS number that a person types for themselves when its key is false."""
    checked = check_rpps(value)
    if checked.is_blocking or checked.state == CheckState.WARN:
        raise ValidationError(checked.sentence, code="identifier")


def _refuse_if_blocking(checked: Identifier) -> None:
    if checked.is_blocking:
        errors = [ValidationError(checked.sentence, code="identifier")]
        if checked.suggestion:
            errors.append(
                ValidationError(
                    _("Un tableur efface les zéros de gauche : serait-ce %(number)s ?"),
                    code="identifier",
                    params={"number": checked.suggestion},
                )
            )
        raise ValidationError(errors)


def _absent_or_destroyed(raw: str, value: str, length: int) -> Identifier | None:
    if not value:
        return Identifier(raw)
    if is_destroyed(raw):
        return Identifier(
            raw,
            state=CheckState.WARN,
            problem=_(
                "Le tableur a arrondi ce numéro (%(raw)s) : ses derniers chiffres sont perdus."
                " Retrouvez les %(length)s caractères sur un document d’origine."
            ),
            facts={"raw": raw.strip(), "length": str(length)},
        )
    return None


def _with_lost_zero(value: str, length: int) -> str:
    """The number with the zeros a spreadsheet drops, when the key then holds."""
    if not re.fullmatch(r"[0-9]+", value) or not length - 2 <= len(value) < length:
        return ""
    padded = value.zfill(length)
    return padded if luhn.is_valid(padded) else ""
