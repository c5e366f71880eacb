"""The roadmap: the coordination keeps it, members and institutions read it; each structure
follows what it leads and answers for itself."""

from collections.abc import Mapping
from typing import Any

from tests.factories import (
    ActionDocumentFactory,
    ActionFactory,
    AxisFactory,
    DecisionFactory,
    GoodPracticeFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    MeetingFactory,
    MilestoneFactory,
    RoadmapFactory,
)
from tests.matrix.world import Row, World

# Lists: each sees their own.
LISTS = (302, 403, 200, 200, 200, 200, 403, 200, 200)
READ = (302, 403, 200, 200, 200, 404, 403, 200, 200)
KEPT = (302, 403, 403, 403, 200, 404, 403, 403, 200)
KEPT_POST = (302, 403, 403, 403, 302, 404, 403, 403, 302)
BEGUN = (302, 403, 403, 403, 200, 200, 403, 403, 200)
# What a structure leads, it follows.
FOLLOWED = (302, 403, 200, 404, 200, 404, 403, 403, 200)
FOLLOWED_POST = (302, 403, 302, 404, 302, 404, 403, 403, 302)
# What a structure counts is read by nobody else, not even to be corrected.
ANSWERED = (302, 403, 200, 404, 403, 403, 403, 403, 403)
CLOSED = (302, 403, 403, 403, 200, 404, 403, 403, 403)
SHARED = (302, 403, 200, 404, 200, 404, 403, 403, 403)
SHARED_POST = (302, 403, 302, 404, 302, 404, 403, 403, 403)


def _roadmap(world: World) -> Any:
    return RoadmapFactory(territory=world.territory)


def _axis(world: World) -> Any:
    return AxisFactory(roadmap=_roadmap(world))


def _action(world: World) -> Any:
    return ActionFactory(axis=_axis(world), owner=world.partner)


def roadmap(world: World) -> Mapping[str, Any]:
    return {"pk": _roadmap(world).pk}


def axis(world: World) -> Mapping[str, Any]:
    return {"pk": _axis(world).pk}


def action(world: World) -> Mapping[str, Any]:
    return {"pk": _action(world).pk}


def milestone(world: World) -> Mapping[str, Any]:
    return {"pk": MilestoneFactory(action=_action(world)).pk}


def document(world: World) -> Mapping[str, Any]:
    return {"pk": ActionDocumentFactory(action=_action(world)).pk}


def indicator(world: World) -> Mapping[str, Any]:
    led = _action(world)
    return {"pk": IndicatorFactory(axis=led.axis, action=led).pk}


def value(world: World) -> Mapping[str, Any]:
    led = _action(world)
    given = IndicatorValueFactory(indicator=IndicatorFactory(axis=led.axis, action=led))
    return {"pk": given.pk}


def decision(world: World) -> Mapping[str, Any]:
    return {"pk": DecisionFactory(meeting=MeetingFactory(roadmap=_roadmap(world))).pk}


def removed_action(world: World) -> Mapping[str, Any]:
    return {"rows": f"action-{_action(world).pk}"}


def half_year(world: World) -> Mapping[str, Any]:
    return {"slug": world.partner.slug, "year": 2026, "half": 1}


def territory(world: World) -> Mapping[str, Any]:
    return {"slug": world.territory.slug, "year": 2025, "half": 1}


def structure(world: World) -> Mapping[str, Any]:
    return {"slug": world.partner.slug}


def practice(world: World) -> Mapping[str, Any]:
    return {"pk": GoodPracticeFactory(partner=world.partner).pk}


def state(world: World) -> Mapping[str, Any]:
    return {"etat": "running"}


MATRIX = {
    "roadmap:list": Row("GET", LISTS),
    "roadmap:create": Row("GET", BEGUN),
    "roadmap:undo": Row("POST", KEPT_POST, data=removed_action),
    "roadmap:detail": Row("GET", READ, roadmap),
    "roadmap:edit": Row("GET", KEPT, roadmap),
    "roadmap:move": Row("POST", KEPT_POST, roadmap, lambda world: {"etat": "closed"}),
    "roadmap:late": Row("GET", READ, roadmap),
    "roadmap:late_csv": Row("GET", READ, roadmap),
    "roadmap:log": Row("GET", READ, roadmap),
    "roadmap:meeting": Row("GET", READ, roadmap),
    "roadmap:meeting_new": Row("GET", KEPT, roadmap),
    "roadmap:decision_new": Row("GET", KEPT, roadmap),
    "roadmap:decision_remove": Row("GET", KEPT, decision),
    "roadmap:axis_new": Row("GET", KEPT, roadmap),
    "roadmap:axis_edit": Row("GET", KEPT, axis),
    "roadmap:axis_remove": Row("POST", KEPT_POST, axis),
    "roadmap:action_new": Row("GET", KEPT, axis),
    "roadmap:indicator_new": Row("GET", KEPT, axis),
    "roadmap:action": Row("GET", READ, action),
    "roadmap:action_edit": Row("GET", KEPT, action),
    "roadmap:action_move": Row("POST", FOLLOWED_POST, action, state),
    "roadmap:action_stop": Row("GET", FOLLOWED, action),
    "roadmap:action_remove": Row("POST", KEPT_POST, action),
    "roadmap:milestone_new": Row("GET", FOLLOWED, action),
    "roadmap:milestone_edit": Row("GET", FOLLOWED, milestone),
    "roadmap:milestone_reached": Row("GET", FOLLOWED, milestone),
    "roadmap:milestone_remove": Row("GET", FOLLOWED, milestone),
    "roadmap:document_new": Row("GET", FOLLOWED, action),
    # A link has no file: its reader is led back to the action.
    "roadmap:document": Row("GET", (302, 403, 302, 302, 302, 404, 403, 302, 302), document),
    "roadmap:document_remove": Row("GET", FOLLOWED, document),
    "roadmap:indicator": Row("GET", READ, indicator),
    "roadmap:indicator_edit": Row("GET", KEPT, indicator),
    "roadmap:indicator_remove": Row("POST", KEPT_POST, indicator),
    "roadmap:value_give": Row("GET", FOLLOWED, indicator),
    "roadmap:value_withdraw": Row("GET", FOLLOWED, value),
    "roadmap:safety": Row("GET", LISTS),
    "roadmap:safety_report": Row("GET", ANSWERED, half_year),
    "roadmap:safety_close": Row("GET", CLOSED, territory),
    "roadmap:practices": Row("GET", LISTS),
    "roadmap:practice_new": Row("GET", ANSWERED, structure),
    "roadmap:practice_edit": Row("GET", SHARED, practice),
    "roadmap:practice_remove": Row("POST", SHARED_POST, practice),
    "roadmap:practice_restore": Row("POST", SHARED_POST, practice),
}
