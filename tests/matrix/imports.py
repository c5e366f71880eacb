"""Imports: whose file it is decides everything; the others do not find it (404)."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport
from ancrage.partners.services.declaring import owner_of
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file
from tests.matrix.world import Row, World

FILE = ("Réf;Métier;Contrat;Début", "A1;IDE;CDI;01/02/2027", "A2;IDE;PH ou contractuel;01/02/2027")


def statuses(owner: int, neighbour: int, coordinator: int, elsewhere: int, admin: int) -> Any:
    """A visitor signs in; whoever shares nothing and runs nothing is refused.

    A welcome body may import what it shares: it gets the same as another structure.
    """
    return (302, 403, owner, neighbour, coordinator, elsewhere, neighbour, 403, admin)


def tried(world: World) -> StagedImport:
    return imports.stage_import(
        kind="needs",
        stream=csv_file(*FILE),
        filename="besoins.csv",
        owner_key=owner_of(world.partner),
        by=None,
        now=NOW,
    )


def own(world: World) -> Mapping[str, Any]:
    return {"pk": tried(world).pk}


def own_line(world: World) -> Mapping[str, Any]:
    return {"pk": tried(world).pk, "line": 2}


def deposited(world: World) -> Mapping[str, Any]:
    return {
        "target": f"needs|{owner_of(world.partner)}",
        "file": SimpleUploadedFile("besoins.csv", csv_file(*FILE).getvalue()),
        "publish": "yes",
    }


OPEN = statuses(200, 200, 200, 200, 200)
READ = statuses(200, 404, 200, 404, 404)
WRITTEN = statuses(302, 404, 302, 404, 404)

MATRIX = {
    "imports:list": Row("GET", OPEN),
    "imports:export": Row("GET", OPEN),
    "imports:create": Row("POST", statuses(302, 422, 302, 422, 422), data=deposited),
    "imports:template": Row(
        "GET",
        (302, 403, 200, 200, 200, 200, 404, 403, 404),
        lambda world: {"kind": "needs"},
    ),
    "imports:detail": Row("GET", READ, own),
    "imports:progress": Row("GET", READ, own),
    "imports:report": Row("GET", READ, own),
    "imports:columns": Row("GET", READ, own),
    "imports:sheet": Row("POST", WRITTEN, own, lambda world: {"header_line": 1}),
    "imports:line": Row("POST", WRITTEN, own_line, lambda world: {"profession": "ASH"}),
    "imports:decide": Row("POST", WRITTEN, own, lambda world: {"line": 3, "accept": "yes"}),
    "imports:options": Row("POST", WRITTEN, own),
    "imports:apply": Row("POST", WRITTEN, own),
    "imports:abandon": Row("POST", WRITTEN, own),
    "imports:put_back": Row("POST", WRITTEN, own),
}
