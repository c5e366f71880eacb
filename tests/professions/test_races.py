"""Two people at the same rule, in real processes, on both databases."""

from typing import Any

import pytest

from ancrage.professions.models import BridgeFunding
from ancrage.professions.services import RuleChangedMeanwhile, save_rule, version_of
from tests.factories.moments import NOW, TODAY
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


def write(ready: Any, pk: int, version: str, owed: int) -> int | str:
    rule = BridgeFunding.objects.get(pk=pk)
    ready.wait(20)
    try:
        save_rule(rule=rule, by=None, now=NOW, version=version, owed_times=owed)
    except RuleChangedMeanwhile:
        return "refused"
    return owed


def owed_times(pk: int) -> int:
    return BridgeFunding.objects.get(pk=pk).owed_times


def test_two_forms_sent_at_once_keep_what_the_first_wrote(tmp_path, transactional_db) -> None:
    rule = BridgeFunding.objects.create(
        code="invented",
        label_fr="Financement inventé",
        label_en="Invented funding",
        source="https://exemple.test/regle",
        checked_on=TODAY,
    )
    version = version_of(rule)
    shared, ready = Shared(tmp_path), FORK.Barrier(2)

    both = [shared.start(write, ready, rule.pk, version, owed) for owed in (1, 2)]
    first, second = sorted((one.result() for one in both), key=str)

    assert second == "refused"
    assert first == shared.call(owed_times, rule.pk)
