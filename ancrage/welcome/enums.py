"""The vocabulary of the welcome: what those who come to work need beside the work."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WelcomeKind(TextChoices):
    """What somebody who comes to work may need, they and their household."""

    HOUSING = "housing", _("Logement")
    CHILDCARE = "childcare", _("Garde d’enfants")
    MOBILITY = "mobility", _("Mobilité")
    SPOUSE_JOB = "spouse_job", _("Emploi du conjoint ou de la conjointe")
    SCHOOL = "school", _("École et activités")
    FORMALITIES = "formalities", _("Formalités")


class RequestState(TextChoices):
    """Where a request to a partner stands."""

    SENT = "sent", _("Envoyée")
    SEEN = "seen", _("Lue")
    GRANTED = "granted", _("Accordée")
    REFUSED = "refused", _("Refusée")
    CLOSED = "closed", _("Close")


OPEN_STATES = frozenset({RequestState.SENT, RequestState.SEEN})
ANSWERS = frozenset({RequestState.GRANTED, RequestState.REFUSED})

TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = MappingProxyType(
    {
        RequestState.SENT: frozenset(
            {
                RequestState.SEEN,
                RequestState.GRANTED,
                RequestState.REFUSED,
                RequestState.CLOSED,
            }
        ),
        RequestState.SEEN: frozenset(
            {RequestState.GRANTED, RequestState.REFUSED, RequestState.CLOSED}
        ),
        # A place that was granted can be given back, by either side; an answer is taken back
        # within the day.
        RequestState.GRANTED: frozenset({RequestState.CLOSED, RequestState.SEEN}),
        RequestState.REFUSED: frozenset({RequestState.SEEN}),
        RequestState.CLOSED: frozenset(),
    }
)


class ClosingReason(TextChoices):
    """Why a request is refused or closed."""

    FULL = "full", _("Plus de place à ces dates")
    NOT_SUITED = "not_suited", _("Ne convient pas à cette demande")
    NO_LONGER_NEEDED = "no_longer_needed", _("La personne n’en a plus besoin")
    CANCELLED_BY_PARTNER = "cancelled_by_partner", _("Annulée par le partenaire")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("La personne a retiré son accord")


REFUSALS = frozenset({ClosingReason.FULL, ClosingReason.NOT_SUITED})


class WelcomeEvent(TextChoices):
    """What the journal tells of the welcome: the actions of its audit lines."""

    TERMS_SET = "welcome.terms_set", _("Conditions d’accueil modifiées")
    CALENDAR_SET = "welcome.calendar_set", _("Calendrier modifié")
    PROJECT_OPENED = "welcome.project_opened", _("Projet de vie ouvert")
    PROJECT_EDITED = "welcome.project_edited", _("Projet de vie modifié")
    PROJECT_CLOSED = "welcome.project_closed", _("Projet de vie clos")
    REQUEST_SENT = "welcome.request_sent", _("Demande envoyée à un partenaire")
    REQUEST_SEEN = "welcome.request_seen", _("Demande lue par le partenaire")
    REQUEST_GRANTED = "welcome.request_granted", _("Demande accordée")
    REQUEST_REFUSED = "welcome.request_refused", _("Demande refusée")
    REQUEST_CLOSED = "welcome.request_closed", _("Demande close")
    REQUESTS_EXPORTED = "welcome.requests_exported", _("Demandes d’accueil exportées")
