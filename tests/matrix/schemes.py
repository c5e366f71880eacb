"""The inventory of aids: everybody reads it, coordinations and administration keep it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from ancrage.schemes.enums import Verdict
from ancrage.schemes.models import Scheme
from ancrage.schemes.services import save_case
from tests.factories import AidRequestFactory, CandidateFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# National and regional facts: any coordination mends them.
KEPT = (302, 403, 403, 403, 200, 200, 403, 403, 200)
DONE = (302, 403, 403, 403, 302, 302, 403, 403, 302)


def aid(world: World) -> Mapping[str, Any]:
    return {"code": "caim"}


def case(world: World) -> Mapping[str, Any]:
    kept = save_case(
        scheme=Scheme.objects.get(code="caim"),
        name="Cas inventé",
        facts={},
        on=date(2026, 1, 1),
        expected=Verdict.TO_CHECK,
        by=None,
        now=timezone.now(),
    )
    return {"code": "caim", "pk": kept.pk}


# Another coordination has lists of its own: 200, and this person not in them.
FOLLOWED = (302, 403, 403, 403, 200, 200, 403, 403, 403)
# Whoever has an account may ask for themselves; here nobody of the stage is this person.
OF_SOMEBODY = (302, 404, 404, 404, 200, 404, 404, 404, 404)
OF_STRUCTURE = (302, 404, 200, 404, 200, 404, 404, 404, 404)
SIGNED_IN = (302, *(200,) * 8)
STRUCTURES = (302, 403, 200, 200, 403, 403, 403, 403, 403)
FOR_STRUCTURE = (302, 403, 200, 404, 200, 404, 403, 403, 403)
FOR_PERSON = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def followed(world: World) -> Mapping[str, Any]:
    subject = CandidateFactory(territory=world.territory).subject
    return {"pk": AidRequestFactory(subject=subject, territory=world.territory).pk}


def of_structure(world: World) -> Mapping[str, Any]:
    return {"pk": AidRequestFactory(of_structure=True, partner=world.partner).pk}


def somebody(world: World) -> Mapping[str, Any]:
    return {"pk": CandidateFactory(territory=world.territory).pk}


def somebody_asking(world: World) -> Mapping[str, Any]:
    return {"code": "visale-30-ans", **somebody(world)}


def structure(world: World) -> Mapping[str, Any]:
    return {"pk": world.partner.pk}


def structure_asking(world: World) -> Mapping[str, Any]:
    return {"code": "exoneration-frr", "pk": world.partner.pk}


MATRIX = {
    "schemes:moving": Row("GET", EVERYBODY),
    "schemes:for_person": Row("GET", FOR_PERSON, somebody),
    "schemes:for_structure": Row("GET", FOR_STRUCTURE, structure),
    "schemes:requests": Row("GET", FOLLOWED),
    "schemes:requests_export": Row("GET", FOLLOWED),
    "schemes:own_requests": Row("GET", SIGNED_IN),
    "schemes:structure_requests": Row("GET", STRUCTURES),
    "schemes:request": Row("GET", OF_SOMEBODY, followed),
    "schemes:request_edit": Row("GET", OF_STRUCTURE, of_structure),
    "schemes:request_move": Row(
        "GET", OF_SOMEBODY, lambda world: {**followed(world), "to": "accordee"}
    ),
    "schemes:request_undo": Row(
        "POST",
        (302, 404, 404, 404, 302, 404, 404, 404, 404),
        data=lambda world: {"rows": str(followed(world)["pk"])},
    ),
    "schemes:ask": Row("GET", SIGNED_IN, lambda world: {"code": "visale-30-ans"}),
    "schemes:ask_person": Row("GET", OF_SOMEBODY, somebody_asking),
    "schemes:ask_structure": Row("GET", FOR_STRUCTURE, structure_asking),
    "schemes:zonings": Row("GET", EVERYBODY),
    # Which list is not told: those who may find none.
    "schemes:zoning_withdraw": Row("GET", (302, 403, 403, 403, 404, 404, 403, 403, 404)),
    "schemes:list": Row("GET", EVERYBODY),
    "schemes:csv": Row("GET", EVERYBODY),
    "schemes:mine": Row("GET", EVERYBODY),
    "schemes:scheme": Row("GET", EVERYBODY, aid),
    "schemes:create": Row("GET", KEPT),
    "schemes:edit": Row("GET", KEPT, aid),
    "schemes:amounts": Row("GET", KEPT, aid),
    "schemes:rule": Row("GET", KEPT, aid),
    "schemes:rule_try": Row("POST", KEPT, aid, lambda world: {"text": "age <= 30"}),
    "schemes:case_save": Row("POST", KEPT, aid, lambda world: {"text": "age <= 30"}),
    "schemes:case_remove": Row("POST", DONE, case),
    "schemes:versions": Row("GET", KEPT, aid),
    "schemes:checked": Row("POST", DONE, aid),
    "schemes:close": Row("GET", KEPT, aid),
    "schemes:reopen": Row("POST", DONE, aid),
    "schemes:undo": Row(
        "POST",
        DONE,
        data=lambda world: {"rows": f"scheme-{Scheme.objects.get(code='caim').pk}"},
    ),
}
