"""The welcome: partners keep their offers and answer, the coordination follows, people decide."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.partners.enums import MemberRole
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated_by
from ancrage.welcome.enums import RequestState


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
    """The requests sent to the bodies the user welcomes people for, while they have an object."""
    bodies = partners_of(user, role=MemberRole.WELCOME_PARTNER).values("pk")
    return Q(
        partner__in=bodies,
        project__subject__limited_at__isnull=True,
        state__in=[RequestState.SENT, RequestState.SEEN, RequestState.GRANTED],
    ) & Q(project__isnull=False)


Policy(
    "life_projects",
    {
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
