"""Campaigns: the coordination runs them, structures answer, institutions read the totals.

The answer of another structure is not found (404), whoever recruits next door.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ancrage.needs.models import Campaign
from tests.factories import CampaignAnswerFactory, CampaignFactory, ProfessionFactory
from tests.matrix.world import Row, World

LIST = (302, 403, 200, 200, 200, 200, 403, 200, 403)
RUN = (302, 403, 403, 403, 200, 404, 403, 403, 403)
ACT = (302, 403, 403, 403, 302, 404, 403, 403, 403)
ANSWER = (302, 403, 200, 404, 200, 404, 403, 403, 403)
RESULTS = (302, 403, 403, 403, 200, 404, 403, 200, 403)


def campaign(world: World, **facts: Any) -> Campaign:
    made = CampaignFactory(
        territory=world.territory,
        closes_on=timezone.localdate() + timedelta(days=20),
        **facts,
    )
    made.professions.add(ProfessionFactory())
    return made


def draft(world: World) -> Mapping[str, Any]:
    return {"pk": campaign(world).pk}


def opened(world: World) -> Mapping[str, Any]:
    return {"pk": campaign(world, open=True).pk}


def closed(world: World) -> Mapping[str, Any]:
    return {"pk": campaign(world, closed=True).pk}


def answer(world: World) -> Mapping[str, Any]:
    made = CampaignAnswerFactory(campaign=campaign(world, open=True), partner=world.partner)
    return {"pk": made.pk}


MATRIX = {
    "campaigns:list": Row("GET", LIST),
    # Each coordination prepares one for its own territory.
    "campaigns:create": Row("GET", (302, 403, 403, 403, 200, 200, 403, 403, 403)),
    "campaigns:detail": Row("GET", RUN, opened),
    "campaigns:edit": Row("GET", RUN, draft),
    "campaigns:delete": Row("GET", RUN, draft),
    "campaigns:open": Row("GET", RUN, draft),
    "campaigns:remind": Row("POST", ACT, opened),
    "campaigns:close": Row("GET", RUN, opened),
    "campaigns:reopen": Row("POST", ACT, closed),
    "campaigns:results": Row("GET", RESULTS, closed),
    "campaigns:results_csv": Row("GET", RESULTS, closed),
    "campaigns:results_xlsx": Row("GET", RESULTS, closed),
    "campaigns:answer": Row("GET", ANSWER, answer),
    "campaigns:workbook": Row("GET", ANSWER, answer),
    "campaigns:sheet": Row("GET", ANSWER, answer),
}
