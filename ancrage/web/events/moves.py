"""The changes of state of an event, in words: the button, the question, what each one does."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventState
from ancrage.events.models import Event

_DRAFT, _OPEN, _CLOSED = EventState.DRAFT, EventState.OPEN, EventState.CLOSED
_RUNNING, _OVER, _CANCELLED = EventState.RUNNING, EventState.OVER, EventState.CANCELLED
# Calling off has a page of its own, where the reason is asked.
CALLING_OFF = frozenset({_DRAFT, _OPEN, _CLOSED})


@dataclass(frozen=True)
class Move:
    """A change of state as it is offered, asked and told."""

    label: Promise
    question: Promise
    consequences: tuple[Promise, ...]
    done: Promise
    icon: str
    variant: str = "secondary"

    @property
    def is_danger(self) -> bool:
        """Whether it is confirmed in red."""
        return self.variant == "danger-quiet"

    @property
    def is_usual(self) -> bool:
        """Whether it has a button of its own; the others are in a menu."""
        return self.variant in {"primary", "secondary"}


@dataclass(frozen=True)
class OfferedMove:
    """A move and where its page is."""

    move: Move
    href: str


MOVES: Mapping[tuple[EventState, EventState], Move] = {
    (_DRAFT, _OPEN): Move(
        _("Ouvrir les inscriptions"),
        _("Ouvrir les inscriptions ?"),
        (
            _("la page de l’événement devient publique ;"),
            _("chacun peut s’inscrire, de son côté, jusqu’à la date que vous avez fixée ;"),
            _("une fois les places prises, les suivants entrent en liste d’attente."),
        ),
        _("Les inscriptions sont ouvertes."),
        "door-open",
        "primary",
    ),
    (_OPEN, _CLOSED): Move(
        _("Clore les inscriptions"),
        _("Clore les inscriptions ?"),
        (
            _("plus personne ne s’inscrit par la page publique ; vous le pouvez encore ;"),
            _("la grille de passage peut être calculée ;"),
            _("vous pourrez les rouvrir."),
        ),
        _("Les inscriptions sont closes."),
        "lock",
        "primary",
    ),
    (_OPEN, _DRAFT): Move(
        _("Remettre en préparation"),
        _("Remettre cet événement en préparation ?"),
        (
            _("la page publique n’est plus visible ;"),
            _(
                "pour changer le jour ou le lieu, c’est inutile : modifiez,"
                " les inscrits sont prévenus ;"
            ),
            _("ceux qui sont inscrits le restent."),
        ),
        _("L’événement est de nouveau en préparation."),
        "undo-2",
        "quiet",
    ),
    (_CLOSED, _OPEN): Move(
        _("Rouvrir les inscriptions"),
        _("Rouvrir les inscriptions ?"),
        (
            _("la page publique reprend des inscriptions jusqu’à la date fixée ;"),
            _("une grille déjà publiée ne compte pas les nouveaux : recalculez-la."),
        ),
        _("Les inscriptions sont rouvertes."),
        "door-open",
    ),
    (_CLOSED, _RUNNING): Move(
        _("Ouvrir la soirée"),
        _("Ouvrir la soirée ?"),
        (
            _("l’accueil note les arrivées, les tours peuvent commencer ;"),
            _("vous pouvez revenir en arrière tant qu’aucune rencontre n’a eu lieu."),
        ),
        _("La soirée est ouverte : notez les arrivées."),
        "play",
        "primary",
    ),
    (_RUNNING, _OVER): Move(
        _("Terminer la soirée"),
        _("Terminer la soirée ?"),
        (
            _("le tour en cours s’arrête, ses rencontres sont notées tenues ;"),
            _("plus aucun tour ne commence, l’accueil est fermé ;"),
            _("chacun peut encore dire qui il veut revoir, jusqu’à la date fixée ;"),
            _("les contacts s’ouvrent ensuite, quand les deux le veulent."),
        ),
        _("La soirée est terminée."),
        "flag",
        "primary",
    ),
    (_RUNNING, _CLOSED): Move(
        _("Revenir avant la soirée"),
        _("Revenir avant le début de la soirée ?"),
        (_("l’événement attend de nouveau son début ; les arrivées notées sont gardées."),),
        _("L’événement attend de nouveau son début."),
        "undo-2",
        "quiet",
    ),
    (_OVER, _RUNNING): Move(
        _("Reprendre la soirée"),
        _("Reprendre la soirée ?"),
        (_("les tours et l’accueil reprennent là où ils en étaient."),),
        _("La soirée reprend."),
        "undo-2",
        "quiet",
    ),
    (_CANCELLED, _DRAFT): Move(
        _("Remettre en préparation"),
        _("Remettre cet événement en préparation ?"),
        (
            _("il n’est plus annulé, et reste invisible jusqu’à ce que vous l’ouvriez ;"),
            _("l’ouvrir à nouveau prévient les personnes inscrites qu’il a lieu ;"),
            _("ceux qui étaient inscrits le restent."),
        ),
        _("L’événement est de nouveau en préparation."),
        "undo-2",
    ),
}


def moves_from(event: Event) -> list[OfferedMove]:
    """Return the changes of state that the event's home offers, the usual one last."""
    order = {"danger-quiet": 0, "quiet": 1, "secondary": 2, "primary": 3}
    offered = [
        OfferedMove(move, reverse("events:move", args=[event.pk, after]))
        for (before, after), move in MOVES.items()
        if before == event.state
    ]
    return sorted(offered, key=lambda one: order[one.move.variant])
