"""Searches: cards for the structure of a need, profiles for its coordination, one's own needs."""

from collections.abc import Mapping
from typing import Any

from ancrage.matching.queries import silence_token
from tests.factories import CandidateFactory, NeedFactory, SavedSearchFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World


def need(world: World) -> Mapping[str, Any]:
    return {"pk": NeedFactory(partner=world.partner, published=True).pk}


def profile(world: World) -> Mapping[str, Any]:
    CandidateFactory(territory=world.territory, user=world.readers["candidate"])
    return {}


def kept(world: World) -> Mapping[str, Any]:
    row = SavedSearchFactory(
        owner=world.readers["owner"], need=NeedFactory(partner=world.partner, published=True)
    )
    return {"pk": row.pk}


def deleted(world: World) -> Mapping[str, Any]:
    return {"finding": SavedSearchFactory(owner=world.readers["owner"], deleted_at=NOW).pk}


def link(world: World) -> Mapping[str, Any]:
    return {"token": silence_token(SavedSearchFactory(owner=world.readers["owner"]))}


SEARCH = (302, 403, 200, 404, 200, 404, 403, 403, 403)
# Everybody who signs in keeps searches; nobody reads those of another.
MINE = (302, 404, 200, *(404,) * 6)
CHANGE = (302, 404, 302, *(404,) * 6)

MATRIX = {
    "finding:profiles": Row("GET", SEARCH, need),
    "finding:export": Row("GET", SEARCH, need),
    # Without a profile: to the page where one is made.
    "finding:needs": Row("GET", (302, 200, *(302,) * 7), profile),
    "finding:needs_csv": Row("GET", (302, 200, *(404,) * 7), profile),
    "finding:saved": Row("GET", (302, *(200,) * 8)),
    "finding:saved_csv": Row("GET", (302, *(200,) * 8)),
    "finding:save": Row("GET", (302, *(200,) * 8)),
    "finding:edit": Row("GET", MINE, kept),
    "finding:open": Row("GET", CHANGE, kept),
    "finding:delete": Row("POST", CHANGE, kept),
    "finding:undo": Row("POST", CHANGE, data=deleted),
    "finding:silence": Row("GET", (200,) * 9, link),
}
