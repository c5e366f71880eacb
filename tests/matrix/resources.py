"""Resources: a structure and its coordination keep them, neighbours read what is shared.

A welcome body keeps its own only; an institution and the platform's keepers see none.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from ancrage.partners.recipients import Recipient
from ancrage.resources.queries import ask_token
from ancrage.resources.services import FreshnessAnswer, answer_freshness
from tests.factories import ResourceFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
READERS = (302, 403, 200, 200, 200, 200, 200, 403, 403)
DRAFT = (302, 403, 200, 404, 200, 404, 404, 403, 403)
SHARED = (302, 403, 200, 200, 200, 404, 404, 403, 403)
KEEP = (302, 403, 200, 404, 200, 404, 404, 403, 403)
ACT = (302, 403, 302, 404, 302, 404, 404, 403, 403)


def draft(world: World) -> Mapping[str, Any]:
    return {"pk": ResourceFactory(partner=world.partner).pk}


def published(world: World) -> Mapping[str, Any]:
    return {"pk": ResourceFactory(partner=world.partner, published=True).pk}


def given(world: World) -> Mapping[str, Any]:
    return {"pk": ResourceFactory(partner=world.partner, given=True).pk}


def named(world: World) -> Mapping[str, Any]:
    return {"resources": f"{published(world)['pk']}:1"}


def ask(world: World) -> Mapping[str, Any]:
    now = timezone.now()
    resource = ResourceFactory(partner=world.partner, published=True, confirmed_at=now)
    owner = world.readers["owner"]
    recipient = Recipient(email="", language=settings.LANGUAGE_CODE, user=owner, partner=None)
    return {"token": ask_token(resource, recipient, now=now)}


def answered(world: World) -> Mapping[str, Any]:
    token = ask(world)["token"]
    return {
        "token": answer_freshness(token=token, answer=FreshnessAnswer.GIVEN, now=timezone.now())
    }


MATRIX = {
    "resources:list": Row("GET", READERS),
    "resources:export_csv": Row("GET", READERS),
    "resources:export_xlsx": Row("GET", READERS),
    "resources:undo": Row("POST", ACT, data=named),
    "resources:create": Row("GET", READERS),
    "resources:freshness": Row("GET", EVERYBODY, ask),
    "resources:freshness_done": Row("GET", EVERYBODY, answered),
    "resources:detail": Row("GET", SHARED, published),
    "resources:history": Row("GET", KEEP, published),
    "resources:complete": Row("GET", KEEP, published),
    "resources:edit": Row("GET", KEEP, published),
    "resources:duplicate": Row("POST", ACT, published),
    "resources:delete": Row("GET", DRAFT, draft),
    "resources:publish": Row("POST", ACT, draft),
    "resources:pause": Row("POST", ACT, published),
    "resources:confirm": Row("POST", ACT, published),
    "resources:give": Row("POST", ACT, published),
    "resources:withdraw": Row("POST", ACT, published),
    "resources:reopen": Row("POST", ACT, given),
}
