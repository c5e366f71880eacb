"""Every operation is asked by every role with a token; one nobody thought of fails here.

Somebody of another structure of the same territory (`other_employer`) gets 404 for what is not
theirs, as does the coordination of another territory.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ancrage.accounts.models import User
from ancrage.accounts.services import create_token
from ancrage.api.urls import api
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    CommuneFactory,
    DocumentFactory,
    JourneyFactory,
    NeedFactory,
    ProfessionFactory,
    StepFactory,
)
from tests.factories.moments import NOW
from tests.matrix import introductions as made
from tests.matrix.demography import parameters
from tests.matrix.world import ACTORS, World, build_world

pytestmark = pytest.mark.django_db

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """What each of `ACTORS` gets; `make` writes the row and returns the keys of the address."""

    statuses: tuple[int, ...]
    make: Callable[[World], Values] = field(default=lambda world: {})
    body: Callable[[World], Values] = field(default=lambda world: {})


@pytest.fixture(autouse=True)
def _november(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def here(world: World) -> Values:
    return {"territory": world.territory.slug}


def draft(world: World) -> Values:
    return {"pk": NeedFactory(partner=world.partner).pk}


def published(world: World) -> Values:
    return {"pk": NeedFactory(partner=world.partner, published=True).pk}


def new_need(world: World) -> Values:
    return {
        "partner": world.partner.slug,
        "profession": ProfessionFactory(code="api-nurse").code,
        "commune": CommuneFactory().insee,
        "contract": "cdi",
        "starts_on": "2027-01-04",
    }


def own_profile(world: World) -> Values:
    person = CandidateFactory(territory=world.territory, user=world.readers["candidate"])
    return {"pk": person.pk}


def own_journey(world: World) -> Values:
    return {
        "pk": JourneyFactory(candidate_id=own_profile(world)["pk"], territory=world.territory).pk
    }


def own_document(world: World) -> Values:
    return {"pk": DocumentFactory(candidate_id=own_profile(world)["pk"]).pk}


def own_step(world: World) -> Values:
    return {"pk": StepFactory(journey_id=own_journey(world)["pk"]).pk}


def done_step(world: World) -> Values:
    return {"pk": StepFactory(journey_id=own_journey(world)["pk"], done_on=NOW.date()).pk}


def charter(world: World) -> Values:
    CharterFactory(territory=world.territory, published=True)
    return {}


def card(world: World) -> Values:
    return {"key": made.card(world)["card"]}


def asked_card(world: World) -> Values:
    post = NeedFactory(partner=world.partner, published=True)
    return {"card": made.card(world)["card"], "post": post.pk}


def proposal(world: World) -> Values:
    post = NeedFactory(partner=world.partner, published=True)
    return {"candidate": own_profile(world)["pk"], "post": post.pk}


def at_first(**more: Any) -> Callable[[World], Values]:
    return lambda world: {"revision": 1, **more}


MEETING = at_first(at="2026-12-01T10:00:00+01:00")
EVERYBODY = (200,) * 9
# Their own lists: others get an empty one, or a refusal where no role of theirs has any.
EMPLOYERS_READ = (401, 403, 200, 200, 403, 403, 403, 403, 403)
COORDINATIONS_READ = (401, 403, 403, 403, 200, 200, 403, 403, 403)
COORDINATION_READS = (401, 403, 403, 403, 200, 404, 403, 403, 403)
BOARD = (401, 403, 200, 200, 200, 200, 403, 403, 403)
SIGNED_IN = (401, *(200,) * 8)
# What only the person of the row has.
OWN = (401, 200, *(404,) * 7)
HANDLE = (401, 403, 200, 404, 200, 404, 403, 403, 403)
BOTH_SIDES = (401, 200, 200, 404, 200, 404, 404, 404, 404)
OF_TERRITORY = (401, 403, 200, 200, 200, 404, 403, 200, 200)
OF_NEEDS = (401, 403, 200, 404, 200, 404, 403, 403, 403)

MATRIX = {
    "GET /candidates": Operation(COORDINATIONS_READ, own_profile),
    "GET /candidates/cards": Operation(EMPLOYERS_READ),
    "GET /candidates/cards/{key}": Operation(EMPLOYERS_READ, card),
    "GET /candidates/own": Operation(OWN, own_profile),
    "GET /candidates/documents/{pk}": Operation(
        (401, 200, 404, 404, 200, 404, 404, 404, 404), own_document
    ),
    "GET /candidates/{pk}": Operation(COORDINATION_READS, own_profile),
    "GET /demography/parameters": Operation(
        (401, 403, 200, 200, 200, 200, 403, 200, 200), parameters
    ),
    "GET /demography/parameters/platform": Operation(
        (401, 403, 200, 200, 200, 200, 403, 200, 200)
    ),
    "GET /demography/parameters/{pk}": Operation(OF_TERRITORY, parameters),
    "GET /demography/parameters/{pk}/versions/{number}": Operation(
        OF_TERRITORY, lambda world: {**parameters(world), "number": 1}
    ),
    "GET /figures/journeys": Operation((401, 403, 403, 403, 200, 200, 403, 200, 200)),
    "GET /figures/charter": Operation((401, 403, 200, 200, 200, 404, 200, 200, 200), charter),
    "GET /introductions": Operation(BOARD, made.listed),
    "GET /introductions/own": Operation(SIGNED_IN),
    "GET /introductions/{pk}": Operation(BOTH_SIDES, made.agreed),
    "POST /introductions": Operation((401, 403, 403, 403, 201, 404, 403, 403, 403), body=proposal),
    # A neighbour may ask for the card, but not for a post that is not theirs.
    "POST /introductions/requests": Operation(
        (401, 403, 201, 404, 403, 403, 403, 403, 403), body=asked_card
    ),
    "GET /introductions/documents/{pk}": Operation(
        (401, 403, 200, 404, 403, 403, 403, 403, 403), made.shown
    ),
    "POST /introductions/{pk}/relay": Operation(
        (401, 403, 403, 403, 200, 404, 403, 403, 403), made.held, at_first()
    ),
    "POST /introductions/{pk}/answer": Operation(HANDLE, made.agreed, at_first(accepts=True)),
    "POST /introductions/{pk}/meeting": Operation(HANDLE, made.answered, MEETING),
    "POST /introductions/{pk}/offer": Operation(HANDLE, made.answered, at_first()),
    "POST /introductions/{pk}/hire": Operation(
        HANDLE, made.offered, at_first(starts_on="2027-01-04")
    ),
    # Each with a reason of its own side: that of the structure is not the person's.
    "POST /introductions/{pk}/close": Operation(BOTH_SIDES, made.agreed, at_first(reason="other")),
    "POST /introductions/{pk}/messages": Operation(
        BOTH_SIDES, made.agreed, lambda world: {"text": "Bonjour"}
    ),
    # The last step is the person's: nobody else takes it back.
    "POST /introductions/{pk}/undo": Operation(
        (401, 200, 422, 404, 422, 404, 404, 404, 404), made.agreed, at_first()
    ),
    "GET /journeys": Operation(COORDINATIONS_READ, own_journey),
    "GET /journeys/own": Operation(OWN, own_journey),
    "GET /journeys/{pk}": Operation(COORDINATION_READS, own_journey),
    "POST /journeys/{pk}/next-action": Operation(
        COORDINATION_READS,
        own_journey,
        at_first(next_action="Appeler", next_action_on="2026-12-01"),
    ),
    "POST /journeys/{pk}/contacts": Operation(
        (401, 403, 403, 403, 201, 404, 403, 403, 403),
        own_journey,
        lambda world: {"kind": "call", "outcome": "answered", "on": "2026-11-16"},
    ),
    "POST /journeys/{pk}/steps": Operation(
        (401, 403, 403, 403, 201, 404, 403, 403, 403),
        own_journey,
        lambda world: {"label": "Mettre le CV à jour"},
    ),
    "POST /journeys/steps/{pk}/done": Operation(COORDINATION_READS, own_step),
    "POST /journeys/steps/{pk}/reopen": Operation(COORDINATION_READS, done_step),
    "GET /needs": Operation((401, 403, 200, 200, 200, 200, 403, 200, 403), published),
    "POST /needs": Operation((401, 403, 201, 404, 201, 404, 403, 403, 403), body=new_need),
    "GET /needs/{pk}": Operation((401, 403, 200, 404, 200, 404, 403, 404, 403), draft),
    "PATCH /needs/{pk}": Operation(OF_NEEDS, draft, at_first(positions=2)),
    "POST /needs/{pk}/publish": Operation(OF_NEEDS, draft),
    "POST /needs/{pk}/pause": Operation(OF_NEEDS, published),
    "POST /needs/{pk}/confirm": Operation(OF_NEEDS, published),
    "POST /needs/{pk}/fill": Operation(OF_NEEDS, published),
    "POST /needs/{pk}/withdraw": Operation(
        OF_NEEDS, published, lambda world: {"reason": "unfunded"}
    ),
    "GET /events": Operation(EVERYBODY),
    "GET /directory/{territory}/services": Operation(EVERYBODY, here),
    "GET /directory/{territory}/structures": Operation(EVERYBODY, here),
    "GET /offers": Operation(EVERYBODY),
    "GET /offers/{pk}": Operation(EVERYBODY, published),
    "GET /partners": Operation((401, 403, *(200,) * 7)),
    "GET /partners/{slug}": Operation(
        (401, 403, 200, 200, 200, 404, 404, 200, 200), lambda world: {"slug": world.partner.slug}
    ),
    "GET /reference/professions": Operation(EVERYBODY),
    "GET /reference/communes": Operation(EVERYBODY),
    "GET /schemes": Operation(EVERYBODY),
    "GET /schemes/{code}": Operation(EVERYBODY, lambda world: {"code": "caim"}),
    "GET /schemes/zones/{insee}": Operation(
        EVERYBODY, lambda world: {"insee": CommuneFactory().insee}
    ),
    "POST /schemes/answers": Operation(EVERYBODY, body=lambda world: {"facts": {"age": 25}}),
}


def test_every_operation_stands_in_the_matrix() -> None:
    told = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    }

    assert told == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_gets_what_the_matrix_says(name: str) -> None:
    operation = MATRIX[name]
    method, _space, path = name.partition(" ")
    world = build_world()
    address = f"/api/v1{path.format(**operation.make(world))}"
    body = dict(operation.body(world))

    found = tuple(_status(world.readers[actor], method, address, body) for actor in ACTORS)

    assert found == operation.statuses


def _status(user: User | None, method: str, address: str, body: Values) -> int:
    """Ask, and put everything back as it was."""
    with transaction.atomic():
        client = Client()
        if user is not None:
            secret = create_token(
                user=user, name="Essai", expires_at=NOW + timedelta(days=1), by=user, now=NOW
            )
            client = Client(headers={"Authorization": f"Bearer {secret}"})
        response = client.generic(
            method, address, _json(body) if method != "GET" else b"", "application/json"
        )
        transaction.set_rollback(True)
    return response.status_code


def _json(body: Values) -> str:
    return json.dumps(dict(body))
