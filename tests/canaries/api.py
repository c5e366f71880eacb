"""What the API answers to `GET`: its lists, and the rows of a side by their keys."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.accounts.services import create_token
from ancrage.api.urls import api
from ancrage.candidates.models import Candidate, Document
from ancrage.demography.models import ParameterSet, ParameterVersion
from ancrage.journeys.models import Journey
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.needs.models import Need
from ancrage.schemes.models import Scheme
from tests.matrix.world import World

# Beside the addresses without a key: the searches that read more than a first page does.
_SEARCHES = (
    "/api/v1/candidates?q=zq",
    "/api/v1/introductions?q=zq",
    "/api/v1/journeys?q=zq&state=all",
    "/api/v1/reference/communes?q=pornic",
    "/api/v1/nulle-part",
)
_KEY = re.compile(r"\{\w+\}")


def _people(side: World) -> Any:
    return Candidate.objects.filter(territory=side.territory)


# The rows of a side that each address with a key is about.
_ROWS: Mapping[str, Callable[[World], list[Any]]] = {
    "/api/v1/candidates/cards/{key}": lambda side: list(_people(side).values_list("card")),
    "/api/v1/candidates/documents/{pk}": lambda side: list(
        Document.objects.filter(candidate__territory=side.territory).values_list("pk")
    ),
    "/api/v1/candidates/{pk}": lambda side: list(_people(side).values_list("pk")),
    "/api/v1/demography/parameters/{pk}": lambda side: list(
        ParameterSet.objects.filter(territory=side.territory).values_list("pk")
    ),
    "/api/v1/demography/parameters/{pk}/versions/{number}": lambda side: list(
        ParameterVersion.objects.filter(of__territory=side.territory).values_list("of", "number")
    ),
    "/api/v1/directory/{territory}/services": lambda side: [(side.territory.slug,)],
    "/api/v1/directory/{territory}/structures": lambda side: [(side.territory.slug,)],
    "/api/v1/introductions/documents/{pk}": lambda side: list(
        ShownDocument.objects.filter(introduction__territory=side.territory).values_list("pk")
    ),
    "/api/v1/introductions/{pk}": lambda side: list(
        Introduction.objects.filter(territory=side.territory).values_list("pk")
    ),
    "/api/v1/journeys/{pk}": lambda side: list(
        Journey.objects.filter(territory=side.territory).values_list("pk")
    ),
    "/api/v1/needs/{pk}": lambda side: list(
        Need.objects.filter(partner=side.partner).values_list("pk")
    ),
    "/api/v1/offers/{pk}": lambda side: list(
        Need.objects.filter(partner=side.partner).values_list("pk")
    ),
    "/api/v1/partners/{slug}": lambda side: [(side.partner.slug,)],
    "/api/v1/schemes/zones/{insee}": lambda _side: [("44131",)],
    "/api/v1/schemes/{code}": lambda _side: list(
        Scheme.objects.order_by("code").values_list("code")[:3]
    ),
}


@cache
def _addresses() -> tuple[str, ...]:
    paths = api.get_openapi_schema()["paths"]
    return tuple(path for path, operations in paths.items() if "get" in operations)


def lists_of_api() -> list[str]:
    """Return the addresses without a key."""
    plain = [path for path in _addresses() if "{" not in path]
    return [*plain, "/api/v1/openapi.json", *_SEARCHES]


def details_of_api(side: World) -> list[str]:
    """Return the addresses of the rows of a side; an operation that nobody thought of fails."""
    return [
        _KEY.sub("{}", path).format(*keys)
        for path in _addresses()
        if "{" in path
        for keys in _ROWS[path](side)
    ]


def bearer(user: User) -> dict[str, str]:
    """Return the header of a program of this account."""
    now = timezone.now()
    secret = create_token(
        user=user, name="Programme", expires_at=now + timedelta(days=1), by=user, now=now
    )
    return {"Authorization": f"Bearer {secret}"}
