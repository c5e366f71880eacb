"""A plan of posts, opened as a scenario: what it supposes can then be changed step by step."""

from datetime import datetime
from itertools import count
from typing import Any

from ancrage.demography.enums import Care, SitingGoal, StepKind
from ancrage.demography.models import Scenario, SitingStudy
from ancrage.demography.services.scenarios import Description, Step, make_scenario
from ancrage.territory.models import Commune

# A post is a hundred hundredths.
_WHOLE = 100


def open_as_scenario(
    *, study: SitingStudy, goal: SitingGoal, name: str, by: Any, now: datetime
) -> Scenario:
    """Keep the posts of one objective as a scenario; a name that is taken gets a number.

    Raises:
        StepRefused: a commune is no longer in the territory.
        NameTaken: somebody took the name meanwhile.
    """
    plan = next(row for row in study.plans if row["objective"] == goal)
    codes = [code for code, _posts in plan["posts"]]
    names = dict(Commune.objects.filter(insee__in=codes).values_list("insee", "name"))
    steps = [
        Step(StepKind.ARRIVES, code, names.get(code, code), posts=_WHOLE * posts)
        for code, posts in plan["posts"]
    ]
    for number in count(1):
        called = name if number == 1 else f"{name} ({number})"
        rows = Scenario.objects.filter(territory=study.territory, removed_at__isnull=True)
        if not rows.filter(name=called).exists():
            break
    return make_scenario(
        territory=study.territory,
        care=Care(study.care),
        description=Description(name=called, parameters=study.parameters),
        steps=steps,
        by=by,
        now=now,
    )
