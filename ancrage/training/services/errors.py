"""Why a change of training is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ancrage.kit.refusals import FieldRefusal, Refusal


class ChangedMeanwhile(Refusal):
    """Somebody saved the row since the page was opened."""

    sentence = _("Quelqu’un l’a modifié entre-temps : relisez la page, puis recommencez.")
    known_as = "changed_meanwhile"


class StepNotAllowed(Refusal):
    """One does not go from that state to this one."""

    sentence = _("Ce changement n’est plus possible : la page est à jour, relisez-la.")
    known_as = "step_not_allowed"


class ReasonMissing(FieldRefusal):
    """Something ends, and nobody said why."""

    field = "reason"
    sentence = _("Dites pourquoi.")


class GroupTooSmall(ValidationError):
    """A run is confirmed once its smallest group is there."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            ngettext(
                "Il manque encore %(count)d personne pour confirmer : attendez, ou baissez le"
                " minimum de la session.",
                "Il manque encore %(count)d personnes pour confirmer : attendez, ou baissez le"
                " minimum de la session.",
                missing,
            )
            % {"count": missing},
            code="group_too_small",
        )


class FewerPlacesThanTaken(FieldRefusal):
    """The places that were granted are kept."""

    field = "places"
    sentence = _("Davantage de places sont déjà accordées : retirez-en d’abord.")


class CourseInUse(Refusal):
    """A course that is about to be given stays in the catalogue."""

    sentence = _("Une session de cette formation est encore à venir : annulez-la d’abord.")
    known_as = "course_in_use"


class TitleTaken(FieldRefusal):
    """The provider has a course of that name."""

    field = "title"
    sentence = _("Cet organisme a déjà une formation de ce nom.")


class SessionTaken(FieldRefusal):
    """Two sessions of a run do not overlap."""

    field = "starts_at"
    sentence = _("Une autre séance de cette session a lieu à ce moment.")


class SessionOutside(FieldRefusal):
    """A session takes place between the first and the last day of its run."""

    field = "starts_at"
    sentence = _("Ce jour n’est pas entre le premier et le dernier de la session.")


class SessionHeld(Refusal):
    """The attendance of a session is a proof: it stays."""

    sentence = _("Des présences y sont notées : videz d’abord la feuille.")
    known_as = "session_held"


class NotTakingRequests(Refusal):
    """The run is not open, or its deadline has passed."""

    sentence = _("Cette session ne prend plus d’inscriptions : choisissez-en une autre.")
    known_as = "not_taking"


class AlreadyAsked(Refusal):
    """One person has one request in a run."""

    sentence = _("Cette personne a déjà une demande dans cette session.")
    known_as = "already_asked"


class RunFull(Refusal):
    """Every place is held."""

    sentence = _("Il n’y a plus de place : mettez la demande sur liste d’attente.")
    known_as = "full"


class NothingToUndo(Refusal):
    """There is no step to take back, or it is too late, or somebody else's."""

    sentence = _("Il n’y a plus rien à annuler : un changement s’annule dans les 24 heures.")
    known_as = "nothing_to_undo"


class RunAsked(Refusal):
    """Somebody asked for a place since the run was opened."""

    sentence = _("Des demandes sont déjà arrivées : annulez plutôt la session.")
    known_as = "run_asked"


class PlacePassedOn(Refusal):
    """The place freed went to the next of the waiting list."""

    sentence = _("La place libérée a été donnée à la personne suivante : refaites une demande.")
    known_as = "passed_on"


class NotYetOver(FieldRefusal):
    """A result is known once one has been to the course."""

    field = "result"
    sentence = _("Un résultat se note pour une personne qui suit la formation.")


class PayerTaken(FieldRefusal):
    """One payer has one file for one place."""

    field = "payer"
    sentence = _("Ce financeur a déjà un dossier pour cette place.")


class AlreadyWished(FieldRefusal):
    """The wish is there already."""

    field = "course"
    sentence = _("Ce souhait est déjà noté : modifiez-le plutôt.")


class WishChangedMeanwhile(ValidationError):
    """The wish was saved since the page was opened; `revision` is what it is at now."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            _(
                "Ce souhait a été modifié entre-temps, dans une autre fenêtre. Ce que vous venez"
                " d’écrire est gardé ci-dessous : enregistrez de nouveau pour le mettre à la"
                " place."
            ),
            code="changed_meanwhile",
        )
        self.revision = revision


class PlanUnderWay(Refusal):
    """A plan of that territory is being computed."""

    sentence = _("Un plan est déjà en cours de calcul.")
    known_as = "under_way"


class NothingToPlan(Refusal):
    """There is no possible run, or nobody wishes for anything."""

    sentence = _("Il faut au moins une session possible et un souhait pour faire un plan.")
    known_as = "nothing_to_plan"


class OptionTaken(Refusal):
    """The run is no longer one to open."""

    sentence = _("Cette session n’est plus à ouvrir : refaites un plan.")
    known_as = "option_taken"


class PlanNotProved(AssertionError):
    """The judge found a fault in a plan: a defect of ours, never shown as a result."""
