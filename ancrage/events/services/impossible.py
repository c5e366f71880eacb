"""Why a timetable cannot be made, or put in force, in words for whoever organises."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.core.meetings.values import FlawKind, InvalidInstance, Violation
from ancrage.events.models import Party
from ancrage.events.queries.parties import label_of
from ancrage.kit.refusals import Refusal


class PlanningUnderWay(Refusal):
    """Somebody else's computation is not over."""

    sentence = gettext_lazy(
        "Un calcul est déjà en cours pour cet événement : attendez quelques secondes."
    )
    known_as = "under_way"


class EveningBegun(Refusal):
    """The rounds have begun, or there will be none."""

    sentence = gettext_lazy(
        "La soirée a commencé, est finie ou annulée : la grille ne se prépare plus ici."
        " Pendant la soirée, on recalcule depuis la page de la soirée."
    )
    known_as = "begun"


class NobodyOnOneSide(ValidationError):
    """One side has nobody who holds a place."""

    def __init__(self, side: str) -> None:
        super().__init__(
            _(
                "Personne n’a de place du côté « %(side)s » : la grille se calcule quand il y a"
                " au moins une personne de chaque côté."
            ),
            code="nobody",
            params={"side": side},
        )


class NoPairLeft(Refusal):
    """No pair may meet."""

    sentence = gettext_lazy(
        "Aucune paire ne peut se rencontrer : les réponses n’ont rien en commun, ou tout"
        " est refusé ou interdit. Rendez des paires interdites, ou imposez-en."
    )
    known_as = "no_pair"


class NoTableLeft(Refusal):
    """Tables are described, and none can serve."""

    sentence = gettext_lazy(
        "Aucune table n’est utilisable : indiquez-en au moins une dans la salle."
    )
    known_as = "no_table"


class LocksDoNotFit(ValidationError):
    """The meetings imposed contradict one another, or the rest."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            why
            or _(
                "Les rencontres imposées ne tiennent pas toutes ensemble : il y en a plus que de"
                " tours ou de tables. Rendez-en au moins une."
            ),
            code="locks",
        )


class PlanNotProved(AssertionError):
    """The judge found a fault in a plan: a defect of ours, never kept."""

    def __init__(self, faults: Sequence[Violation]) -> None:
        super().__init__(f"the judge refuses this plan: {list(faults[:5])}")


def absent_lock(party: Party, when: int) -> str:
    """Say that a meeting is imposed in a round when one of the two rests or is away."""
    return _(
        "Une rencontre est imposée au tour %(round)d à « %(who)s », qui n’y est pas ou s’y"
        " repose : changez de tour, ou rendez la paire."
    ) % {"round": when + 1, "who": label_of(party)}


def flaw_in_words(flaw: InvalidInstance, parties: Mapping[str, Party]) -> str:
    """Say which imposed meetings contradict one another.

    Raises the flaw itself when it is not about them: an instance made here has no other.
    """
    where = flaw.where
    if flaw.kind in {FlawKind.VISITOR_BUSY, FlawKind.HOST_BUSY}:
        return _(
            "« %(who)s » a plusieurs rencontres imposées au tour %(round)d : changez l’une de"
            " tour, ou rendez-la."
        ) % {"who": label_of(parties[str(where[0])]), "round": int(str(where[1])) + 1}
    if flaw.kind is FlawKind.HELD_OVER_MOST:
        return _(
            "« %(who)s » a %(count)s rencontres imposées, plus que son nombre de tours ou que le"
            " plus permis de son côté : rendez-en."
        ) % {"who": label_of(parties[str(where[0])]), "count": where[1]}
    if flaw.kind is FlawKind.HELD_OVER_TABLES:
        return _(
            "%(count)s rencontres sont imposées au tour %(round)d, pour %(tables)s tables :"
            " répartissez-les sur d’autres tours."
        ) % {"count": where[1], "round": int(str(where[0])) + 1, "tables": where[2]}
    raise flaw
