"""Why a change of a resource was refused, each reason by its name."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.models import AuditLine
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource


class TransitionNotAllowed(ValidationError):
    """A resource cannot go from its state to the one asked for."""

    def __init__(self, before: ResourceStatus, after: ResourceStatus) -> None:
        self.before, self.after = before, after
        super().__init__(
            _("Cette ressource est déjà dans l’état « %(after)s ».")
            if before == after
            else _("Une ressource « %(before)s » ne peut pas devenir « %(after)s »."),
            code="transition",
            params={"before": before.label, "after": after.label},
        )


class ResourceClosed(ValidationError):
    """A given, withdrawn or expired resource is reopened, not published."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette ressource n’est plus proposée : rouvrez-la depuis sa fiche."), code="closed"
        )


class ResourceNotClosed(ValidationError):
    """Only a closed resource can be reopened."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette ressource n’est pas close : il n’y a rien à rouvrir."), code="not_closed"
        )


class ResourceChangedMeanwhile(ValidationError):
    """Somebody changed the resource since it was read; `current` is the row as it is now."""

    def __init__(self, current: Resource, last_change: AuditLine | None) -> None:
        self.current = current
        self.changed_at: datetime | None = last_change.at if last_change else None
        self.changed_by: Any = last_change.actor if last_change else None
        super().__init__(
            _("Cette ressource a été modifiée entre-temps : comparez les deux versions."),
            code="changed_meanwhile",
        )


class ResourceGone(ValidationError):
    """The draft was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Ce brouillon a été supprimé entre-temps."), code="gone")


class ResourceIsOver(ValidationError):
    """The end of the resource is past: its dates must be mended first."""

    def __init__(self) -> None:
        super().__init__(
            _("La date de fin de cette ressource est passée : modifiez-la, puis publiez."),
            code="over",
        )


class ResourceNotPublished(ValidationError):
    """Only a published resource can be said to be still available."""

    def __init__(self) -> None:
        super().__init__(
            _("Seule une ressource publiée se confirme : publiez-la d’abord."),
            code="not_published",
        )


class ResourceNotDraft(ValidationError):
    """Only a draft can be deleted: what was published leaves a trace."""

    def __init__(self) -> None:
        super().__init__(
            _("Seul un brouillon se supprime. Une ressource publiée se retire."),
            code="not_draft",
        )


class ReferenceTaken(ValidationError):
    """Another resource of the structure already bears that reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            {
                "reference": ValidationError(
                    _("Une ressource de la structure porte déjà la référence « %(reference)s »."),
                    code="reference_taken",
                    params={"reference": reference},
                )
            }
        )


class NothingToUndo(ValidationError):
    """No change of state is left to take back."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a aucun changement à annuler."), code="nothing_to_undo")


class UndoTooLate(ValidationError):
    """The last change of state is older than a day."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce changement date de plus de 24 heures : il ne s’annule plus."), code="too_late"
        )
