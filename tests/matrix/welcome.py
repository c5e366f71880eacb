"""The concierge: anybody reads the offers, a partner keeps its own and answers what it is asked.

Nobody who recruits reads a request, whatever they may do elsewhere.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ancrage.partners.recipients import Recipient
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from ancrage.welcome import services
from ancrage.welcome.enums import ClosingReason, RequestState
from ancrage.welcome.models import WelcomeRequest
from tests.factories import (
    AvailabilityFactory,
    DataSubjectFactory,
    LifeProjectFactory,
    MembershipFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
KEEPERS = (302, 403, 200, 200, 200, 200, 200, 403, 403)
KEEP = (302, 403, 404, 404, 200, 404, 200, 403, 403)
ANSWERERS = (302, 403, 403, 403, 403, 403, 200, 403, 403)
REFUSED = (302, 403, 403, 403, 403, 403, 422, 403, 403)
ACT = (302, 403, 403, 403, 403, 403, 302, 403, 403)


def offer(world: World) -> Mapping[str, Any]:
    terms = WelcomeTermsFactory(resource__partner=world.welcome)
    AvailabilityFactory(resource=terms.resource)
    return {"pk": terms.resource_id}


def asked(world: World, **more: Any) -> WelcomeRequest:
    person = DataSubjectFactory(
        user=world.readers["candidate"], home=f"territory:{world.territory.pk}"
    )
    for scope in ("", f"partner:{world.welcome.pk}"):
        give_consent(
            subject=person,
            purpose="concierge",
            scope=scope,
            notice=current_notice("concierge"),
            channel=ConsentChannel.SELF,
            by=person.user,
            now=NOW,
        )
    project = LifeProjectFactory(subject=person)
    return WelcomeRequestFactory(project=project, partner=world.welcome, **more)


def request(world: World) -> Mapping[str, Any]:
    return {"pk": asked(world).pk}


def granted(world: World) -> Mapping[str, Any]:
    return {"pk": asked(world, state=RequestState.GRANTED, answered_at=NOW).pk}


def link(world: World) -> Mapping[str, Any]:
    agent = MembershipFactory(welcome=True, partner=world.welcome).user
    recipient = Recipient(email="", language="fr", user=agent, partner=None)
    today = timezone.localdate()
    return {"token": services.reply_token(asked(world), recipient, asked_on=today)}


def answered_link(world: World) -> Mapping[str, Any]:
    token, now = link(world)["token"], timezone.now()
    full = ClosingReason.FULL
    return {"token": services.refuse_by_link(token=token, reason=full, answer="", now=now)}


MATRIX = {
    "welcome:list": Row("GET", EVERYBODY),
    "welcome:csv": Row("GET", EVERYBODY),
    "welcome:offer": Row("GET", EVERYBODY, offer),
    "welcome:own": Row("GET", KEEPERS),
    "welcome:terms": Row("GET", KEEP, offer),
    "welcome:calendar": Row("GET", KEEP, offer),
    "welcome:requests": Row("GET", ANSWERERS),
    "welcome:requests_export": Row("GET", ANSWERERS),
    "welcome:request": Row("GET", ANSWERERS, request),
    "welcome:grant": Row("POST", ACT, request),
    "welcome:refuse": Row("POST", REFUSED, request),
    "welcome:undo_answer": Row("POST", ACT, granted),
    "welcome:cancel": Row("GET", ANSWERERS, granted),
    "welcome:reply": Row("GET", EVERYBODY, link),
    "welcome:reply_done": Row("GET", EVERYBODY, answered_link),
}
