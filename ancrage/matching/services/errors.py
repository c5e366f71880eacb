"""Why a step of an introduction is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.matching.enums import IntroductionState


class StepNotAllowed(ValidationError):
    """The introduction cannot go from its state to that one."""

    def __init__(self, before: IntroductionState, after: IntroductionState) -> None:
        self.before, self.after = before, after
        super().__init__(
            _("Une mise en relation « %(before)s » ne peut pas passer à « %(after)s »."),
            code="step",
            params={"before": before.label, "after": after.label},
        )


class IntroductionChangedMeanwhile(Refusal):
    """Somebody moved it since it was read."""

    sentence = _("Cette mise en relation a avancé entre-temps : relisez-la, puis recommencez.")
    known_as = "changed_meanwhile"


class PersonNoLongerAvailable(Refusal):
    """The person was hired elsewhere, paused their profile or left: which is not told."""

    sentence = _("La personne n’est plus disponible pour ce poste.")
    known_as = "unavailable"


class AlreadyIntroduced(Refusal):
    """An introduction of that person to that need is open."""

    sentence = _("Cette personne est déjà en relation avec la structure pour ce poste.")
    known_as = "already"


class NeedNotOpen(Refusal):
    """The post is no longer to be filled, or not yet published."""

    sentence = _("Ce poste n’est pas à pourvoir en ce moment.")
    known_as = "need_not_open"


class ProfileNotReady(Refusal):
    """The profile waits for its person, is paused, merged or erased."""

    sentence = _(
        "Ce profil ne peut pas être proposé : la personne ne l’a pas confirmé, ou l’a mis"
        " en pause."
    )
    known_as = "profile_not_ready"


class OtherTerritory(Refusal):
    """The person and the need are followed by two territories."""

    sentence = _("Cette personne est suivie par un autre territoire.")
    known_as = "other_territory"


class OwnEmployer(Refusal):
    """The person works in that structure, which must not know that they look elsewhere."""

    sentence = _(
        "Cette personne travaille dans cette structure et ne souhaite pas qu’elle sache"
        " qu’elle cherche."
    )
    known_as = "own_employer"


class NotRelayedYet(Refusal):
    """The charter keeps the request from the person until the coordination passes it on."""

    sentence = _("La coordination n’a pas encore transmis cette demande.")
    known_as = "not_relayed"


class NothingToAgreeTo(Refusal):
    """The person is named to the structure already, or nothing goes on any more."""

    sentence = _("Cette mise en relation n’attend pas d’accord.")
    known_as = "nothing_to_agree_to"


class NothingToRelay(Refusal):
    """The request was passed on, is over, or never had to be."""

    sentence = _("Cette demande n’attend plus d’être transmise.")
    known_as = "nothing_to_relay"


class CardNotShown(Refusal):
    """No card of that name is shown to the structure."""

    sentence = _("Cette carte n’est plus affichée.")
    known_as = "card_not_shown"


class ReasonNotYours(FieldRefusal):
    """A reason that this side does not give."""

    field = "reason"
    sentence = _("Choisissez une raison de la liste.")


class MeetingInThePast(FieldRefusal):
    """A meeting is planned for a moment that is past."""

    field = "meeting_at"
    sentence = _("Ce moment est déjà passé.")


class MeetingTooFar(FieldRefusal):
    """A meeting is planned for more than a year from now: a slip in the year."""

    field = "meeting_at"
    sentence = _("Vérifiez l’année du rendez-vous.")


class StartTooFar(FieldRefusal):
    """A first day at work that is more than three years away, or a year ago."""

    field = "starts_on"
    sentence = _("Vérifiez l’année de la prise de poste.")


class NothingToUndo(Refusal):
    """No step of this side is left to take back."""

    sentence = _("Il n’y a aucune étape à annuler.")
    known_as = "nothing_to_undo"


class UndoTooLate(Refusal):
    """The last step is older than a day."""

    sentence = _("Cette étape date de plus de 24 heures : elle ne s’annule plus.")
    known_as = "too_late"


class MessageEmpty(FieldRefusal):
    """Nothing was written."""

    field = "text"
    sentence = _("Écrivez votre message.")


class MessageTooLong(FieldRefusal):
    """More than a message may hold."""

    field = "text"
    sentence = _("Ce message est trop long : 4 000 caractères au plus.")
