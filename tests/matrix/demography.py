"""Medical demography: those who work in the territory read it, some try « what if »."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils import timezone

from ancrage.demography.enums import Among, Care, Dataset
from ancrage.demography.models import ParameterSet, Scenario, SitingStudy
from ancrage.demography.services import Origin
from ancrage.demography.services.incoming import Brought, bring_file
from ancrage.demography.services.model import parameters_of
from ancrage.demography.services.scenarios import Description, delete_scenario, make_scenario
from ancrage.demography.services.sets import Sheet, make_set
from ancrage.demography.services.siting import Asked, ask_study, forget_study
from ancrage.territory.models import Territory
from tests.demography.land import professionals, save
from tests.factories import CommuneFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

# Candidates and welcome partners have no part in it; another coordination sees its own land.
READ = (302, 403, 200, 200, 200, 200, 403, 200, 200)
# The commune of a territory of others is no commune of theirs.
OWN_LAND = (302, 403, 200, 200, 200, 404, 403, 200, 200)


def commune_of(world: World) -> Mapping[str, Any]:
    commune = CommuneFactory(insee="44901", latitude=43.1, longitude=0.1)
    world.territory.communes.add(commune)
    return {"code": commune.insee}


# Shared: the structures of the territory read it; another coordination does not find it.
READ_SHARED = (302, 403, 200, 200, 200, 404, 403, 200, 200)
# Those who coordinate or watch the territory; an administrator changes nobody's assumptions.
EDIT = (302, 403, 403, 403, 200, 404, 403, 200, 403)
REDO = (302, 403, 403, 403, 302, 404, 403, 302, 403)
MAKE = (302, 403, 403, 403, 200, 200, 403, 200, 403)


def scenario_of(world: World) -> Mapping[str, Any]:
    scenario = make_scenario(
        territory=world.territory,
        care=Care.GP,
        description=Description(f"Scénario {Scenario.objects.count()}", shared=True),
        by=None,
        now=NOW,
    )
    return {"pk": scenario.pk}


# Whoever tries « what if » brings back what was put away there; an administrator does not.
BRING_BACK = (302, 403, 403, 403, 302, 404, 403, 302, 403)


def deleted(world: World) -> Mapping[str, Any]:
    scenario = Scenario.objects.get(pk=scenario_of(world)["pk"])
    delete_scenario(scenario=scenario, by=None, now=timezone.now())
    return {}


def named(world: World) -> Mapping[str, Any]:
    return {"rows": Scenario.objects.filter(territory=world.territory).latest("pk").pk}


# What stands in a territory: its coordination, whoever watches it; the others do not know it.
OWN = (302, 403, 200, 200, 200, 404, 403, 200, 200)
ASK = (302, 403, 403, 403, 302, 302, 403, 302, 403)
KEEP = (302, 403, 403, 403, 302, 404, 403, 302, 403)
IMPORT = (302, 403, 403, 403, 200, 200, 403, 403, 200)
CHANGE = (302, 403, 403, 403, 302, 302, 403, 403, 302)


def with_doctors(world: World) -> Mapping[str, Any]:
    """Both coordinations have a commune, and enough doctors are there to be told of."""
    commune = CommuneFactory(insee="44901", latitude=43.1, longitude=0.1, population=3_000)
    for territory in Territory.objects.all():
        territory.communes.add(commune)
    save(professionals("44901;6;50\n44901;6;63\n"), replace=True)
    return {}


def study(world: World) -> Mapping[str, Any]:
    with_doctors(world)
    asked = Asked(1, 1, 2.5, 10, Among.ALL)
    found = ask_study(
        territory=world.territory, care=Care.GP, asked=asked, by=None, now=timezone.now()
    )
    return {"pk": found.pk}


def put_away(world: World) -> Mapping[str, Any]:
    found = SitingStudy.objects.get(pk=study(world)["pk"])
    forget_study(study=found, by=None, now=timezone.now())
    return {}


def named_study(world: World) -> Mapping[str, Any]:
    return {"rows": SitingStudy.objects.filter(territory=world.territory).latest("pk").pk}


def as_scenario(world: World) -> Mapping[str, Any]:
    return {"objectif": "deficit"}


def vintage(world: World) -> Mapping[str, Any]:
    return {"pk": save(professionals("44901;1;50\n"), replace=True).pk}


def brought(world: World) -> Mapping[str, Any]:
    file = bring_file(
        brought=Brought(
            Dataset.PROFESSIONALS, Care.GP, 2024, Origin("Insee", "Licence"), "bpe.csv"
        ),
        stream=BytesIO(b"code;effectif\n44901;3\n"),
        by=None,
        now=timezone.now(),
    )
    return {"pk": file.pk}


def parameters(world: World) -> Mapping[str, Any]:
    values = parameters_of(Care.NURSE)
    name = f"Jeu {ParameterSet.objects.count()}"
    made = make_set(
        territory=world.territory,
        care=Care.NURSE,
        sheet=Sheet(name, values),
        by=None,
        now=NOW,
    )
    return {"pk": made.pk}


def built_in(world: World) -> Mapping[str, Any]:
    return {"name": "proche-2015"}


def wanted(world: World) -> Mapping[str, Any]:
    return {"postes": 1, "objectif": "deficit", "parmi": "all", "seuil": "2", "minutes": 10}


MATRIX = {
    "demography:communes": Row("GET", READ),
    "demography:communes_csv": Row("GET", READ),
    # Without contour nor point there is no map to hand over.
    "demography:communes_map": Row("GET", (302, 403, 404, 404, 404, 404, 403, 404, 404)),
    "demography:commune": Row("GET", OWN_LAND, commune_of),
    "demography:scenarios": Row("GET", READ),
    "demography:scenario_new": Row("GET", MAKE),
    "demography:scenario_compare": Row("GET", READ),
    "demography:scenario": Row("GET", READ_SHARED, scenario_of),
    "demography:scenario_csv": Row("GET", READ_SHARED, scenario_of),
    "demography:scenario_pdf": Row("GET", READ_SHARED, scenario_of),
    "demography:scenario_describe": Row("GET", EDIT, scenario_of),
    "demography:scenario_delete": Row("POST", REDO, scenario_of),
    "demography:scenario_restore": Row("POST", BRING_BACK, deleted, named),
    # Nothing typed: refused with the form, by those who may type.
    "demography:scenario_step": Row(
        "POST", (302, 403, 403, 403, 422, 404, 403, 422, 403), scenario_of
    ),
    # Without the revision it was read at, a change is that of an old page.
    "demography:scenario_unstep": Row(
        "POST", (302, 403, 403, 403, 409, 404, 403, 409, 403), scenario_of
    ),
    "demography:scenario_again": Row("POST", REDO, scenario_of),
    "demography:scenario_copy": Row("POST", REDO, scenario_of),
    "demography:siting": Row("GET", READ),
    "demography:siting_ask": Row("POST", ASK, with_doctors, wanted),
    "demography:study": Row("GET", OWN, study),
    "demography:study_csv": Row("GET", OWN, study),
    "demography:study_pdf": Row("GET", OWN, study),
    "demography:study_progress": Row("GET", OWN, study),
    "demography:study_stop": Row("POST", KEEP, study),
    "demography:study_forget": Row("POST", KEEP, study),
    "demography:study_restore": Row("POST", BRING_BACK, put_away, named_study),
    "demography:study_scenario": Row("POST", KEEP, study, as_scenario),
    "demography:leaving": Row("GET", READ),
    "demography:leaving_csv": Row("GET", READ, with_doctors),
    "demography:quality": Row("GET", READ),
    "demography:sets": Row("GET", READ),
    "demography:sets_csv": Row("GET", READ),
    "demography:set_new": Row("GET", MAKE),
    "demography:set_bring": Row("GET", MAKE),
    "demography:set_builtin": Row("GET", READ, built_in),
    "demography:set_builtin_csv": Row("GET", READ, built_in),
    "demography:set": Row("GET", OWN, parameters),
    "demography:set_csv": Row("GET", OWN, parameters),
    "demography:set_edit": Row("GET", EDIT, parameters),
    "demography:set_delete": Row("GET", EDIT, parameters),
    "demography:set_choose": Row("POST", KEEP, parameters),
    "demography:set_unchoose": Row("POST", KEEP, parameters),
    "demography:set_archive": Row("POST", KEEP, parameters),
    "demography:set_restore": Row("POST", KEEP, parameters),
    "demography:sources": Row("GET", READ),
    "demography:vintage_forget": Row("POST", CHANGE, vintage),
    "demography:file_bring": Row("GET", IMPORT),
    "demography:file": Row("GET", IMPORT, brought),
    "demography:file_progress": Row("GET", IMPORT, brought),
    "demography:file_sheets": Row("POST", CHANGE, brought),
    "demography:file_keep": Row("POST", CHANGE, brought),
    "demography:file_drop": Row("POST", CHANGE, brought),
}
