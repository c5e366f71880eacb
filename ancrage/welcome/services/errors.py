"""Why the welcome refuses, in words for whoever asked."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import Refusal
from ancrage.welcome.enums import RequestState


class ConsentMissing(Refusal):
    """The person has not agreed that this is held, or that this partner reads it."""

    sentence = _("La personne n’a pas donné son accord : demandez-le-lui d’abord.")
    known_as = "consent_missing"


class CalendarChangedMeanwhile(Refusal):
    """The calendar, or what is taken of it, changed since it was read."""

    sentence = _("Ce calendrier a changé entre-temps : relisez-le, puis recommencez.")
    known_as = "changed_meanwhile"


class CutsGrantedDays(ValidationError):
    """The new calendar leaves out a day on which a place is given."""

    def __init__(self, on: date) -> None:
        self.on = on
        super().__init__(
            _("Une place est donnée le %(day)s : ce jour ne peut pas quitter le calendrier."),
            code="cuts_granted_days",
            params={"day": date_format(on)},
        )


class NothingFree(ValidationError):
    """Not every day asked has as many free places as asked."""

    def __init__(self, on: date | None = None) -> None:
        self.on = on
        if on is None:
            message = _("Cette offre n’a pas de place libre à ces dates.")
        else:
            message = _("Il n’y a plus assez de places le %(day)s.")
        super().__init__(
            message, code="nothing_free", params={"day": date_format(on)} if on else None
        )


class DatesMissing(Refusal):
    """A counted place is given for days: the request says none."""

    sentence = _("Dites du combien au combien : une place se donne pour des dates.")
    known_as = "dates_missing"


class RequestStepNotAllowed(ValidationError):
    """The request cannot go from its state to that one, or moved since it was read."""

    def __init__(self, before: RequestState, after: RequestState) -> None:
        self.before, self.after = before, after
        super().__init__(
            _("Une demande « %(before)s » ne peut pas devenir « %(after)s »."),
            code="step",
            params={"before": before.label, "after": after.label},
        )


class AlreadyRequested(Refusal):
    """That offer is already asked for this project."""

    sentence = _("Cette offre est déjà demandée pour ce projet.")
    known_as = "already"


class OfferNotOpen(Refusal):
    """The offer is no longer published, has no terms, or belongs to another partner."""

    sentence = _("Cette offre n’est plus proposée.")
    known_as = "offer_not_open"


class ProjectChangedMeanwhile(Refusal):
    """Somebody changed the project since it was read."""

    sentence = _("Ce projet a été modifié entre-temps : relisez-le, puis recommencez.")
    known_as = "changed_meanwhile"


class ProjectClosed(Refusal):
    """The project is closed: it is opened again first."""

    sentence = _("Ce projet est clos : ouvrez-le de nouveau.")
    known_as = "closed"


class DatesInDisorder(Refusal):
    """What is granted would end before it begins."""

    sentence = _("La fin ne peut pas précéder le début.")
    known_as = "dates_in_disorder"


class UndoTooLate(Refusal):
    """The answer was given more than a day ago."""

    sentence = _("Une réponse s’annule pendant 24 heures : écrivez plutôt à la personne.")
    known_as = "undo_too_late"
