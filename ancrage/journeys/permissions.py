"""Journeys: the coordination of a territory keeps them, the person reads theirs, and figures
name nobody."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.candidates.permissions import followed
from ancrage.kit.conditions import through
from ancrage.territory.permissions import coordinated, watched


def accompanied(user: Any) -> Q:
    """The journeys of the people the user follows, but those who asked to be left alone."""
    return through("candidate", followed(user))


def own(user: Any) -> Q:
    """The journeys of the reader's own profile."""
    return Q(candidate__subject__user=user.pk, candidate__subject__limited_at__isnull=True)


def of_accompanied(user: Any) -> Q:
    """What hangs on the journeys of the people the user follows."""
    return through("journey", accompanied(user))


def after_hire(user: Any) -> Q:
    """The questions asked about the people the user follows."""
    return through("stay__journey", accompanied(user))


Policy(
    "journeys",
    {
        # Whom one may begin to accompany: the rows are profiles.
        "open": {Role.COORDINATOR: followed},
        "view": {Role.COORDINATOR: accompanied},
        "keep": {Role.COORDINATOR: accompanied},
        "export": {Role.COORDINATOR: accompanied},
        "keep_parts": {Role.COORDINATOR: of_accompanied},
        "read_own": {Role.CANDIDATE: own},
    },
)
Policy("follow_ups", {"keep": {Role.COORDINATOR: after_hire}})
Policy(
    "journey_figures",
    {
        # The rows are territories.
        "view": {
            Role.COORDINATOR: coordinated,
            Role.INSTITUTION: watched,
            Role.ADMIN: everything,
        },
        # Counts under five shown as they are: to those who know these people by name.
        "detail": {Role.COORDINATOR: coordinated},
    },
)
