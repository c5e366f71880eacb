"""Training: everybody reads what is offered; who gives a course keeps it, with coordination."""

from collections.abc import Mapping
from typing import Any

from tests.factories import (
    CandidateFactory,
    CourseFactory,
    CourseRunFactory,
    EnrolmentFactory,
    FundingFileFactory,
    OpeningPlanFactory,
    PlanOptionFactory,
    RunSessionFactory,
    TrainingWishFactory,
)
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
SIGNED_IN = (302, *(200,) * 8)
# Whoever has no profile is led to making one.
LED_AWAY = (302,) * 9
# Lists: each sees their own.
DESK = (302, 403, 200, 200, 200, 200, 403, 403, 403)
KEPT = (302, 403, 200, 404, 200, 404, 403, 403, 403)
KEPT_POST = (302, 403, 302, 404, 302, 404, 403, 403, 403)
COORDINATIONS = (302, 403, 403, 403, 200, 200, 403, 403, 403)
COORDINATED = (302, 403, 403, 403, 200, 404, 403, 403, 403)
COORDINATED_POST = (302, 403, 403, 403, 302, 404, 403, 403, 403)
# One's own: to everybody else it is not there.
OWN_POST = (302, 302, 404, 404, 404, 404, 404, 404, 404)
OWN = (302, 200, 404, 404, 404, 404, 404, 404, 404)
# Where there is nothing to plan, the page says so.
PLANNED = (302, 403, 403, 403, 302, 422, 403, 403, 403)


def _course(world: World) -> Any:
    return CourseFactory(partner=world.partner)


def _run(world: World, **facts: Any) -> Any:
    return CourseRunFactory(course=_course(world), **facts)


def structure(world: World) -> Mapping[str, Any]:
    return {"slug": world.partner.slug}


def course(world: World) -> Mapping[str, Any]:
    return {"pk": _course(world).pk}


def run(world: World) -> Mapping[str, Any]:
    return {"pk": _run(world).pk}


def session(world: World) -> Mapping[str, Any]:
    return {"pk": RunSessionFactory(run=_run(world)).pk}


def _enrolment(world: World, **facts: Any) -> Any:
    return EnrolmentFactory(run=_run(world), **facts)


def enrolment(world: World) -> Mapping[str, Any]:
    return {"pk": _enrolment(world).pk}


def file(world: World) -> Mapping[str, Any]:
    return {"pk": FundingFileFactory(enrolment=_enrolment(world, enrolled=True)).pk}


def _person(world: World) -> Any:
    return CandidateFactory(territory=world.territory, user=world.readers["candidate"])


def own_place(world: World) -> Mapping[str, Any]:
    return {"pk": _enrolment(world, candidate=_person(world), granted=True).pk}


def _wish(world: World, **facts: Any) -> Any:
    return TrainingWishFactory(course=_course(world), **facts)


def wish(world: World) -> Mapping[str, Any]:
    return {"pk": _wish(world).pk}


def own_wish(world: World) -> Mapping[str, Any]:
    return {"pk": _wish(world, candidate=_person(world)).pk}


def to_plan(world: World) -> Mapping[str, Any]:
    wished = _wish(world)
    CourseRunFactory(course=wished.course, planned=True)
    return {}


def plan(world: World) -> Mapping[str, Any]:
    return {"pk": OpeningPlanFactory(territory=world.territory).pk}


def option(world: World) -> Mapping[str, Any]:
    return {"pk": PlanOptionFactory(run=_run(world, planned=True)).pk}


MATRIX = {
    "training:list": Row("GET", EVERYBODY),
    "training:csv": Row("GET", EVERYBODY),
    "training:agenda": Row("GET", EVERYBODY),
    "training:courses": Row("GET", EVERYBODY),
    "training:run": Row("GET", EVERYBODY, run),
    "training:run_ics": Row("GET", EVERYBODY, run),
    "training:desk": Row("GET", DESK),
    "training:provider": Row("GET", KEPT, structure),
    "training:course_new": Row("GET", KEPT, structure),
    "training:course_edit": Row("GET", KEPT, course),
    "training:course_archive": Row("POST", KEPT_POST, course),
    "training:run_new": Row("GET", KEPT, course),
    "training:run_edit": Row("GET", KEPT, run),
    "training:run_move": Row("POST", KEPT_POST, run, lambda world: {"etat": "confirmed"}),
    "training:session_add": Row("GET", KEPT, run),
    "training:session_remove": Row("POST", KEPT_POST, session),
    "training:manage": Row("GET", KEPT, run),
    "training:export": Row("GET", KEPT, run),
    "training:attendance": Row("GET", KEPT, session),
    "training:enrolment": Row("GET", KEPT, enrolment),
    "training:enrol": Row("GET", COORDINATED, run),
    "training:funding_new": Row("GET", COORDINATED, enrolment),
    "training:funding": Row("GET", COORDINATED, file),
    "training:own": Row("GET", SIGNED_IN),
    "training:own_ics": Row("GET", SIGNED_IN),
    "training:wish_new": Row("GET", LED_AWAY),
    "training:wish_edit": Row("GET", OWN, own_wish),
    "training:wish_move": Row("POST", OWN_POST, own_wish),
    "training:ask": Row("GET", LED_AWAY, run),
    "training:answer": Row("POST", OWN_POST, own_place, lambda world: {"reponse": "oui"}),
    "training:wishes": Row("GET", COORDINATIONS),
    "training:wishes_export": Row("GET", COORDINATIONS),
    "training:priority": Row("POST", COORDINATED_POST, wish, lambda world: {"priorite": "high"}),
    "training:plan": Row("GET", COORDINATIONS),
    "training:plan_make": Row(
        "POST", PLANNED, to_plan, lambda world: {"horizon": "18", "poids": "1"}
    ),
    "training:plan_stop": Row("POST", COORDINATED_POST, plan),
    "training:plan_accept": Row("POST", COORDINATED_POST, option),
}
