"""Two reports published at once, in real processes, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ancrage.roadmap import services
from ancrage.roadmap.models import Report
from tests.factories import CandidateFactory, TerritoryFactory
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]

AFTER = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)


def publish(ready: Any, pk: int) -> str | None:
    """Publish that report, and return how many people it says came."""
    report = Report.objects.get(pk=pk)
    ready.wait(20)
    edition = services.publish_report(report=report, by=None, now=AFTER)
    (told,) = [
        figure["value"]
        for part in edition.contents["parts"]
        for figure in part["figures"]
        if figure["key"] == "people.known"
    ]
    return told


def test_reports_published_at_once_tell_of_nobody_by_difference(tmp_path, transactional_db):
    territory = TerritoryFactory()
    for month, many in ((3, 6), (11, 3)):
        CandidateFactory.create_batch(
            many, territory=territory, created_at=datetime(2026, month, 9, 9, tzinfo=UTC)
        )
    drafts = [
        services.create_report(
            territory=territory,
            starts_on=date(2026, 1, 1),
            ends_on=ends,
            roadmap=None,
            by=None,
            now=AFTER,
        )
        for ends in (date(2026, 10, 31), date(2026, 12, 31))
    ]
    shared, ready = Shared(tmp_path), FORK.Barrier(2)

    both = [shared.start(publish, ready, draft.pk) for draft in drafts]

    assert [one.result() for one in both] in (["6", None], [None, "9"])
