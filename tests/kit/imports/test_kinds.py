"""What a kind gets for nothing, and how a plan is made."""

import pytest

from ancrage.kit.imports import Column, ImportKind, ImportRow, ImportRun, Outcome, Plan, RowRefused
from tests.factories.moments import NOW

RUN = ImportRun("partner:1", {"complete_list": True}, None, NOW)


class Bare(ImportKind):
    key = "toy-bare"
    label = "Rien"
    columns = (Column("name", "Nom"),)


def test_bare_kind_has_a_harmless_answer_to_everything_but_the_essential():
    kind = Bare()
    context = kind.prepare(RUN)

    assert context is RUN
    assert context.complete_list
    assert kind.template_context(RUN) is RUN
    assert kind.prepare_batch([], context) is None
    assert list(kind.existing_keys(context)) == []
    assert kind.describe_missing(["a"], context) == {"a": {}}
    assert kind.column("name").label == "Nom"
    for essential in (
        lambda: kind.resolve(ImportRow(1, {}, {}), context),
        lambda: kind.apply([], context),
        lambda: kind.close_missing(["a"], context),
    ):
        with pytest.raises(NotImplementedError):
            essential()


def test_plan_of_a_creation_keeps_what_has_a_value():
    plan = Plan.create("a", {"posts": 2, "fte": None}, data="x")

    assert plan == Plan(Outcome.CREATED, "a", {"posts": (None, 2)}, "x")


@pytest.mark.parametrize(
    ("new", "outcome", "changes"),
    [
        ({"posts": 2, "fte": 80}, Outcome.UNCHANGED, {}),
        ({"posts": 3, "fte": None}, Outcome.CHANGED, {"posts": (2, 3), "fte": (80, None)}),
    ],
)
def test_plan_of_a_change_tells_what_differs(new, outcome, changes):
    assert Plan.update("a", {"posts": 2, "fte": 80}, new) == Plan(outcome, "a", changes)


def test_plan_of_nothing_may_tell_its_target():
    assert Plan.none() == Plan(Outcome.REJECTED)
    assert Plan.none("a") == Plan(Outcome.REJECTED, "a")


def test_remarks_on_a_row_have_their_weight():
    row = ImportRow(7, {}, {})
    row.note("name", "Lu %(text)s.", text="x")
    row.check("", "À vérifier.", "y")
    assert not row.failed

    row.error("name", "Colonne %(column)s illisible.", code="bad", column="Nom")

    assert row.failed
    assert [(column, one.level.value, one.code, one.sentence) for column, one in row.problems] == [
        ("name", "note", "", "Lu x."),
        ("", "check", "", "À vérifier."),
        ("name", "error", "bad", "Colonne Nom illisible."),
    ]
    assert row.problems[1][1].suggestion == "y"


def test_refused_row_tells_its_line():
    refused = RowRefused(7, "Structure fermée.")

    assert (refused.line, str(refused)) == (7, "Structure fermée.")
