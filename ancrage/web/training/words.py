"""What buttons say: a state is where one goes, a button what one does; what a wish is for."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.training.enums import EnrolmentState, FundingState, RunState
from ancrage.training.models import TrainingWish

_ACTS: dict[str, Promise] = {
    f"run.{RunState.OPEN}": _("Ouvrir les inscriptions"),
    f"run.{RunState.CONFIRMED}": _("Confirmer la session"),
    f"run.{RunState.RUNNING}": _("Faire commencer la session"),
    f"run.{RunState.DONE}": _("Terminer la session"),
    f"run.{RunState.CANCELLED}": _("Annuler la session"),
    f"place.{EnrolmentState.ACCEPTED}": _("Accorder la place"),
    f"place.{EnrolmentState.WAITING}": _("Mettre sur liste d’attente"),
    f"place.{EnrolmentState.ENROLLED}": _("Noter la confirmation"),
    f"place.{EnrolmentState.ATTENDED}": _("Noter la formation suivie"),
    f"place.{EnrolmentState.DROPPED}": _("Noter un abandon"),
    f"place.{EnrolmentState.REFUSED}": _("Refuser la demande"),
    f"place.{EnrolmentState.WITHDRAWN}": _("Noter un renoncement"),
    f"money.{FundingState.SENT}": _("Noter le dépôt"),
    f"money.{FundingState.GRANTED}": _("Noter l’accord"),
    f"money.{FundingState.PARTLY}": _("Noter un accord partiel"),
    f"money.{FundingState.REFUSED}": _("Noter un refus"),
    f"money.{FundingState.PAID}": _("Noter le paiement"),
    f"money.{FundingState.ABANDONED}": _("Classer sans suite"),
}


def title_of(wish: TrainingWish) -> str:
    """Return what a wish is for."""
    if wish.course is not None:
        return wish.course.title
    return gettext("Devenir : %(profession)s") % {"profession": wish.profession}


def acts(kind: str, states: Iterable[str]) -> list[tuple[str, Promise]]:
    """Return the buttons that lead to these states: what each sends, and its words."""
    return [(str(state), _ACTS[f"{kind}.{state}"]) for state in states]
