"""Why a change to a request for an aid is refused."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.days import day_in_words
from ancrage.schemes.enums import AidState


class AlreadyAsked(ValidationError):
    """The same aid is asked for, and waits for its answer."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette aide est déjà demandée, et attend sa réponse."), code="already_asked"
        )


class NotForThem(ValidationError):
    """The aid is for another kind of receiver."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette aide ne s’adresse pas à ce demandeur : choisissez-en une autre."),
            code="not_for_them",
        )


class AidClosed(ValidationError):
    """The aid accepted no more requests on that day."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("Cette aide est close depuis le %(day)s : elle n’accepte plus de demandes."),
            code="aid_closed",
            params={"day": day_in_words(day)},
        )


class MoveNotAllowed(ValidationError):
    """A request cannot go from its state to that one."""

    def __init__(self, before: AidState, after: AidState) -> None:
        super().__init__(
            _("Une demande « %(before)s » ne peut pas devenir « %(after)s »."),
            code="transition",
            params={"before": before.label.lower(), "after": after.label.lower()},
        )


class DayToCome(ValidationError):
    """What has not happened yet is not noted."""

    def __init__(self) -> None:
        super().__init__({"on": _("Ce jour est à venir : indiquez celui où cela s’est passé.")})


class DayTooEarly(ValidationError):
    """A move does not come before the one it follows."""

    def __init__(self, day: date) -> None:
        super().__init__(
            {"on": _("Ce jour précède l’étape d’avant, du %(day)s.") % {"day": day_in_words(day)}}
        )


class RequestChangedMeanwhile(ValidationError):
    """Somebody saved the request since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette demande a été modifiée entre-temps : relisez-la, puis recommencez."),
            code="changed_meanwhile",
        )


class NoMoveToUndo(ValidationError):
    """The last move is older than a day, or is the first one."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette étape ne peut plus être annulée : un jour a passé, ou elle est la première."),
            code="nothing_to_undo",
        )


class TooManyRequests(ValidationError):
    """More requests than anybody follows."""

    def __init__(self) -> None:
        super().__init__(
            _("Trop de demandes sont suivies ici : classez d’abord celles qui sont finies."),
            code="too_many",
        )
