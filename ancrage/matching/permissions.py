"""Introductions: each side sees its own, and a structure never sees another's."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import NOTHING, Policy
from ancrage.matching.enums import IntroductionOrigin
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated_by


def own(user: Any) -> Q:
    """The introductions of the reader's own profile."""
    return Q(candidate__subject__user=user.pk)


def agreed_to(user: Any) -> Q:
    """The introductions to the user's structures that the person has agreed to."""
    return Q(partner__in=partners_of(user).values("pk"), agreed_at__isnull=False)


def addressed(user: Any) -> Q:
    """Those that the user's structures asked for themselves, or that the person agreed to."""
    asked = Q(partner__in=partners_of(user).values("pk"), origin=IntroductionOrigin.PARTNER)
    return agreed_to(user) | asked


def in_territory(user: Any) -> Q:
    """Those of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def nothing(user: Any) -> Q:
    """No row: asking gives no right to read."""
    return NOTHING


Policy(
    "introductions",
    {
        "view": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        # The board, the list, the file.
        "list": {Role.EMPLOYER: addressed, Role.COORDINATOR: in_territory},
        "keep_own": {Role.CANDIDATE: own},
        # Saying yes or no for oneself; or noting what the person said, with its proof.
        "agree": {Role.CANDIDATE: own},
        "note_agreement": {Role.COORDINATOR: in_territory},
        # Meeting, offering, hiring.
        "handle": {Role.EMPLOYER: agreed_to, Role.COORDINATOR: in_territory},
        "close": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        "write": {
            Role.CANDIDATE: own,
            Role.EMPLOYER: addressed,
            Role.COORDINATOR: in_territory,
        },
        "propose": {Role.COORDINATOR: in_territory},
        # From a card without a name; and for oneself.
        "request": {Role.EMPLOYER: nothing},
        "apply": {Role.CANDIDATE: nothing},
        "bulk": {Role.COORDINATOR: in_territory},
    },
)
Policy(
    "plans",
    {
        "view": {Role.COORDINATOR: in_territory},
        # Computing, imposing, excluding, turning lines into introductions.
        "make": {Role.COORDINATOR: in_territory},
    },
)
