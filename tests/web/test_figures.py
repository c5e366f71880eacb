import pytest
from django.utils import translation

from ancrage.needs.queries import NeedsTotal
from ancrage.web.figures import fte_text, needs_text, offers_text


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [
        (15755, "157,55"),
        (1225, "12,25"),
        (1250, "12,5"),
        (14900, "149"),
        (1900, "19"),
        (100000, "1000"),
        (5, "0,05"),
        (0, "0"),
    ],
)
def test_fte_are_said_exactly(hundredths, text):
    assert fte_text(hundredths) == text


def test_fte_follow_the_language():
    with translation.override("en"):
        assert fte_text(1225) == "12.25"


@pytest.mark.parametrize(
    ("total", "needs", "offers"),
    [
        (NeedsTotal(), "0 besoin · 0 poste · 0 ETP", "0 offre · 0 poste"),
        (NeedsTotal(1, 1, 80), "1 besoin · 1 poste · 0,8 ETP", "1 offre · 1 poste"),
        (
            NeedsTotal(115, 180, 15755),
            "115 besoins · 180 postes · 157,55 ETP",
            "115 offres · 180 postes",
        ),
    ],
)
def test_lists_say_needs_and_posts(total, needs, offers):
    assert (needs_text(total), offers_text(total)) == (needs, offers)
