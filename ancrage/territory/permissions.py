"""Territories: names and communes are public, their keeping belongs to administrators."""

from typing import Any

from django.db.models import Q, QuerySet

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything, role_source
from ancrage.privacy.scopes import scope_source
from ancrage.territory.enums import Office
from ancrage.territory.models import Territory, TerritoryRole


@role_source
def office_roles(user: Any) -> QuerySet[TerritoryRole, str]:
    """The offices the user holds today, in whatever territory."""
    offices = TerritoryRole.objects.filter(user=user.pk, ended_at__isnull=True)
    return offices.values_list("office", flat=True)


def coordinated_by(user: Any) -> QuerySet[Territory]:
    """The territories the user coordinates: the subquery of every coordinator's scope."""
    return _held(user, Office.COORDINATOR)


@scope_source
def coordinated_scopes(user: Any) -> set[str]:
    """The territories the user acts for, as the journal writes them."""
    return {f"territory:{pk}" for pk in coordinated_by(user).values_list("pk", flat=True)}


def watched_by(user: Any) -> QuerySet[Territory]:
    """The territories whose aggregates the user reads for an institution."""
    return _held(user, Office.INSTITUTION)


def _held(user: Any, office: Office) -> QuerySet[Territory]:
    # Two subqueries rather than joins: a scope must never duplicate rows.
    return Territory.objects.filter(
        pk__in=TerritoryRole.objects.filter(
            user=user.pk, office=office, ended_at__isnull=True
        ).values("territory")
    )


def coordinated(user: Any) -> Q:
    """The territory rows the user coordinates."""
    return Q(pk__in=coordinated_by(user).values("pk"))


def watched(user: Any) -> Q:
    """The territory rows the user watches."""
    return Q(pk__in=watched_by(user).values("pk"))


def official_imports(user: Any) -> Q:
    """The imports of the official lists: communes and contours."""
    return Q(kind__in=("communes", "contours"))


Policy(
    "territory",
    {
        "view": {Role.VISITOR: everything},
        "steer": {Role.COORDINATOR: coordinated, Role.ADMIN: everything},
        "watch": {
            Role.COORDINATOR: coordinated,
            Role.INSTITUTION: watched,
            Role.ADMIN: everything,
        },
        # Its name and its living areas; its communes belong to "edit".
        "describe": {Role.COORDINATOR: coordinated, Role.ADMIN: everything},
        "edit": {Role.ADMIN: everything},
        "appoint": {Role.ADMIN: everything},
    },
)
Policy("communes", {"view": {Role.VISITOR: everything}, "import": {Role.ADMIN: everything}})
Policy("imports", {"use": {Role.ADMIN: official_imports}}, joint=True)
