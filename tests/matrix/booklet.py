"""The welcome booklet: anybody's is public; a household's is its own and its coordination's."""

from collections.abc import Mapping
from typing import Any

from tests.factories import CandidateFactory, LifeProjectFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# The person's own, then the coordination of their territory.
PROJECT = (302, 200, 404, 404, 200, 404, 404, 404, 404)


def project(world: World) -> Mapping[str, Any]:
    person = CandidateFactory(territory=world.territory, user=world.readers["candidate"])
    return {"pk": LifeProjectFactory(subject=person.subject).pk}


MATRIX = {
    "booklet:general": Row("GET", EVERYBODY),
    "booklet:general_pdf": Row("GET", EVERYBODY),
    "booklet:project": Row("GET", PROJECT, project),
    "booklet:project_pdf": Row("GET", PROJECT, project),
}
