"""Needs: a structure and its coordination keep them, neighbours read what is published.

A neighbour's draft is not found (404); an institution reads published needs and changes none.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from ancrage.needs.queries.links import ask_token, asked_need
from ancrage.needs.services import FreshnessAnswer, answer_freshness
from ancrage.partners.recipients import Recipient
from tests.factories import NeedFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# Each of these readers has needs to read, their own or those published.
READERS = (302, 403, 200, 200, 200, 200, 403, 200, 403)
WRITERS = (302, 403, 200, 200, 200, 200, 403, 403, 403)
DRAFT = (302, 403, 200, 404, 200, 404, 403, 404, 403)
KEEP = (302, 403, 200, 404, 200, 404, 403, 403, 403)
ACT = (302, 403, 302, 404, 302, 404, 403, 403, 403)


def draft(world: World) -> Mapping[str, Any]:
    return {"pk": NeedFactory(partner=world.partner).pk}


def published(world: World) -> Mapping[str, Any]:
    return {"pk": NeedFactory(partner=world.partner, published=True).pk}


def listed(world: World) -> Mapping[str, Any]:
    published(world)
    return {}


def closed(world: World) -> Mapping[str, Any]:
    return {"pk": NeedFactory(partner=world.partner, closed=True).pk}


def ask(world: World) -> Mapping[str, Any]:
    now = timezone.now()
    need = NeedFactory(partner=world.partner, published=True, confirmed_at=now)
    owner = world.readers["owner"]
    recipient = Recipient(email="", language=settings.LANGUAGE_CODE, user=owner, partner=None)
    return {"token": ask_token(need, recipient, now=now)}


def answered(world: World) -> Mapping[str, Any]:
    token = ask(world)["token"]
    now = timezone.now()
    assert asked_need(token, now=now).user == world.readers["owner"]
    return {"token": answer_freshness(token=token, answer=FreshnessAnswer.FILLED, now=now)}


def one_need_of_the_owner(world: World) -> Mapping[str, Any]:
    need = NeedFactory(partner=world.partner, published=True)
    return {"need": need.pk, "acte": "pause", "needs": f"{need.pk}:{need.revision}"}


MATRIX = {
    "needs:list": Row("GET", READERS, listed),
    "needs:export_csv": Row("GET", WRITERS),
    "needs:export_xlsx": Row("GET", WRITERS),
    # A batch of somebody else's needs changes nothing: back to the list.
    "needs:bulk": Row(
        "POST",
        (302, 403, 302, 302, 302, 302, 403, 403, 403),
        data=one_need_of_the_owner,
    ),
    "needs:undo": Row("POST", ACT, data=one_need_of_the_owner),
    "needs:create": Row("GET", WRITERS),
    "needs:freshness": Row("GET", EVERYBODY, ask),
    "needs:freshness_done": Row("GET", EVERYBODY, answered),
    "needs:detail": Row("GET", DRAFT, draft),
    "needs:history": Row("GET", KEEP, published),
    "needs:complete": Row("GET", KEEP, published),
    "needs:edit": Row("GET", KEEP, published),
    "needs:duplicate": Row("POST", ACT, published),
    "needs:delete": Row("GET", KEEP, draft),
    "needs:publish": Row("POST", ACT, draft),
    "needs:pause": Row("POST", ACT, published),
    "needs:confirm": Row("POST", ACT, published),
    "needs:fill": Row("GET", KEEP, published),
    "needs:withdraw": Row("GET", KEEP, published),
    "needs:reopen": Row("POST", ACT, closed),
}
