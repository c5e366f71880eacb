"""Shared posts: the coordination, and the employers who were asked about them."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ancrage.matching.models import PostRun, SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.queries import AskedPart, part_answer_token, part_token
from ancrage.partners.recipients import Recipient
from tests.factories import CandidateFactory, NeedFactory, PartnerFactory
from tests.factories.posts import detection, fractions_of, part_time, shared_post
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# Their list, empty or not.
LIST = (302, 403, 200, 200, 200, 200, 403, 403, 403)
READ = (302, 403, 200, 404, 200, 404, 403, 403, 403)
EITHER = (302, 403, 302, 404, 302, 404, 403, 403, 403)
# The coordination of the territory, and no other.
STEER = (302, 403, 403, 403, 200, 404, 403, 403, 403)
CHANGE = (302, 403, 403, 403, 302, 404, 403, 403, 403)
ANY_COORDINATION = (302, 403, 403, 403, 200, 200, 403, 403, 403)


def post_of(world: World, *, asked: bool = True) -> SharedPost:
    """Ours and another's: the neighbour of the matrix has no part in it."""
    other = PartnerFactory(territory=world.territory)
    return shared_post(*fractions_of(world.partner, other), asked=asked)


def file(world: World) -> Mapping[str, Any]:
    return {"pk": post_of(world).pk}


def listed(world: World) -> Mapping[str, Any]:
    post_of(world)
    return {}


def own_part(world: World) -> Mapping[str, Any]:
    return {"pk": post_of(world).parts.get(partner=world.partner).pk}


def run_of(world: World) -> PostRun:
    other = PartnerFactory(territory=world.territory)
    return detection(world.territory, *fractions_of(world.partner, other))


def run(world: World) -> Mapping[str, Any]:
    return {"pk": run_of(world).pk}


def going_on(world: World) -> Mapping[str, Any]:
    row = run_of(world)
    PostRun.objects.filter(pk=row.pk).update(status="running")
    return {"pk": row.pk}


def together(world: World) -> Mapping[str, Any]:
    keys = [part["ref"] for part in PostRun.objects.get().found[0]["parts"]]
    return {"choix": f"imposer:{'-'.join(keys)}", "rang": "0"}


def asked(world: World) -> Mapping[str, Any]:
    part = post_of(world).parts.get(partner=world.partner)
    return {"token": part_token(part, _mailbox(world), now=timezone.now())}


def answered(world: World) -> Mapping[str, Any]:
    part: SharedPostPart = post_of(world).parts.get(partner=world.partner)
    step = SharedPostMove.objects.create(
        post=part.post,
        part=part,
        before="studied",
        after="studied",
        answer="agreed",
        at=timezone.now(),
    )
    return {"token": part_answer_token(step, AskedPart(part, None, "fr"))}


def fraction(world: World) -> Mapping[str, Any]:
    return {"pk": NeedFactory(partner=world.partner, published=True, fte_hundredths=50).pk}


def followed(world: World) -> Mapping[str, Any]:
    return {"pk": CandidateFactory(territory=world.territory).pk}


def kept(world: World) -> Mapping[str, Any]:
    need = NeedFactory(partner=world.neighbour, published=True, fte_hundredths=40)
    return {"pk": part_time(need, world.partner).pk}


def kept_listed(world: World) -> Mapping[str, Any]:
    kept(world)
    return {}


def _mailbox(world: World) -> Recipient:
    return Recipient(email="rh@exemple.test", language="fr", user=None, partner=world.partner)


MATRIX = {
    "shared_posts:list": Row("GET", LIST, listed),
    "shared_posts:export_csv": Row("GET", LIST, listed),
    "shared_posts:detail": Row("GET", READ, file),
    "shared_posts:summary": Row("GET", READ, file),
    "shared_posts:terms": Row("GET", STEER, file),
    "shared_posts:step": Row("POST", CHANGE, file, data=lambda world: {"etape": "signed"}),
    "shared_posts:give_up": Row("GET", STEER, file),
    "shared_posts:undo": Row("POST", (302, 403, 302, 404, 302, 404, 403, 403, 403), file),
    "shared_posts:answer": Row(
        "POST",
        (302, 403, 302, 404, 302, 404, 403, 403, 403),
        own_part,
        data=lambda world: {"accord": "oui"},
    ),
    "shared_posts:ask_again": Row("POST", CHANGE, own_part),
    "shared_posts:week": Row("GET", READ, fraction),
    "shared_posts:for_person": Row("GET", STEER, followed),
    "shared_posts:retained": Row("GET", LIST, kept_listed),
    "shared_posts:retained_csv": Row("GET", LIST, kept_listed),
    "shared_posts:retained_new": Row("GET", LIST),
    "shared_posts:retained_edit": Row("GET", READ, kept),
    "shared_posts:retained_withdraw": Row("POST", EITHER, kept),
    "shared_posts:retained_restore": Row("POST", EITHER, kept),
    "shared_posts:detection": Row("GET", ANY_COORDINATION),
    "shared_posts:detection_ask": Row(
        "POST",
        (302, 403, 403, 403, 302, 302, 403, 403, 403),
        data=lambda world: {"trajet": 45, "au_moins": 80, "au_plus": 100},
    ),
    "shared_posts:run": Row("GET", STEER, run),
    "shared_posts:run_progress": Row("GET", STEER, run),
    "shared_posts:run_csv": Row("GET", STEER, run),
    "shared_posts:run_stop": Row("POST", CHANGE, going_on),
    "shared_posts:run_choose": Row("POST", CHANGE, run, data=together),
    "shared_posts:run_open": Row("POST", CHANGE, run, data=together),
    "shared_posts:reply": Row("GET", EVERYBODY, asked),
    "shared_posts:reply_done": Row("GET", EVERYBODY, answered),
}
