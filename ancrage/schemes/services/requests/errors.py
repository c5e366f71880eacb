"""Why a change to a request for an aid is refused."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.days import day_in_words
from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.schemes.enums import AidState


class AlreadyAsked(Refusal):
    """The same aid is asked for, and waits for its answer."""

    sentence = _("Cette aide est déjà demandée, et attend sa réponse.")
    known_as = "already_asked"


class NotForThem(Refusal):
    """The aid is for another kind of receiver."""

    sentence = _("Cette aide ne s’adresse pas à ce demandeur : choisissez-en une autre.")
    known_as = "not_for_them"


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


class DayToCome(FieldRefusal):
    """What has not happened yet is not noted."""

    field = "on"
    sentence = _("Ce jour est à venir : indiquez celui où cela s’est passé.")


class DayTooEarly(ValidationError):
    """A move does not come before the one it follows."""

    def __init__(self, day: date) -> None:
        super().__init__(
            {"on": _("Ce jour précède l’étape d’avant, du %(day)s.") % {"day": day_in_words(day)}}
        )


class RequestChangedMeanwhile(Refusal):
    """Somebody saved the request since the page was opened."""

    sentence = _("Cette demande a été modifiée entre-temps : relisez-la, puis recommencez.")
    known_as = "changed_meanwhile"


class NoMoveToUndo(Refusal):
    """The last move is older than a day, or is the first one."""

    sentence = _(
        "Cette étape ne peut plus être annulée : un jour a passé, ou elle est la première."
    )
    known_as = "nothing_to_undo"


class TooManyRequests(Refusal):
    """More requests than anybody follows."""

    sentence = _("Trop de demandes sont suivies ici : classez d’abord celles qui sont finies.")
    known_as = "too_many"
