"""Introductions: the structure they are addressed to, the coordination, the person, nobody else.

Everybody who signs in may have a profile: what is not theirs is not found (404), where a list
that is not for them is refused (403).
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ancrage.matching.enums import PlanStatus
from ancrage.matching.models import Introduction, PlanLine, PlanRun
from ancrage.matching.queries import answer_token, proposal_token
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    DocumentFactory,
    IntroductionFactory,
    NeedFactory,
    ProfessionFactory,
)
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# Their board, empty or not.
BOARD = (302, 403, 200, 200, 200, 200, 403, 403, 403)
READ = (302, 200, 200, 404, 200, 404, 404, 404, 404)
HANDLE = (302, 403, 200, 404, 200, 404, 403, 403, 403)
STEP = (302, 403, 302, 404, 302, 404, 403, 403, 403)


def introduction(world: World, **traits: Any) -> Introduction:
    person = CandidateFactory(territory=world.territory, user=world.readers["candidate"])
    need = NeedFactory(partner=world.partner, published=True)
    return IntroductionFactory(need=need, candidate=person, **traits)


def agreed(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world, agreed=True).pk}


def proposed(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world).pk}


def shown(world: World) -> Mapping[str, Any]:
    row = introduction(world, agreed=True)
    file = DocumentFactory(candidate=row.candidate)
    return {"pk": row.shown_documents.create(document=file, at=timezone.now()).pk}


def held(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world, origin="partner", through_coordination=True).pk}


def answered(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world, answered=True).pk}


def met(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world, meeting=True).pk}


def offered(world: World) -> Mapping[str, Any]:
    return {"pk": introduction(world, offer=True).pk}


def listed(world: World) -> Mapping[str, Any]:
    agreed(world)
    return {}


def asked(world: World) -> Mapping[str, Any]:
    return {"token": proposal_token(introduction(world), now=timezone.now())}


def told(world: World) -> Mapping[str, Any]:
    row = introduction(world, agreed=True)
    step = row.moves.get(after="agreed")
    step.at = timezone.now()
    step.save()
    return {"token": answer_token(step)}


def card(world: World) -> Mapping[str, Any]:
    nurse, commune = ProfessionFactory(code="nurse"), CommuneFactory()
    cards = CandidateFactory.create_batch(
        5, territory=world.territory, pooled=True, professions=[nurse], commune=commune
    )
    return {"card": cards[0].card}


def offer(world: World) -> Mapping[str, Any]:
    return {"need_pk": NeedFactory(partner=world.partner, published=True).pk}


def last_step(world: World) -> Mapping[str, Any]:
    row = introduction(world, agreed=True)
    return {"introductions": f"{row.pk}:{row.revision}", "introduction": row.pk, "acte": "clore"}


def run_of(world: World) -> PlanRun:
    return PlanRun.objects.create(
        territory=world.territory, asked_at=timezone.now(), status=PlanStatus.DONE
    )


def computed(world: World) -> Mapping[str, Any]:
    return {"pk": run_of(world).pk}


def run_with_line(world: World) -> Mapping[str, Any]:
    run = run_of(world)
    PlanLine.objects.create(
        run=run,
        candidate=CandidateFactory(territory=world.territory),
        need=NeedFactory(partner=world.partner, published=True),
        fte=100,
        fit=80,
    )
    return {"pk": run.pk}


def only_line(world: World) -> Mapping[str, Any]:
    row = PlanLine.objects.get()
    return {"ligne": row.pk, "choix": f"imposer:{row.candidate_id}-{row.need_id}"}


# The coordination of the territory, and no other.
STEER = (302, 403, 403, 403, 200, 404, 403, 403, 403)
CHANGE = (302, 403, 403, 403, 302, 404, 403, 403, 403)

MATRIX = {
    "introductions:plan": Row("GET", (302, 403, 403, 403, 200, 200, 403, 403, 403)),
    "introductions:plan_make": Row("POST", (302, 403, 403, 403, 302, 302, 403, 403, 403)),
    "introductions:plan_run": Row("GET", STEER, run_with_line),
    "introductions:plan_progress": Row("GET", STEER, computed),
    "introductions:plan_choose": Row("POST", CHANGE, run_with_line, data=only_line),
    "introductions:plan_propose": Row("POST", CHANGE, run_with_line, data=only_line),
    "introductions:plan_csv": Row("GET", STEER, run_with_line),
    "introductions:board": Row("GET", BOARD, listed),
    "introductions:list": Row("GET", BOARD, listed),
    "introductions:export_csv": Row("GET", BOARD, listed),
    "introductions:export_xlsx": Row("GET", BOARD, listed),
    "introductions:bulk": Row(
        "POST", (302, 403, 403, 403, 302, 302, 403, 403, 403), data=last_step
    ),
    "introductions:own": Row("GET", (302, *(200,) * 8)),
    "introductions:detail": Row("GET", READ, agreed),
    "introductions:relay": Row("POST", CHANGE, held),
    "introductions:documents": Row("POST", (302, 302, 404, 404, 302, 404, 404, 404, 404), agreed),
    "introductions:document": Row("GET", (302, 403, 200, 404, 403, 403, 403, 403, 403), shown),
    "introductions:message": Row(
        "POST",
        (302, 302, 302, 404, 302, 404, 404, 404, 404),
        agreed,
        data=lambda world: {"text": "Bonjour"},
    ),
    "introductions:step": Row("POST", STEP, agreed, data=lambda world: {"etape": "answered"}),
    "introductions:undo": Row(
        "POST", (302, 302, 302, 404, 302, 404, 404, 404, 404), data=last_step
    ),
    "introductions:agree": Row("GET", (302, 200, 404, 404, 404, 404, 404, 404, 404), proposed),
    "introductions:note_agreement": Row(
        "GET", (302, 403, 403, 403, 200, 404, 403, 403, 403), proposed
    ),
    "introductions:meeting": Row("GET", HANDLE, answered),
    "introductions:meeting_ics": Row("GET", READ, met),
    "introductions:hire": Row("GET", HANDLE, offered),
    "introductions:close": Row("GET", READ, agreed),
    "introductions:propose": Row("GET", (302, 403, 403, 403, 200, 200, 403, 403, 403)),
    # A neighbour may ask for the card too: all the structures of the territory read it.
    "introductions:request": Row("GET", (302, 403, 200, 200, 403, 403, 403, 403, 403), card),
    # None of them has a profile yet: they are led to the page that opens one.
    "introductions:apply": Row("GET", (302,) * 9, offer),
    "introductions:proposal": Row("GET", EVERYBODY, asked),
    "introductions:proposal_done": Row("GET", EVERYBODY, told),
}
