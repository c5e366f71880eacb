"""The daily rounds follow one another, whatever becomes of one of them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_every_round_says_what_it_did():
    said = StringIO()

    call_command("run_rounds", stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.partition(" ")[0] for line in lines] == [
        "tend_needs",
        "tend_resources",
        "tend_candidates",
        "tend_training",
        "tend_introductions",
        "tend_searches",
        "tend_journeys",
        "tend_welcome",
        "tend_aids",
        "tend_events",
        "purge_expired",
        "purge",
    ]
    assert lines[10] == (
        'purge_expired {"written_to": 0, "to_tell": 0, "anonymised": 0, "untold": 0,'
        ' "unanswered": 0}'
    )


def test_a_round_that_fails_stops_none_of_the_others(settings: Settings):
    settings.DAILY_ROUNDS = ("tend_nothing_at_all", "purge_expired")
    said, wrong = StringIO(), StringIO()

    with pytest.raises(CommandError, match="tend_nothing_at_all"):
        call_command("run_rounds", stdout=said, stderr=wrong)

    assert '"anonymised": 0' in said.getvalue()
    assert "Unknown command: 'tend_nothing_at_all'" in wrong.getvalue()
