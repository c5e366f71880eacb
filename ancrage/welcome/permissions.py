"""The welcome: partners keep their offers and answer, the coordination follows, people decide."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.kit.imports.scopes import imports_for
from ancrage.partners.enums import MemberRole
from ancrage.partners.permissions import partners_of
from ancrage.privacy.queries import subjects_consenting
from ancrage.resources.enums import ResourceStatus
from ancrage.territory.permissions import coordinated, coordinated_by
from ancrage.welcome.enums import RequestState

PURPOSE = "concierge"
WAITING_STATES = (RequestState.SENT, RequestState.SEEN)
# What a partner reads: what waits, what it granted, what it refused. What is closed is gone.
SHOWN_STATES = (
    RequestState.SENT,
    RequestState.SEEN,
    RequestState.GRANTED,
    RequestState.REFUSED,
)


def scope_of(partner: Any) -> str:
    """Return for whom an agreement with a partner is given, as the ledger writes it."""
    return f"partner:{partner.pk}"


def own_project(user: Any) -> Q:
    """The life project of the user, as a person followed."""
    return Q(subject__user=user.pk)


def projects_of_territory(user: Any) -> Q:
    """The life projects of the people followed by the territories the user coordinates."""
    homes = [f"territory:{pk}" for pk in coordinated_by(user).values_list("pk", flat=True)]
    return Q(subject__home__in=homes, subject__limited_at__isnull=True)


def own_requests(user: Any) -> Q:
    """The requests of the user's own life project."""
    return Q(project__subject__user=user.pk)


def requests_of_territory(user: Any) -> Q:
    """The requests for the people followed by the territories the user coordinates."""
    homes = [f"territory:{pk}" for pk in coordinated_by(user).values_list("pk", flat=True)]
    return Q(project__subject__home__in=homes, project__subject__limited_at__isnull=True)


def received(user: Any) -> Q:
    """The requests sent to the bodies the user welcomes people for, while their person agrees.

    What rests on an agreement goes with it: a withdrawn one hides the row before it is closed.
    """
    found = Q(pk__in=[])
    bodies = partners_of(user, role=MemberRole.WELCOME_PARTNER).order_by("pk")
    for pk in bodies.values_list("pk", flat=True):
        found |= Q(
            partner=pk,
            project__subject__in=subjects_consenting(PURPOSE, f"partner:{pk}"),
        )
    return found & Q(state__in=SHOWN_STATES, project__subject__in=subjects_consenting(PURPOSE))


def published(user: Any) -> Q:
    """The offers that a partner of the platform makes today: anybody reads them."""
    return Q(resource__status=ResourceStatus.PUBLISHED, resource__partner__left_at__isnull=True)


Policy("welcome_offers", {"view": {Role.VISITOR: published}})


def open_offers(user: Any) -> Q:
    """The offers of the welcome that are published, their structure present."""
    return Q(
        status=ResourceStatus.PUBLISHED,
        partner__left_at__isnull=True,
        welcome_terms__isnull=False,
    )


def directories_in_territory(user: Any) -> Q:
    """The imports of directories of the territories the user coordinates."""
    return imports_for("data_inclusion", "territory", coordinated_by(user))


Policy("open_directory", {"view": {Role.VISITOR: open_offers}})
Policy("territory_directory", {"import": {Role.COORDINATOR: coordinated}})
Policy("imports", {"use": {Role.COORDINATOR: directories_in_territory}}, joint=True)

Policy(
    "life_projects",
    {
        "keep_own": {Role.CANDIDATE: own_project},
        "follow": {Role.COORDINATOR: projects_of_territory},
        "view": {Role.CANDIDATE: own_project, Role.COORDINATOR: projects_of_territory},
        "edit": {Role.CANDIDATE: own_project, Role.COORDINATOR: projects_of_territory},
        "close": {Role.CANDIDATE: own_project, Role.COORDINATOR: projects_of_territory},
    },
)
Policy(
    "welcome_requests",
    {
        "view": {
            Role.CANDIDATE: own_requests,
            Role.COORDINATOR: requests_of_territory,
            Role.WELCOME_PARTNER: received,
        },
        "answer": {Role.WELCOME_PARTNER: received},
        "close": {
            Role.CANDIDATE: own_requests,
            Role.COORDINATOR: requests_of_territory,
            Role.WELCOME_PARTNER: received,
        },
    },
)
