"""Why a change of a row is refused, each reason by its name.

A kind of row derives those that name it, and gives each its `sentence`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.utils.translation import gettext_lazy as _

from ancrage.kit.life.models import LivingRow
from ancrage.kit.models import AuditLine
from ancrage.kit.refusals import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class TransitionNotAllowed(ValidationError):
    """A row cannot go from its state to the one asked for; `already` says it is there."""

    already: ClassVar["_StrPromise"]
    sentence: ClassVar["_StrPromise"]

    def __init__(self, before: Choices, after: Choices) -> None:
        self.before, self.after = before, after
        super().__init__(
            self.already if before == after else self.sentence,
            code="transition",
            params={"before": before.label, "after": after.label},
        )


class Closed(Refusal):
    """A closed row is reopened, not published."""

    known_as = "closed"


class NotClosed(Refusal):
    """Only a closed row can be reopened."""

    known_as = "not_closed"


class Gone(Refusal):
    """The draft was deleted meanwhile."""

    sentence = _("Ce brouillon a été supprimé entre-temps.")
    known_as = "gone"


class IsOver(Refusal):
    """The end of the row is past: its dates must be mended first."""

    known_as = "over"


class NotPublished(Refusal):
    """Only a published row can be said to still hold."""

    known_as = "not_published"


class NotDraft(Refusal):
    """Only a draft can be deleted: what was published leaves a trace."""

    known_as = "not_draft"


class NothingToUndo(Refusal):
    """No change of state is left to take back."""

    sentence = _("Il n’y a aucun changement à annuler.")
    known_as = "nothing_to_undo"


class UndoTooLate(Refusal):
    """The last change of state is older than a day."""

    sentence = _("Ce changement date de plus de 24 heures : il ne s’annule plus.")
    known_as = "too_late"


class ChangedMeanwhile(ValidationError):
    """Somebody changed the row since it was read; `current` is the row as it is now."""

    sentence: ClassVar["_StrPromise"]

    def __init__(self, current: LivingRow, last_change: AuditLine | None) -> None:
        self.current: Any = current
        self.changed_at: datetime | None = last_change.at if last_change else None
        self.changed_by: Any = last_change.actor if last_change else None
        super().__init__(self.sentence, code="changed_meanwhile")


class ReferenceTaken(ValidationError):
    """Another row already bears that reference."""

    sentence: ClassVar["_StrPromise"]

    def __init__(self, reference: str) -> None:
        refusal = ValidationError(
            self.sentence, code="reference_taken", params={"reference": reference}
        )
        super().__init__({"reference": refusal})
