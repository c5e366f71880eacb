"""Why a step of an introduction is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


class IntroductionChangedMeanwhile(ValidationError):
    """Somebody moved it since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette mise en relation a avancé entre-temps : relisez-la, puis recommencez."),
            code="changed_meanwhile",
        )


class PersonNoLongerAvailable(ValidationError):
    """The person was hired elsewhere, paused their profile or left: which is not told."""

    def __init__(self) -> None:
        super().__init__(_("La personne n’est plus disponible pour ce poste."), code="unavailable")


class AlreadyIntroduced(ValidationError):
    """An introduction of that person to that need is open."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette personne est déjà en relation avec la structure pour ce poste."),
            code="already",
        )


class NeedNotOpen(ValidationError):
    """The post is no longer to be filled, or not yet published."""

    def __init__(self) -> None:
        super().__init__(_("Ce poste n’est pas à pourvoir en ce moment."), code="need_not_open")


class ProfileNotReady(ValidationError):
    """The profile waits for its person, is paused, merged or erased."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Ce profil ne peut pas être proposé : la personne ne l’a pas confirmé, ou l’a mis"
                " en pause."
            ),
            code="profile_not_ready",
        )


class OtherTerritory(ValidationError):
    """The person and the need are followed by two territories."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette personne est suivie par un autre territoire."), code="other_territory"
        )


class OwnEmployer(ValidationError):
    """The person works in that structure, which must not know that they look elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Cette personne travaille dans cette structure et ne souhaite pas qu’elle sache"
                " qu’elle cherche."
            ),
            code="own_employer",
        )


class NotRelayedYet(ValidationError):
    """The charter keeps the request from the person until the coordination passes it on."""

    def __init__(self) -> None:
        super().__init__(
            _("La coordination n’a pas encore transmis cette demande."), code="not_relayed"
        )


class NothingToAgreeTo(ValidationError):
    """The person is named to the structure already, or nothing goes on any more."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette mise en relation n’attend pas d’accord."), code="nothing_to_agree_to"
        )


class NothingToRelay(ValidationError):
    """The request was passed on, is over, or never had to be."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette demande n’attend plus d’être transmise."), code="nothing_to_relay"
        )


class CardNotShown(ValidationError):
    """No card of that name is shown to the structure."""

    def __init__(self) -> None:
        super().__init__(_("Cette carte n’est plus affichée."), code="card_not_shown")


class ReasonNotYours(ValidationError):
    """A reason that this side does not give."""

    def __init__(self) -> None:
        super().__init__({"reason": _("Choisissez une raison de la liste.")})


class MeetingInThePast(ValidationError):
    """A meeting is planned for a moment that is past."""

    def __init__(self) -> None:
        super().__init__({"meeting_at": _("Ce moment est déjà passé.")})


class MeetingTooFar(ValidationError):
    """A meeting is planned for more than a year from now: a slip in the year."""

    def __init__(self) -> None:
        super().__init__({"meeting_at": _("Vérifiez l’année du rendez-vous.")})


class StartTooFar(ValidationError):
    """A first day at work that is more than three years away, or a year ago."""

    def __init__(self) -> None:
        super().__init__({"starts_on": _("Vérifiez l’année de la prise de poste.")})


class NothingToUndo(ValidationError):
    """No step of this side is left to take back."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a aucune étape à annuler."), code="nothing_to_undo")


class UndoTooLate(ValidationError):
    """The last step is older than a day."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette étape date de plus de 24 heures : elle ne s’annule plus."), code="too_late"
        )


class MessageEmpty(ValidationError):
    """Nothing was written."""

    def __init__(self) -> None:
        super().__init__({"text": _("Écrivez votre message.")})


class MessageTooLong(ValidationError):
    """More than a message may hold."""

    def __init__(self) -> None:
        super().__init__({"text": _("Ce message est trop long : 4 000 caractères au plus.")})
