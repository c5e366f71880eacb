"""Why something of an event is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.kit.refusals import FieldRefusal, Refusal


class StateNotAllowed(ValidationError):
    """The event cannot go from its state to that one."""

    def __init__(self, before: EventState, after: EventState) -> None:
        super().__init__(
            _("Un événement « %(before)s » ne peut pas passer à « %(after)s »."),
            code="state",
            params={"before": before.label, "after": after.label},
        )


class EventChangedMeanwhile(ValidationError):
    """Somebody changed it since it was read; `current` is the row as it is now, if known."""

    def __init__(self, current: Event | None = None) -> None:
        self.current = current
        super().__init__(
            _("Une autre personne vient de modifier cet événement : relisez, puis recommencez."),
            code="changed_meanwhile",
        )


class NotReadyToOpen(ValidationError):
    """Something is missing before visitors may register."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            _("Avant d’ouvrir les inscriptions : %(missing)s."),
            code="not_ready",
            params={"missing": missing},
        )


class HeldAlready(ValidationError):
    """Meetings were held: the evening cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(_("Des rencontres ont déjà eu lieu : la soirée ne s’annule plus."))


class RestoredTooLate(Refusal):
    """It was called off more than a day ago, or should have begun."""

    sentence = _("Cette annulation ne se retire plus : remettez l’événement en préparation.")
    known_as = "too_late"


class EventInUse(Refusal):
    """Somebody registered for it, or it is past its preparation."""

    sentence = _("Seul un événement en préparation, sans inscription ni fichier, se supprime.")
    known_as = "in_use"


class RegistrationClosed(Refusal):
    """Registrations have not begun, or are over."""

    sentence = _("Les inscriptions ne sont pas ouvertes.")
    known_as = "closed"


class AlreadyRegistered(FieldRefusal):
    """That address is registered for this event, whichever its side."""

    field = "email"
    sentence = _(
        "Cette adresse est déjà inscrite à cet événement. Le lien reçu par courriel"
        " permet de modifier l’inscription."
    )


class TooLate(Refusal):
    """The evening has begun, or was called off."""

    sentence = _("La rencontre a commencé, ou n’a pas lieu : voyez avec l’organisation.")
    known_as = "too_late"


class NoPlaceToConfirm(Refusal):
    """Nobody confirms a place they were not given, or gave back."""

    sentence = _("Vous n’avez pas de place à confirmer pour cette rencontre.")
    known_as = "no_place"


class NoAddress(Refusal):
    """There is nowhere to send another link to."""

    sentence = _("Aucune adresse n’est connue pour vous envoyer un autre lien.")
    known_as = "no_address"


class NothingToCancel(Refusal):
    """The registration was cancelled before."""

    sentence = _("Cette inscription est déjà annulée.")
    known_as = "cancelled"


class CancelledOnTheEvening(Refusal):
    """The evening runs: who does not come, or leaves, is noted at its doors."""

    sentence = _("La soirée a commencé : notez l’absence ou le départ dans l’onglet « Soirée ».")
    known_as = "evening"


class CameAlready(Refusal):
    """Somebody who came, gone since or not, does not give their place up."""

    sentence = _(
        "Cette personne est notée arrivée. Si c’est une erreur, corrigez-la dans l’onglet"
        " « Soirée »."
    )
    known_as = "came"


class EventEnded(Refusal):
    """The event is over, or called off: who came, and who did not, stays as it is."""

    sentence = _("L’événement est terminé ou annulé : ses inscriptions ne changent plus.")
    known_as = "ended"


class WishesClosed(Refusal):
    """The term of the wishes has passed, or the event takes none."""

    sentence = _("Les vœux sont clos : la grille de passage se prépare.")
    known_as = "closed"


class NobodyToWish(Refusal):
    """The party is not of the other side of the event, or has no place any more."""

    sentence = _("Cette personne ne vient plus. La liste ci-dessous est à jour.")
    known_as = "gone"


class TooManyWishes(ValidationError):
    """The list of wishes is full."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Votre liste a déjà %(most)d vœux : retirez-en un pour en ajouter un autre."),
            code="too_many",
            params={"most": most},
        )
