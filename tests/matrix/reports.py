"""Reports: the coordination makes them, members and institutions read the published ones,
everybody reads the figures that were opened."""

from collections.abc import Mapping
from typing import Any

from ancrage.roadmap.models import ReportEdition
from tests.factories.moments import NOW
from tests.factories.reports import CONTENTS, ReportFactory
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# Lists: each sees their own.
LISTS = (302, 403, 200, 200, 200, 200, 403, 200, 200)
READ = (302, 403, 200, 200, 200, 404, 403, 200, 200)
KEPT = (302, 403, 403, 403, 200, 404, 403, 403, 200)
KEPT_POST = (302, 403, 403, 403, 302, 404, 403, 403, 302)
BEGUN = (302, 403, 403, 403, 200, 200, 403, 403, 200)


def draft(world: World) -> Mapping[str, Any]:
    return {"pk": ReportFactory(territory=world.territory).pk}


def published(world: World) -> Mapping[str, Any]:
    report = ReportFactory(territory=world.territory, status="published")
    ReportEdition.objects.create(
        report=report,
        version=1,
        title=report.title,
        contents={**CONTENTS, "comments": {}},
        published_at=NOW,
    )
    return {"pk": report.pk}


def commented(world: World) -> Mapping[str, Any]:
    return {**draft(world), "section": "needs"}


MATRIX = {
    "reports:list": Row("GET", LISTS),
    "reports:detail": Row("GET", READ, published),
    "reports:pdf": Row("GET", READ, published),
    "reports:xlsx": Row("GET", READ, published),
    "reports:create": Row("GET", BEGUN),
    "reports:compute": Row("POST", KEPT_POST, draft),
    "reports:comment": Row("GET", KEPT, commented),
    "reports:publish": Row("GET", KEPT, draft),
    "reports:reopen": Row("POST", KEPT_POST, published),
    "reports:discard": Row("GET", KEPT, draft),
    "reports:public": Row("GET", EVERYBODY),
    "reports:public_csv": Row("GET", EVERYBODY),
    "reports:public_choose": Row("GET", BEGUN),
}
