"""What the page of a project says of its facts and of its requests."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.web.sheets import euros
from ancrage.web.welcome_words import (
    ages_in_words,
    dates_in_words,
    request_in_words,
    shifts_in_words,
)
from ancrage.welcome.enums import OPEN_STATES, RequestState
from ancrage.welcome.models import LifeProject, WelcomeRequest

TONES = {
    RequestState.SENT: "info",
    RequestState.SEEN: "info",
    RequestState.GRANTED: "success",
    RequestState.REFUSED: "warning",
    RequestState.CLOSED: "",
}


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A request as its person reads it."""

    row: WelcomeRequest
    title: str
    dates: str
    tone: str
    can_cancel: bool
    can_ask_again: bool


def request_shown(request: WelcomeRequest, *, today: date) -> RequestShown:
    """Say a request: what, when, where it stands, what may be done."""
    state = RequestState(request.state)
    is_over = request.ends_on is not None and request.ends_on < today
    return RequestShown(
        row=request,
        title=request_in_words(request),
        dates=dates_in_words(request.starts_on, request.ends_on),
        tone=TONES[state],
        can_cancel=state in OPEN_STATES or (state == RequestState.GRANTED and not is_over),
        can_ask_again=state == RequestState.CLOSED and request.resource_id is not None,
    )


def facts_shown(project: LifeProject) -> list[tuple[str, str]]:
    """What the household told; an empty value says that it did not."""
    vehicle = {True: _("oui"), False: _("non"), None: ""}[project.has_vehicle]
    minutes, price = project.max_minutes, project.max_price_cents
    return [
        (_("Séjour"), dates_in_words(project.arrives_on, project.leaves_on)),
        (_("Commune du travail"), str(project.workplace or "")),
        (_("Horaires de travail"), shifts_in_words(project.shifts)),
        (
            _("Trajet accepté"),
            ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
            if minutes
            else "",
        ),
        (_("Véhicule"), vehicle),
        (_("Adultes"), str(project.adults)),
        (_("Enfants, à l’arrivée"), ages_in_words(project.child_ages)),
        (
            _("Métier du conjoint ou de la conjointe"),
            str(project.spouse_profession or project.spouse_trade),
        ),
        (
            _("Loyer accepté"),
            _("%(euros)s par mois") % {"euros": euros(price)} if price is not None else "",
        ),
    ]
