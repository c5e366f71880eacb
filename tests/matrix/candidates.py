"""Profiles: one’s own, those the coordination follows, the cards of structures."""

from ancrage.candidates import services
from ancrage.candidates.queries import confirm_token
from tests.factories import CandidateFactory, DocumentFactory, ProofFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World


def _profile(world: World) -> dict[str, int]:
    """A profile of the territory, that of the `candidate` of the stage."""
    user = world.readers["candidate"]
    return {"pk": CandidateFactory(territory=world.territory, user=user).pk}


def _step(world: World) -> dict[str, object]:
    return {**_profile(world), "step": "souhaits"}


def _note(world: World) -> dict[str, object]:
    return {**_profile(world), "step": "note"}


def _two(world: World) -> dict[str, int]:
    return {**_profile(world), "other": CandidateFactory(territory=world.territory).pk}


def _waiting(world: World) -> dict[str, int]:
    return {"pk": CandidateFactory(territory=world.territory, pending=True).pk}


def _link(world: World) -> dict[str, str]:
    return {"token": confirm_token(CandidateFactory(territory=world.territory, pending=True))}


def _document(world: World) -> dict[str, int]:
    return {"pk": DocumentFactory(candidate_id=_profile(world)["pk"]).pk}


def _proof(world: World) -> dict[str, int]:
    return {"pk": ProofFactory(candidate_id=_profile(world)["pk"]).pk}


def _own_profile(world: World) -> dict[str, int]:
    _profile(world)
    return {}


def _merge(world: World) -> dict[str, int]:
    return {}


def _merge_key(world: World) -> dict[str, str]:
    one, other = CandidateFactory.create_batch(2, territory=world.territory, user=None)
    merge = services.merge_candidates(kept=one, absorbed=other, by=None, now=NOW)
    return {"candidates": str(merge.pk)}


COORDINATION_READS = (302, 403, 403, 403, 200, 404, 403, 403, 403)
COORDINATION_LISTS = (302, 403, 403, 403, 200, 200, 403, 403, 403)
COORDINATION_ACTS = (302, 403, 403, 403, 302, 404, 403, 403, 403)
# The person of the profile and their coordination; others with an account find no such row.
BOTH_READ = (302, 200, 404, 404, 200, 404, 404, 404, 404)
BOTH_ACT = (302, 302, 404, 404, 302, 404, 404, 404, 404)
SIGNED_IN = (302, *(200,) * 8)

MATRIX = {
    "candidates:own": Row("GET", SIGNED_IN, _own_profile),
    "candidates:claim": Row("POST", (302, *(404,) * 8), _profile),
    "candidates:pool": Row("POST", (302, 302, *(404,) * 7), _own_profile),
    "candidates:cards": Row("GET", (302, 403, 200, 200, 403, 403, 403, 403, 403)),
    "candidates:list": Row("GET", COORDINATION_LISTS, _own_profile),
    "candidates:export": Row("GET", COORDINATION_LISTS, _own_profile),
    "candidates:waiting": Row("GET", COORDINATION_LISTS, _own_profile),
    "candidates:enter": Row("GET", (302, 403, 200, 200, 200, 200, 403, 403, 403)),
    "candidates:duplicates": Row("GET", COORDINATION_LISTS, _own_profile),
    "candidates:duplicates_export": Row("GET", COORDINATION_LISTS, _own_profile),
    "candidates:undo": Row("POST", COORDINATION_ACTS, _merge, _merge_key),
    "candidates:confirm": Row("GET", (200,) * 9, _link),
    "candidates:detail": Row("GET", COORDINATION_READS, _profile),
    "candidates:note_answer": Row("GET", COORDINATION_READS, _waiting),
    "candidates:edit": Row("GET", BOTH_READ, _step),
    "candidates:looking": Row("POST", BOTH_ACT, _profile),
    "candidates:merge": Row("GET", COORDINATION_READS, _two),
    "candidates:distinct": Row("POST", COORDINATION_ACTS, _two),
    "candidates:document_add": Row("GET", BOTH_READ, _profile),
    "candidates:proof_add": Row("GET", BOTH_READ, _profile),
    "candidates:document": Row("GET", BOTH_READ, _document),
    "candidates:document_withdraw": Row("POST", BOTH_ACT, _document),
    "candidates:proof_renew": Row("GET", BOTH_READ, _proof),
    "candidates:proof_check": Row(
        "POST", COORDINATION_ACTS, _proof, lambda world: {"state": "seen"}
    ),
}
