"""Bridges: one's own ways, those of a person whom the coordination follows."""

from ancrage.professions.models import BridgeFunding, ProfessionBridge, Qualification
from ancrage.professions.services import close_rule
from tests.factories import CandidateFactory, JourneyFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

SIGNED_IN = (302, *(200,) * 8)
COORDINATION_READS = (302, 403, 403, 403, 200, 404, 403, 403, 403)
COORDINATION_ACTS = (302, 403, 403, 403, 302, 404, 403, 403, 403)
BOTH_READ = (302, 200, 404, 404, 200, 404, 404, 404, 404)


def person(world: World) -> dict[str, int]:
    user = world.readers["candidate"]
    return {"pk": CandidateFactory(territory=world.territory, user=user).pk}


def own_person(world: World) -> dict[str, int]:
    person(world)
    return {}


def journey(world: World) -> dict[str, int]:
    candidate = CandidateFactory(territory=world.territory)
    return {"pk": JourneyFactory(candidate=candidate, advisor=world.readers["coordinator"]).pk}


def goal(world: World) -> dict[str, str]:
    return {"metier": Qualification.objects.order_by("code")[0].code, "revision": "1"}


def care_assistant(world: World) -> dict[str, str]:
    person(world)
    return {"code": "care_assistant"}


COUNTED = (302, 403, 403, 403, 200, 200, 403, 200, 200)
# Another coordination has people of its own: 200, and nobody of this territory.
NAMED = (302, 403, 403, 403, 200, 200, 403, 403, 403)

KEEPERS = (302, 403, 403, 403, 200, 200, 403, 403, 200)
KEEPERS_ACT = (302, 403, 403, 403, 302, 302, 403, 403, 302)


def bridge(world: World) -> dict[str, str]:
    return {"code": "nurse-second-year-from-aide"}


def closed_bridge(world: World) -> dict[str, str]:
    _close(ProfessionBridge.objects.get(**bridge(world)))
    return bridge(world)


def funding(world: World) -> dict[str, str]:
    return {"code": "study_promotion"}


def closed_funding(world: World) -> dict[str, str]:
    _close(BridgeFunding.objects.get(**funding(world)))
    return funding(world)


def _close(rule: ProfessionBridge | BridgeFunding) -> None:
    """Another row may have closed it in the same world."""
    if rule.valid_to is None:
        close_rule(rule=rule, by=None, now=NOW)


MATRIX = {
    "bridges:rules": Row("GET", KEEPERS),
    "bridges:rules_csv": Row("GET", KEEPERS),
    "bridges:rule_add": Row("GET", KEEPERS),
    "bridges:rule": Row("GET", KEEPERS, bridge),
    "bridges:rule_edit": Row("GET", KEEPERS, bridge),
    "bridges:rule_check": Row("POST", KEEPERS_ACT, bridge),
    "bridges:rule_close": Row("POST", KEEPERS_ACT, bridge),
    "bridges:rule_reopen": Row("POST", KEEPERS_ACT, closed_bridge),
    "bridges:rule_undo": Row("POST", KEEPERS_ACT, bridge),
    "bridges:fundings": Row("GET", KEEPERS),
    "bridges:fundings_csv": Row("GET", KEEPERS),
    "bridges:funding_add": Row("GET", KEEPERS),
    "bridges:funding": Row("GET", KEEPERS, funding),
    "bridges:funding_edit": Row("GET", KEEPERS, funding),
    "bridges:funding_check": Row("POST", KEEPERS_ACT, funding),
    "bridges:funding_close": Row("POST", KEEPERS_ACT, funding),
    "bridges:funding_reopen": Row("POST", KEEPERS_ACT, closed_funding),
    "bridges:funding_undo": Row("POST", KEEPERS_ACT, funding),
    "bridges:becoming": Row("GET", COUNTED, own_person),
    "bridges:becoming_csv": Row("GET", COUNTED, own_person),
    "bridges:who": Row("GET", NAMED, care_assistant),
    "bridges:who_export": Row("GET", NAMED, care_assistant),
    "bridges:own": Row("GET", SIGNED_IN, own_person),
    "bridges:person": Row("GET", COORDINATION_READS, person),
    "bridges:facts": Row("GET", BOTH_READ, person),
    "bridges:aim": Row("POST", COORDINATION_ACTS, journey, goal),
}
