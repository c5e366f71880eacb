"""Journeys: the coordination of the territory keeps them; whoever holds a link answers it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ancrage.journeys.enums import FollowUpSide, FollowUpState
from ancrage.journeys.models import FollowUp
from ancrage.journeys.queries import follow_up_token
from tests.factories import (
    CandidateFactory,
    ContactLogFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    StayFactory,
    StepFactory,
)
from tests.matrix.world import Row, World

# Another coordination has lists of its own: 200, and this person not in them.
COORDINATIONS = (302, 403, 403, 403, 200, 200, 403, 403, 403)
READ = (302, 403, 403, 403, 200, 404, 403, 403, 403)
ACT = (302, 403, 403, 403, 302, 404, 403, 403, 403)
EVERYBODY = (200,) * 9
FIGURES = (302, 403, 403, 403, 200, 200, 403, 200, 200)
# Everybody with an account may one day be accompanied.
SIGNED_IN = (302, *(200,) * 8)


def _journey(world: World, **facts: Any) -> Any:
    candidate = CandidateFactory(territory=world.territory)
    return JourneyFactory(candidate=candidate, advisor=world.readers["coordinator"], **facts)


def journey(world: World) -> Mapping[str, Any]:
    return {"pk": _journey(world).pk}


def closed(world: World) -> Mapping[str, Any]:
    return {"pk": _journey(world, closed=True).pk}


def candidate(world: World) -> Mapping[str, Any]:
    return {"pk": CandidateFactory(territory=world.territory).pk}


def step(world: World) -> Mapping[str, Any]:
    return {"pk": StepFactory(journey=_journey(world)).pk}


def contact(world: World) -> Mapping[str, Any]:
    return {"pk": ContactLogFactory(journey=_journey(world)).pk}


def immersion(world: World) -> Mapping[str, Any]:
    return {"pk": ImmersionFactory(journey=_journey(world), partner=world.partner).pk}


def _stay(world: World) -> Any:
    return StayFactory(journey=_journey(world, in_post=True), partner=world.partner)


def stay(world: World) -> Mapping[str, Any]:
    return {"pk": _stay(world).pk}


def follow_up(world: World) -> Mapping[str, Any]:
    return {"pk": FollowUpFactory(stay=_stay(world), sent=True).pk}


def answered(world: World) -> Mapping[str, Any]:
    found = FollowUpFactory(stay=_stay(world), answered=True, wants_call=True)
    return {"pk": found.pk}


def link(world: World) -> Mapping[str, Any]:
    found = FollowUp.objects.create(
        stay=_stay(world),
        months=1,
        side=FollowUpSide.PARTNER,
        due_on=timezone.localdate() - timedelta(days=1),
        state=FollowUpState.SENT,
        sent_on=timezone.localdate(),
    )
    owner = world.readers["owner"]
    return {"token": follow_up_token(found, owner, now=timezone.now())}


MATRIX = {
    "journeys:list": Row("GET", COORDINATIONS),
    "journeys:export": Row("GET", COORDINATIONS),
    "journeys:day": Row("GET", COORDINATIONS),
    "journeys:lost": Row("GET", COORDINATIONS),
    "journeys:lost_export": Row("GET", COORDINATIONS),
    "journeys:alerts": Row("GET", COORDINATIONS),
    # Aggregates, of one's own territories: small numbers are hidden from all but the first.
    "journeys:figures": Row("GET", FIGURES),
    "journeys:figures_csv": Row("GET", FIGURES),
    "journeys:figures_xlsx": Row("GET", FIGURES),
    "journeys:own": Row("GET", SIGNED_IN),
    "journeys:open": Row("GET", READ, candidate),
    "journeys:answer": Row("GET", EVERYBODY, link),
    "journeys:answer_done": Row("GET", EVERYBODY),
    "journeys:detail": Row("GET", READ, journey),
    "journeys:plan": Row("GET", READ, journey),
    "journeys:contact": Row("GET", READ, journey),
    "journeys:edit": Row("GET", READ, journey),
    "journeys:close": Row("GET", READ, journey),
    "journeys:reopen": Row("GET", READ, closed),
    "journeys:step_add": Row("POST", ACT, journey, lambda world: {"label": "Refaire le CV"}),
    "journeys:immersion": Row("GET", READ, journey),
    "journeys:stay_open": Row("GET", READ, journey),
    "journeys:step_done": Row("POST", ACT, step),
    "journeys:step_reopen": Row("POST", ACT, step),
    "journeys:step_remove": Row("POST", ACT, step),
    "journeys:contact_remove": Row("POST", ACT, contact),
    "journeys:settle": Row("GET", READ, immersion),
    "journeys:stay_end": Row("GET", READ, stay),
    "journeys:stay_confirm": Row("POST", ACT, stay),
    "journeys:stay_remove": Row("POST", ACT, stay),
    "journeys:follow_up_answer": Row("GET", READ, follow_up),
    "journeys:called_back": Row("POST", ACT, answered),
}
