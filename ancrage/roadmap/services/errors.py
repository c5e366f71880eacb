"""Why a change of a roadmap is refused, in words for whoever asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import FieldRefusal, Refusal


class ChangedMeanwhile(ValidationError):
    """Somebody saved the row since the page was opened; `current` is the row as it now is."""

    def __init__(self, current: Any) -> None:
        super().__init__(
            _("Quelqu’un l’a modifié entre-temps : relisez la page, puis recommencez."),
            code="changed_meanwhile",
        )
        self.current = current


class StepNotAllowed(Refusal):
    """One does not go from that state to this one."""

    sentence = _("Ce changement n’est plus possible : la page est à jour, relisez-la.")
    known_as = "step_not_allowed"


class ReasonMissing(FieldRefusal):
    """An action is stopped, and nobody said why."""

    field = "reason"
    sentence = _("Dites pourquoi l’action s’arrête.")


class NothingToUndo(Refusal):
    """There is no recent change to take back, or another followed it."""

    sentence = _(
        "Il n’y a plus rien à annuler : le changement date de plus de 24 heures, ou un"
        " autre l’a suivi."
    )
    known_as = "nothing_to_undo"


class AxisInUse(Refusal):
    """An axis that still holds actions or indicators stays."""

    sentence = _("Cet axe porte encore des actions ou des indicateurs : retirez-les d’abord.")
    known_as = "axis_in_use"


class RankTaken(FieldRefusal):
    """Another axis bears that number."""

    field = "rank"
    sentence = _("Un autre axe porte déjà ce numéro.")


class NotAMember(ValidationError):
    """A structure leads or joins actions in its own territory only."""

    def __init__(self, name: str) -> None:
        super().__init__({name: _("Choisissez une structure membre de ce territoire.")})


class ElsewhereAxis(FieldRefusal):
    """An action stays in its roadmap."""

    field = "axis"
    sentence = _("Choisissez un axe de cette feuille de route.")


class Computed(Refusal):
    """A computed indicator takes no typed value."""

    sentence = _("Cet indicateur est calculé par la plateforme : sa valeur ne se saisit pas.")
    known_as = "computed"


class PeriodToCome(FieldRefusal):
    """A period that has not begun has no value yet."""

    field = "on"
    sentence = _("Cette période n’a pas commencé.")


class MeetingNoted(FieldRefusal):
    """A meeting of that day is already noted."""

    field = "held_on"
    sentence = _("Une réunion est déjà notée ce jour-là.")


class TooManyDocuments(ValidationError):
    """An action keeps so many documents and no more."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("Une action garde %(most)d documents au plus : retirez-en un d’abord.")
            % {"most": most},
            code="too_many_documents",
        )


class CollectionClosed(Refusal):
    """The half-year is closed: its figures are shown and no longer change."""

    sentence = _("La collecte de ce semestre est close : ses relevés ne changent plus.")
    known_as = "collection_closed"


class NotOverYet(Refusal):
    """A half-year is closed once it is over."""

    sentence = _("Ce semestre n’est pas terminé.")
    known_as = "not_over_yet"
