"""Why a change of the inventory was refused, each reason by its name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.days import day_in_words
from ancrage.kit.refusals import Refusal
from ancrage.schemes.models import Scheme, SchemeRule


class SchemeCodeTaken(ValidationError):
    """Another aid has this identifier."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("L’identifiant « %(code)s » désigne déjà une autre aide : choisissez-en un autre."),
            code="code",
            params={"code": code},
        )


class SchemeChangedMeanwhile(Exception):
    """Somebody saved the aid after it was read; `current` is the row as it is now."""

    def __init__(self, current: Scheme) -> None:
        super().__init__(current.code)
        self.current = current


class CheckedInTheFuture(ValidationError):
    """Nobody has read a source on a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("La vérification du %(day)s est à venir : indiquez le jour où la source a été lue."),
            code="future",
            params={"day": day_in_words(day)},
        )


class AlreadyClosed(ValidationError):
    """The aid has an end that comes earlier."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("Cette aide est déjà close depuis le %(day)s."),
            code="closed",
            params={"day": day_in_words(day)},
        )


class CodeReserved(ValidationError):
    """The address of the aid would be that of another page."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("« %(code)s » est l’adresse d’une autre page : choisissez un autre identifiant."),
            code="reserved",
            params={"code": code},
        )


class RuleChangedMeanwhile(Exception):
    """Somebody wrote a rule after the page was opened; `current` is theirs."""

    def __init__(self, current: SchemeRule) -> None:
        super().__init__(current.pk)
        self.current = current


class NotClosed(Refusal):
    """The aid has no last day: there is nothing to reopen."""

    sentence = _("Cette aide n’est pas close.")
    known_as = "not_closed"


class NothingToUndo(Refusal):
    """The last change is older than a day, was taken back, or something followed it."""

    sentence = _("Il n’y a plus rien à annuler : modifiez l’aide.")
    known_as = "nothing_to_undo"


class AmountRefused(ValidationError):
    """An amount that cannot be; `number` is its place in the list, from 1."""

    def __init__(self, number: int, reason: ValidationError) -> None:
        super().__init__(
            _("Montant %(number)s : %(reason)s"),
            code="amount",
            params={"number": number, "reason": " ".join(reason.messages)},
        )
        self.number = number
