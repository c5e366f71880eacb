"""The charter: read by all, its signatures by the territory, written by its coordination."""

from collections.abc import Mapping
from typing import Any

from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Charter
from tests.factories import CharterFactory, CommitmentFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
SIGNATURES = (302, 403, 200, 200, 200, 200, 200, 200, 200)
WRITE = (302, 403, 403, 403, 302, 404, 403, 403, 403)
ASK = (302, 403, 403, 403, 200, 404, 403, 403, 403)


def published(world: World) -> Mapping[str, Any]:
    CharterFactory(territory=world.territory, published=True, version=1)
    CharterFactory(territory=world.other_territory, published=True, version=1)
    return {}


def published_version(world: World) -> Mapping[str, Any]:
    return {**published(world), "number": 1}


def draft(world: World) -> Charter:
    charter = CharterFactory(territory=world.territory, version=1)
    CommitmentFactory(charter=charter, position=1)
    return charter


def drafted(world: World) -> Mapping[str, Any]:
    return {"pk": draft(world).pk}


def commitment(world: World) -> Mapping[str, Any]:
    return {"pk": draft(world).pk, "position": 1}


def text(world: World) -> Mapping[str, Any]:
    return {"title": "Charte", "revision": 1}


def promise(world: World) -> Mapping[str, Any]:
    return {"kind": CommitmentKind.OTHER, "text": "Partager.", "revision": 1}


def revision(world: World) -> Mapping[str, Any]:
    return {"revision": 1}


MATRIX = {
    "charter:current": Row("GET", EVERYBODY, published),
    "charter:version": Row("GET", EVERYBODY, published_version),
    "charter:signatures": Row("GET", SIGNATURES, published),
    "charter:signatures_csv": Row("GET", SIGNATURES, published),
    "charter:draft": Row("GET", (302, 403, 403, 403, 200, 200, 403, 403, 403)),
    "charter:draft_start": Row("POST", (302, 403, 403, 403, 302, 302, 403, 403, 403)),
    "charter:draft_text": Row("POST", WRITE, drafted, text),
    "charter:commitment_add": Row("POST", WRITE, drafted, promise),
    "charter:commitment_edit": Row("POST", WRITE, commitment, promise),
    "charter:commitment_move": Row("POST", WRITE, commitment, revision),
    "charter:commitment_remove": Row("POST", WRITE, commitment, revision),
    "charter:publish": Row("GET", ASK, drafted),
    "charter:discard": Row("GET", ASK, drafted),
}
