"""Why a change of the inventory was refused, each reason by its name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.days import day_in_words
from ancrage.schemes.models import Scheme


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
