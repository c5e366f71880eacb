"""Personal data: one's own for each, the desk for the territory, breaches for who noted them.

Somebody without a profile has the page of their account, and nothing to act on (404).
"""

from collections.abc import Mapping
from typing import Any

from tests.factories import BreachFactory, DataSubjectFactory, RightsRequestFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

#           visitor, candidate, owner, other_employer, coordinator, other_coordinator,
#           welcome_partner, institution, admin
EVERYBODY = (200,) * 9
SIGNED_IN = (302,) + (200,) * 8
# Only the candidate has a profile; the others find none, or are asked who they are first.
OWN_READ = (302, 200) + (404,) * 7
OWN_ACT = (302, 302) + (404,) * 7
ASKED_AGAIN = (302,) * 9
DESK = (302, 403, 403, 403, 200, 200, 403, 403, 200)
TELL = (302, 403, 403, 403, 200, 200, 403, 403, 403)
TELL_ONE = (302, 403, 403, 403, 200, 404, 403, 403, 403)
DESK_EXPORT = (302, 403, 403, 403, 302, 302, 403, 403, 302)
DESK_READ = (302, 403, 403, 403, 200, 404, 403, 403, 200)
DESK_ACT = (302, 403, 403, 403, 302, 404, 403, 403, 302)


def profile(world: World) -> Mapping[str, Any]:
    """A profile of the candidate's, followed by the territory."""
    DataSubjectFactory(user=world.readers["candidate"], home=f"territory:{world.territory.pk}")
    return {}


def to_tell(world: World) -> Mapping[str, Any]:
    """Somebody no mail reaches, followed by the territory."""
    home = f"territory:{world.territory.pk}"
    return {"pk": DataSubjectFactory(user=None, home=home, to_tell_since=NOW).pk}


def request(world: World) -> Mapping[str, Any]:
    """A request that falls to the territory."""
    return {"pk": RightsRequestFactory(home=f"territory:{world.territory.pk}").pk}


def breach(world: World) -> Mapping[str, Any]:
    """A breach the coordinator noted, ready to be closed."""
    noted = BreachFactory(
        recorded_by=world.readers["coordinator"], risk="none", measures="Mot de passe changé"
    )
    return {"pk": noted.pk}


def agreement(world: World) -> Mapping[str, Any]:
    return {"purpose": "talent_pool", "scope": "", "version": "2026-11"}


def close(world: World) -> Mapping[str, Any]:
    return {"status": "done", "answer": "Courrier du jour"}


def extend(world: World) -> Mapping[str, Any]:
    return {"reason": "Archives papier"}


def assess(world: World) -> Mapping[str, Any]:
    return {"risk": "none", "facts": "Courriel envoyé à tous", "measures": "Rappelé"}


def notify(world: World) -> Mapping[str, Any]:
    return {"notified_at": f"{NOW:%Y-%m-%dT%H:%M}"}


def tell(world: World) -> Mapping[str, Any]:
    return {"told_at": f"{NOW:%Y-%m-%dT%H:%M}"}


MATRIX = {
    "privacy:register": Row("GET", EVERYBODY),
    "privacy:responsible": Row("GET", EVERYBODY),
    "privacy:impact": Row("GET", EVERYBODY),
    "privacy:mine": Row("GET", SIGNED_IN, profile),
    "privacy:looks": Row("GET", OWN_READ, profile),
    "privacy:looks_export": Row("GET", OWN_READ, profile),
    "privacy:consent_give": Row("POST", OWN_ACT, profile, agreement),
    "privacy:consent_withdraw": Row("POST", OWN_ACT, profile, agreement),
    "privacy:export": Row("GET", ASKED_AGAIN, profile),
    "privacy:ask": Row("GET", OWN_READ, profile),
    "privacy:limit": Row("POST", OWN_ACT, profile),
    "privacy:lift": Row("POST", OWN_ACT, profile),
    "privacy:erase": Row("POST", ASKED_AGAIN, profile),
    "privacy:request_list": Row("GET", DESK),
    "privacy:request_export": Row("GET", DESK_EXPORT),
    "privacy:request_file": Row("GET", DESK),
    "privacy:request_sheet": Row("GET", DESK_READ, request),
    "privacy:request_close": Row("POST", DESK_ACT, request, close),
    "privacy:request_extend": Row("POST", DESK_ACT, request, extend),
    "privacy:telling_list": Row("GET", TELL),
    "privacy:tell": Row("GET", TELL_ONE, to_tell),
    "privacy:breach_list": Row("GET", DESK),
    "privacy:breach_export": Row("GET", DESK_EXPORT),
    "privacy:breach_log": Row("GET", DESK),
    "privacy:breach_sheet": Row("GET", DESK_READ, breach),
    "privacy:breach_assess": Row("POST", DESK_ACT, breach, assess),
    "privacy:breach_notify": Row("POST", DESK_ACT, breach, notify),
    "privacy:breach_tell": Row("POST", DESK_ACT, breach, tell),
    "privacy:breach_close": Row("POST", DESK_ACT, breach),
}
