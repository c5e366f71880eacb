"""Why a change of a roadmap is refused, in words for whoever asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ChangedMeanwhile(ValidationError):
    """Somebody saved the row since the page was opened; `current` is the row as it now is."""

    def __init__(self, current: Any) -> None:
        super().__init__(
            _("Quelqu’un l’a modifié entre-temps : relisez la page, puis recommencez."),
            code="changed_meanwhile",
        )
        self.current = current


class StepNotAllowed(ValidationError):
    """One does not go from that state to this one."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce changement n’est plus possible : la page est à jour, relisez-la."),
            code="step_not_allowed",
        )


class ReasonMissing(ValidationError):
    """An action is stopped, and nobody said why."""

    def __init__(self) -> None:
        super().__init__({"reason": _("Dites pourquoi l’action s’arrête.")})


class NothingToUndo(ValidationError):
    """There is no recent change to take back, or another followed it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Il n’y a plus rien à annuler : le changement date de plus de 24 heures, ou un"
                " autre l’a suivi."
            ),
            code="nothing_to_undo",
        )


class AxisInUse(ValidationError):
    """An axis that still holds actions or indicators stays."""

    def __init__(self) -> None:
        super().__init__(
            _("Cet axe porte encore des actions ou des indicateurs : retirez-les d’abord."),
            code="axis_in_use",
        )


class RankTaken(ValidationError):
    """Another axis bears that number."""

    def __init__(self) -> None:
        super().__init__({"rank": _("Un autre axe porte déjà ce numéro.")})


class NotAMember(ValidationError):
    """A structure leads or joins actions in its own territory only."""

    def __init__(self, name: str) -> None:
        super().__init__({name: _("Choisissez une structure membre de ce territoire.")})


class ElsewhereAxis(ValidationError):
    """An action stays in its roadmap."""

    def __init__(self) -> None:
        super().__init__({"axis": _("Choisissez un axe de cette feuille de route.")})


class Computed(ValidationError):
    """A computed indicator takes no typed value."""

    def __init__(self) -> None:
        super().__init__(
            _("Cet indicateur est calculé par la plateforme : sa valeur ne se saisit pas."),
            code="computed",
        )


class PeriodToCome(ValidationError):
    """A period that has not begun has no value yet."""

    def __init__(self) -> None:
        super().__init__({"on": _("Cette période n’a pas commencé.")})


class MeetingNoted(ValidationError):
    """A meeting of that day is already noted."""

    def __init__(self) -> None:
        super().__init__({"held_on": _("Une réunion est déjà notée ce jour-là.")})


class TooManyDocuments(ValidationError):
    """An action keeps so many documents and no more."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Une action garde %(most)d documents au plus : retirez-en un d’abord.")
            % {"most": most},
            code="too_many_documents",
        )


class CollectionClosed(ValidationError):
    """The half-year is closed: its figures are shown and no longer change."""

    def __init__(self) -> None:
        super().__init__(
            _("La collecte de ce semestre est close : ses relevés ne changent plus."),
            code="collection_closed",
        )


class NotOverYet(ValidationError):
    """A half-year is closed once it is over."""

    def __init__(self) -> None:
        super().__init__(_("Ce semestre n’est pas terminé."), code="not_over_yet")
