"""Why a change of a resource was refused, each reason by its name."""

from django.utils.translation import gettext_lazy as _

from ancrage.kit.life import refusals
from ancrage.kit.life.refusals import NothingToUndo, UndoTooLate

__all__ = [
    "NothingToUndo",
    "ReferenceTaken",
    "ResourceChangedMeanwhile",
    "ResourceClosed",
    "ResourceGone",
    "ResourceIsOver",
    "ResourceNotClosed",
    "ResourceNotDraft",
    "ResourceNotPublished",
    "TransitionNotAllowed",
    "UndoTooLate",
]


class TransitionNotAllowed(refusals.TransitionNotAllowed):
    """A resource cannot go from its state to the one asked for."""

    already = _("Cette ressource est déjà dans l’état « %(after)s ».")
    sentence = _("Une ressource « %(before)s » ne peut pas devenir « %(after)s ».")


class ResourceClosed(refusals.Closed):
    """A given, withdrawn or expired resource is reopened, not published."""

    sentence = _("Cette ressource n’est plus proposée : rouvrez-la depuis sa fiche.")


class ResourceNotClosed(refusals.NotClosed):
    """Only a closed resource can be reopened."""

    sentence = _("Cette ressource n’est pas close : il n’y a rien à rouvrir.")


class ResourceChangedMeanwhile(refusals.ChangedMeanwhile):
    """Somebody changed the resource since it was read; `current` is the row as it is now."""

    sentence = _("Cette ressource a été modifiée entre-temps : comparez les deux versions.")


class ResourceGone(refusals.Gone):
    """The draft was deleted meanwhile."""


class ResourceIsOver(refusals.IsOver):
    """The end of the resource is past: its dates must be mended first."""

    sentence = _("La date de fin de cette ressource est passée : modifiez-la, puis publiez.")


class ResourceNotPublished(refusals.NotPublished):
    """Only a published resource can be said to be still available."""

    sentence = _("Seule une ressource publiée se confirme : publiez-la d’abord.")


class ResourceNotDraft(refusals.NotDraft):
    """Only a draft can be deleted: what was published leaves a trace."""

    sentence = _("Seul un brouillon se supprime. Une ressource publiée se retire.")


class ReferenceTaken(refusals.ReferenceTaken):
    """Another resource of the structure already bears that reference."""

    sentence = _("Une ressource de la structure porte déjà la référence « %(reference)s ».")
