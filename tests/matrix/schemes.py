"""The inventory of aids: everybody reads it, coordinations and administration keep it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from ancrage.schemes.enums import Verdict
from ancrage.schemes.models import Scheme
from ancrage.schemes.services import save_case
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
# National and regional facts: any coordination mends them.
KEPT = (302, 403, 403, 403, 200, 200, 403, 403, 200)
DONE = (302, 403, 403, 403, 302, 302, 403, 403, 302)


def aid(world: World) -> Mapping[str, Any]:
    return {"code": "caim"}


def case(world: World) -> Mapping[str, Any]:
    kept = save_case(
        scheme=Scheme.objects.get(code="caim"),
        name="Cas inventé",
        facts={},
        on=date(2026, 1, 1),
        expected=Verdict.TO_CHECK,
        by=None,
        now=timezone.now(),
    )
    return {"code": "caim", "pk": kept.pk}


MATRIX = {
    "schemes:list": Row("GET", EVERYBODY),
    "schemes:csv": Row("GET", EVERYBODY),
    "schemes:mine": Row("GET", EVERYBODY),
    "schemes:scheme": Row("GET", EVERYBODY, aid),
    "schemes:create": Row("GET", KEPT),
    "schemes:edit": Row("GET", KEPT, aid),
    "schemes:amounts": Row("GET", KEPT, aid),
    "schemes:rule": Row("GET", KEPT, aid),
    "schemes:rule_try": Row("POST", KEPT, aid, lambda world: {"text": "age <= 30"}),
    "schemes:case_save": Row("POST", KEPT, aid, lambda world: {"text": "age <= 30"}),
    "schemes:case_remove": Row("POST", DONE, case),
    "schemes:versions": Row("GET", KEPT, aid),
    "schemes:checked": Row("POST", DONE, aid),
    "schemes:close": Row("GET", KEPT, aid),
    "schemes:reopen": Row("POST", DONE, aid),
    "schemes:undo": Row(
        "POST",
        DONE,
        data=lambda world: {"rows": f"scheme-{Scheme.objects.get(code='caim').pk}"},
    ),
}
