"""Why a change of a need was refused, each reason by its name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.life import refusals
from ancrage.kit.life.refusals import NothingToUndo, UndoTooLate

__all__ = [
    "NeedChangedMeanwhile",
    "NeedClosed",
    "NeedGone",
    "NeedIsOver",
    "NeedNotClosed",
    "NeedNotDraft",
    "NeedNotPublished",
    "NothingToUndo",
    "ReferenceTaken",
    "TooManyFilled",
    "TransitionNotAllowed",
    "UndoTooLate",
]


class TransitionNotAllowed(refusals.TransitionNotAllowed):
    """A need cannot go from its state to the one asked for."""

    already = gettext_lazy("Ce besoin est déjà dans l’état « %(after)s ».")
    sentence = gettext_lazy("Un besoin « %(before)s » ne peut pas devenir « %(after)s ».")


class NeedClosed(refusals.Closed):
    """A filled, withdrawn or expired need is reopened, not published."""

    sentence = gettext_lazy("Ce besoin est clos : rouvrez-le depuis sa fiche.")


class NeedNotClosed(refusals.NotClosed):
    """Only a closed need can be reopened."""

    sentence = gettext_lazy("Ce besoin n’est pas clos : il n’y a rien à rouvrir.")


class NeedChangedMeanwhile(refusals.ChangedMeanwhile):
    """Somebody changed the need since it was read; `current` is the row as it is now."""

    sentence = gettext_lazy("Ce besoin a été modifié entre-temps : comparez les deux versions.")


class NeedGone(refusals.Gone):
    """The draft was deleted meanwhile."""


class NeedIsOver(refusals.IsOver):
    """The end of the need is past: its dates must be mended first."""

    sentence = gettext_lazy("La date de fin de ce besoin est passée : modifiez-la, puis publiez.")


class NeedNotPublished(refusals.NotPublished):
    """Only a published need can be said to be still of the day."""

    sentence = gettext_lazy("Seul un besoin publié se confirme : publiez-le d’abord.")


class NeedNotDraft(refusals.NotDraft):
    """Only a draft can be deleted: what was published leaves a trace."""

    sentence = gettext_lazy("Seul un brouillon se supprime. Un besoin publié se retire.")


class ReferenceTaken(refusals.ReferenceTaken):
    """Another need of the structure already bears that reference."""

    sentence = gettext_lazy("Un besoin de la structure porte déjà la référence « %(reference)s ».")


class TooManyFilled(ValidationError):
    """More posts are said to be filled than the need counts."""

    def __init__(self, positions: int) -> None:
        super().__init__(
            _("Le nombre de postes pourvus va de 1 à %(positions)d."),
            code="too_many_filled",
            params={"positions": positions},
        )
