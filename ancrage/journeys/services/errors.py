"""Why a change to a journey is refused, in words for whoever asked."""

from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import FieldRefusal, Refusal


class JourneyChangedMeanwhile(Refusal):
    """Somebody saved the journey since the page was opened."""

    sentence = _("Ce parcours a été modifié entre-temps : relisez-le, puis recommencez.")
    known_as = "changed_meanwhile"


class JourneyClosed(Refusal):
    """Nothing is planned in a journey that is over."""

    sentence = _("Ce parcours est terminé : rouvrez-le d’abord.")
    known_as = "journey_closed"


class JourneyNotClosed(Refusal):
    """A journey that is still open cannot be opened again."""

    sentence = _("Ce parcours est déjà ouvert.")
    known_as = "journey_open"


class AlreadyAccompanied(Refusal):
    """One person has one open journey."""

    sentence = _("Cette personne a déjà un parcours ouvert.")
    known_as = "already"


class NotAnAdvisor(FieldRefusal):
    """A journey is entrusted to somebody who coordinates the territory."""

    field = "advisor"
    sentence = _("Choisissez une personne qui coordonne ce territoire aujourd’hui.")


class StayNotCurrent(Refusal):
    """The person has left that post."""

    sentence = _("Le départ de ce poste est déjà noté.")
    known_as = "stay_ended"


class AlreadyInPost(FieldRefusal):
    """The same person is in post there already."""

    field = "partner"
    sentence = _("Cette personne est déjà notée en poste dans cette structure.")


class AlreadySettled(Refusal):
    """What was planned was settled in between."""

    sentence = _("Quelqu’un l’a déjà noté entre-temps : la page est à jour.")
    known_as = "settled"
