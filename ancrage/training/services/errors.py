"""Why a change of training is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class ChangedMeanwhile(ValidationError):
    """Somebody saved the row since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Quelqu’un l’a modifié entre-temps : relisez la page, puis recommencez."),
            code="changed_meanwhile",
        )


class StepNotAllowed(ValidationError):
    """One does not go from that state to this one."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce changement n’est plus possible : la page est à jour, relisez-la."),
            code="step_not_allowed",
        )


class ReasonMissing(ValidationError):
    """Something ends, and nobody said why."""

    def __init__(self) -> None:
        super().__init__({"reason": _("Dites pourquoi.")})


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


class FewerPlacesThanTaken(ValidationError):
    """The places that were granted are kept."""

    def __init__(self) -> None:
        super().__init__(
            {"places": _("Davantage de places sont déjà accordées : retirez-en d’abord.")}
        )


class CourseInUse(ValidationError):
    """A course that is about to be given stays in the catalogue."""

    def __init__(self) -> None:
        super().__init__(
            _("Une session de cette formation est encore à venir : annulez-la d’abord."),
            code="course_in_use",
        )


class TitleTaken(ValidationError):
    """The provider has a course of that name."""

    def __init__(self) -> None:
        super().__init__({"title": _("Cet organisme a déjà une formation de ce nom.")})


class SessionTaken(ValidationError):
    """Two sessions of a run do not overlap."""

    def __init__(self) -> None:
        super().__init__({"starts_at": _("Une autre séance de cette session a lieu à ce moment.")})


class SessionOutside(ValidationError):
    """A session takes place between the first and the last day of its run."""

    def __init__(self) -> None:
        super().__init__(
            {"starts_at": _("Ce jour n’est pas entre le premier et le dernier de la session.")}
        )


class SessionHeld(ValidationError):
    """The attendance of a session is a proof: it stays."""

    def __init__(self) -> None:
        super().__init__(
            _("Des présences y sont notées : videz d’abord la feuille."), code="session_held"
        )


class NotTakingRequests(ValidationError):
    """The run is not open, or its deadline has passed."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette session ne prend plus d’inscriptions : choisissez-en une autre."),
            code="not_taking",
        )


class AlreadyAsked(ValidationError):
    """One person has one request in a run."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette personne a déjà une demande dans cette session."), code="already_asked"
        )


class RunFull(ValidationError):
    """Every place is held."""

    def __init__(self) -> None:
        super().__init__(
            _("Il n’y a plus de place : mettez la demande sur liste d’attente."), code="full"
        )


class NothingToUndo(ValidationError):
    """There is no step to take back, or it is too late, or somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            _("Il n’y a plus rien à annuler : un changement s’annule dans les 24 heures."),
            code="nothing_to_undo",
        )


class RunAsked(ValidationError):
    """Somebody asked for a place since the run was opened."""

    def __init__(self) -> None:
        super().__init__(
            _("Des demandes sont déjà arrivées : annulez plutôt la session."), code="run_asked"
        )


class PlacePassedOn(ValidationError):
    """The place freed went to the next of the waiting list."""

    def __init__(self) -> None:
        super().__init__(
            _("La place libérée a été donnée à la personne suivante : refaites une demande."),
            code="passed_on",
        )


class NotYetOver(ValidationError):
    """A result is known once one has been to the course."""

    def __init__(self) -> None:
        super().__init__(
            {"result": _("Un résultat se note pour une personne qui suit la formation.")}
        )


class PayerTaken(ValidationError):
    """One payer has one file for one place."""

    def __init__(self) -> None:
        super().__init__({"payer": _("Ce financeur a déjà un dossier pour cette place.")})


class AlreadyWished(ValidationError):
    """The wish is there already."""

    def __init__(self) -> None:
        super().__init__(
            {"course": _("Ce souhait est déjà noté : modifiez-le plutôt.")}, code="wished"
        )


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


class PlanUnderWay(ValidationError):
    """A plan of that territory is being computed."""

    def __init__(self) -> None:
        super().__init__(_("Un plan est déjà en cours de calcul."), code="under_way")


class NothingToPlan(ValidationError):
    """There is no possible run, or nobody wishes for anything."""

    def __init__(self) -> None:
        super().__init__(
            _("Il faut au moins une session possible et un souhait pour faire un plan."),
            code="nothing_to_plan",
        )


class OptionTaken(ValidationError):
    """The run is no longer one to open."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette session n’est plus à ouvrir : refaites un plan."), code="option_taken"
        )


class PlanNotProved(AssertionError):
    """The judge found a fault in a plan: a defect of ours, never shown as a result."""
