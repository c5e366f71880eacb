"""Why a change of a need was refused, each reason by its name."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.kit.models import AuditLine
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need


class TransitionNotAllowed(ValidationError):
    """A need cannot go from its state to the one asked for."""

    def __init__(self, before: NeedStatus, after: NeedStatus) -> None:
        self.before, self.after = before, after
        super().__init__(
            _("Ce besoin est déjà dans l’état « %(after)s ».")
            if before == after
            else _("Un besoin « %(before)s » ne peut pas devenir « %(after)s »."),
            code="transition",
            params={"before": before.label, "after": after.label},
        )


class NeedClosed(ValidationError):
    """A filled, withdrawn or expired need is reopened, not published."""

    def __init__(self) -> None:
        super().__init__(_("Ce besoin est clos : rouvrez-le depuis sa fiche."), code="closed")


class NeedNotClosed(ValidationError):
    """Only a closed need can be reopened."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce besoin n’est pas clos : il n’y a rien à rouvrir."), code="not_closed"
        )


class NeedChangedMeanwhile(ValidationError):
    """Somebody changed the need since it was read; `current` is the row as it is now."""

    def __init__(self, current: Need, last_change: AuditLine | None) -> None:
        self.current = current
        self.changed_at: datetime | None = last_change.at if last_change else None
        self.changed_by: Any = last_change.actor if last_change else None
        super().__init__(
            _("Ce besoin a été modifié entre-temps : comparez les deux versions."),
            code="changed_meanwhile",
        )


class NeedGone(ValidationError):
    """The draft was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("Ce brouillon a été supprimé entre-temps."), code="gone")


class NeedIsOver(ValidationError):
    """The end of the need is past: its dates must be mended first."""

    def __init__(self) -> None:
        super().__init__(
            _("La date de fin de ce besoin est passée : modifiez-la, puis publiez."),
            code="over",
        )


class NeedNotPublished(ValidationError):
    """Only a published need can be said to be still of the day."""

    def __init__(self) -> None:
        super().__init__(
            _("Seul un besoin publié se confirme : publiez-le d’abord."), code="not_published"
        )


class NeedNotDraft(ValidationError):
    """Only a draft can be deleted: what was published leaves a trace."""

    def __init__(self) -> None:
        super().__init__(
            _("Seul un brouillon se supprime. Un besoin publié se retire."), code="not_draft"
        )


class ReferenceTaken(ValidationError):
    """Another need of the structure already bears that reference."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            {
                "reference": ValidationError(
                    _("Un besoin de la structure porte déjà la référence « %(reference)s »."),
                    code="reference_taken",
                    params={"reference": reference},
                )
            }
        )


class TooManyFilled(ValidationError):
    """More posts are said to be filled than the need counts."""

    def __init__(self, positions: int) -> None:
        super().__init__(
            _("Le nombre de postes pourvus va de 1 à %(positions)d."),
            code="too_many_filled",
            params={"positions": positions},
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
