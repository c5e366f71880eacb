from dataclasses import replace

import pytest

from ancrage.core.runs.reasons import (
    Closed,
    Missing,
    NotSent,
    WhyClosed,
    WhyMissing,
    WhyNotSent,
    explain,
)
from ancrage.core.runs.solve import plan
from ancrage.core.runs.values import Instance, InvalidInstance, Need
from tests.core.runs.invented import COURSES, run, wish


def test_the_rest_is_explained():
    instance = Instance(
        COURSES,
        (
            run("a", most=2, cost=5),
            run("b", "first-aid", site="nantes"),
            run("c", "first-aid", cost=99),
            run("d", "first-aid", cost=8),
        ),
        (
            *(wish(person, priority=5) for person in ("ana", "bea")),
            wish("ana", "first-aid"),
            wish("bea", "first-aid"),
            wish("cleo"),
            wish("dora", "first-aid", sites=frozenset({"saint-nazaire"})),
            wish("eva", "first-aid"),
        ),
        (Need("care_assistant", 11, 3), Need("care_assistant", 5, 1), Need("nurse", 11, 0)),
        budget=20,
    )

    found = explain(instance, plan(instance))

    assert found.not_sent == (
        NotSent("ana", "first-aid", WhyNotSent.ELSEWHERE, ("c", "d")),
        NotSent("bea", "first-aid", WhyNotSent.ELSEWHERE, ("c", "d")),
        NotSent("cleo", "care", WhyNotSent.FULL, ("a",)),
        NotSent("dora", "first-aid", WhyNotSent.NO_RUN, ()),
        NotSent("eva", "first-aid", WhyNotSent.CLOSED, ("c", "d")),
    )
    assert found.closed == (
        Closed("b", WhyClosed.FEW, 0, 0),
        Closed("c", WhyClosed.DEAR, 3, 1),
        Closed("d", WhyClosed.OUTBID, 3, 1),
    )
    assert found.missing == (
        Missing("care_assistant", 5, 1, WhyMissing.NO_RUN),
        Missing("care_assistant", 11, 1, WhyMissing.FEW),
    )


def test_explain_refuses_what_makes_no_sense():
    instance = Instance(COURSES, (), ())

    with pytest.raises(InvalidInstance):
        explain(replace(instance, budget=-1), plan(instance))
