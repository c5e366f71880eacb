"""Why a change to a journey is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class JourneyChangedMeanwhile(ValidationError):
    """Somebody saved the journey since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce parcours a été modifié entre-temps : relisez-le, puis recommencez."),
            code="changed_meanwhile",
        )


class JourneyClosed(ValidationError):
    """Nothing is planned in a journey that is over."""

    def __init__(self) -> None:
        super().__init__(_("Ce parcours est terminé : rouvrez-le d’abord."), code="journey_closed")


class JourneyNotClosed(ValidationError):
    """A journey that is still open cannot be opened again."""

    def __init__(self) -> None:
        super().__init__(_("Ce parcours est déjà ouvert."), code="journey_open")


class AlreadyAccompanied(ValidationError):
    """One person has one open journey."""

    def __init__(self) -> None:
        super().__init__(_("Cette personne a déjà un parcours ouvert."), code="already")


class NotAnAdvisor(ValidationError):
    """A journey is entrusted to somebody who coordinates the territory."""

    def __init__(self) -> None:
        super().__init__(
            {"advisor": _("Choisissez une personne qui coordonne ce territoire aujourd’hui.")}
        )


class StayNotCurrent(ValidationError):
    """The person has left that post."""

    def __init__(self) -> None:
        super().__init__(_("Le départ de ce poste est déjà noté."), code="stay_ended")


class AlreadyInPost(ValidationError):
    """The same person is in post there already."""

    def __init__(self) -> None:
        super().__init__(
            {"partner": _("Cette personne est déjà notée en poste dans cette structure.")}
        )


class AlreadySettled(ValidationError):
    """What was planned was settled in between."""

    def __init__(self) -> None:
        super().__init__(
            _("Quelqu’un l’a déjà noté entre-temps : la page est à jour."), code="settled"
        )
