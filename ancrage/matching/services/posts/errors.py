"""Why a step of a shared post is refused, in words for whoever asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.matching.enums import PostState
from ancrage.matching.models import PostRun


class DetectionUnderWay(ValidationError):
    """A detection of that territory is being computed."""

    def __init__(self, run: PostRun) -> None:
        self.run = run
        super().__init__(_("Une détection est déjà en cours de calcul."), code="under_way")


class FractionTaken(Refusal):
    """A fraction is in another live file, or no longer to be filled."""

    sentence = _(
        "Une des fractions est déjà dans un autre dossier, ou n’est plus à pourvoir :"
        " relancez la détection."
    )
    known_as = "fraction_taken"


class PostStepNotAllowed(ValidationError):
    """The file cannot go from its state to that one."""

    def __init__(self, before: PostState, after: PostState) -> None:
        super().__init__(
            _("Un poste partagé « %(before)s » ne peut pas passer à « %(after)s »."),
            code="step",
            params={"before": before.label, "after": after.label},
        )


class PostChangedMeanwhile(Refusal):
    """Somebody moved the file since it was read."""

    sentence = _("Ce dossier a avancé entre-temps : relisez-le, puis recommencez.")
    known_as = "changed_meanwhile"


class TermsMissing(Refusal):
    """Employers are asked to agree to something: its form, its lead, its start."""

    sentence = _(
        "Avant de consulter les employeurs, choisissez la forme juridique, l’employeur"
        " porteur et la date de début."
    )
    known_as = "terms_missing"


class SharesDoNotAddUp(ValidationError):
    """The shares of the cost must make the whole of it."""

    def __init__(self, total: int) -> None:
        super().__init__(
            _("Les parts du coût font %(total)s %% : il faut 100 %% en tout."),
            code="shares",
            params={"total": total},
        )


class NotALead(FieldRefusal):
    """The lead is one of the employers of the file."""

    field = "lead"
    sentence = _("Choisissez un des employeurs du poste.")


class RefusalNeedsReason(FieldRefusal):
    """An employer that refuses says why, from a list."""

    field = "reason"
    sentence = _("Choisissez une raison de la liste.")


class NothingToAnswer(Refusal):
    """The employer is not asked, or answered already."""

    sentence = _("Ce dossier n’attend plus votre réponse.")
    known_as = "nothing_to_answer"


class FractionGone(ValidationError):
    """A need was filled or withdrawn while its employers were asked."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "Le besoin « %(title)s » n’est plus à pourvoir : rouvrez-le, ou abandonnez le"
                " dossier."
            ),
            code="fraction_gone",
            params={"title": title},
        )


class PostHasIntroductions(Refusal):
    """People are being introduced to the post: what was agreed is no longer taken back."""

    sentence = _(
        "Des mises en relation sont en cours pour ce poste : closez-les d’abord, ou"
        " abandonnez le dossier."
    )
    known_as = "introductions"


class PartOfSharedPost(ValidationError):
    """A need is kept aside while the shared post that it is a part of lives."""

    def __init__(self, post_pk: int) -> None:
        super().__init__(
            _(
                "Ce besoin est une part du poste partagé %(number)s, qui le remplace dans les"
                " offres. Abandonnez d’abord ce dossier."
            ),
            code="part_of_shared_post",
            params={"number": post_pk},
        )


class NoPostStepToUndo(Refusal):
    """No step of the reader's is left to take back."""

    sentence = _("Il n’y a aucune étape à annuler.")
    known_as = "nothing_to_undo"


class PostUndoTooLate(Refusal):
    """The last step is older than a day."""

    sentence = _("Cette étape date de plus de 24 heures : elle ne s’annule plus.")
    known_as = "too_late"


class WeekTooShort(FieldRefusal):
    """More slots are asked for than may be worked."""

    field = "needed"
    sentence = _("Cochez au moins autant de créneaux que la fraction en demande par semaine.")


class NoSlotTaken(Refusal):
    """Somebody who works takes some slot of the week."""

    sentence = _("Cochez les créneaux où ce poste est tenu.")
    known_as = "no_slot"


class WishTooSmall(FieldRefusal):
    """Who wishes for no more has nothing to complete."""

    field = "wished_least"
    sentence = _("Le total souhaité dépasse le temps d’aujourd’hui : augmentez-le.")


class WishUpsideDown(FieldRefusal):
    """The most that is wished for is under the least."""

    field = "wished_most"
    sentence = _("Le maximum est sous le minimum.")


class PartTimeIsShared(ValidationError):
    """A part-time does not change while a live file holds it."""

    def __init__(self, post_pk: int) -> None:
        super().__init__(
            _(
                "Ce temps partiel est une part du poste partagé %(number)s : il ne change plus"
                " tant que ce dossier vit."
            ),
            code="is_shared",
            params={"number": post_pk},
        )


class NotAFraction(Refusal):
    """Only a need that asks for less than a whole post has days to share."""

    sentence = _("Ce besoin est à temps plein : il ne se partage pas.")
    known_as = "whole"


class PostsNotProved(AssertionError):
    """The judge found a fault in a detection: a defect of ours, never shown as a result."""
