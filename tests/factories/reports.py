"""Reports as rows: the services that compute them are for the tests that are about them."""

from datetime import date
from typing import Any

from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from ancrage.roadmap.models import Report
from tests.factories.moments import NOW
from tests.factories.territory import TerritoryFactory

_YEAR = "du 1er janvier au 31 décembre 2025"


def figure(key: str, name: str, value: str | None, text: str, unit: str = "count") -> Any:
    """One figure as a report keeps it."""
    return {
        "key": key,
        "name": name,
        "definition": f"{name} de la période.",
        "unit": unit,
        "unit_label": "nombre",
        "moment": "period",
        "when": _YEAR,
        "value": value,
        "text": text,
        "masked": value is None,
        "note": "Moins de 5 personnes : non affiché." if value is None else "",
        "before": "2",
        "before_value": "2",
    }


CONTENTS: dict[str, Any] = {
    "shape": 1,
    "territory": "Territoire fictif",
    "period": _YEAR,
    "before": "du 1er janvier au 31 décembre 2024",
    "computed": "10 janvier 2026",
    "summary": ["Pendant la période, 12 besoins ont été publiés.", "Une rencontre a eu lieu."],
    "highlights": [figure("needs.filled", "Besoins pourvus", "7", "7")],
    "parts": [
        {
            "section": "needs",
            "title": "Besoins",
            "sentences": ["7 besoins ont été pourvus."],
            "figures": [figure("needs.filled", "Besoins pourvus", "7", "7")],
        },
        {
            "section": "people",
            "title": "Personnes et mises en relation",
            "sentences": ["12 personnes se sont fait connaître."],
            "figures": [
                figure("people.known", "Personnes connues", "12", "12 personnes", "people"),
                figure("people.hired", "Personnes embauchées", None, "masqué", "people"),
            ],
        },
    ],
    "professions": [{"label": "Aide-soignant", "posts": 4}],
    "communes": [{"label": "Pornic", "code": "44131", "posts": 4}],
    "roadmap": None,
}


class ReportFactory(DjangoModelFactory[Report]):
    """The draft of the report of 2025."""

    class Meta:
        model = Report

    territory = SubFactory(TerritoryFactory)
    title = Sequence(lambda n: f"Rapport fictif {n}")
    starts_on = date(2025, 1, 1)
    ends_on = date(2025, 12, 31)
    contents = LazyFunction(lambda: dict(CONTENTS))
    computed_at = NOW
    created_at = NOW


def month(months: int, share: int | None, at_risk: int | None = None) -> dict[str, Any]:
    """What the curve says of one month; nothing without a share."""
    low = None if share is None else share - 10
    high = None if share is None else min(share + 5, 100)
    return {"months": months, "share": share, "low": low, "high": high, "at_risk": at_risk}


RETENTION: dict[str, Any] = {
    "people": 40,
    "median": None,
    "steps": [[0, 100, 100, 100, 40], [5.5, 90, 78, 96, 30], [13, 80, 60, 91, 12]],
    "readings": [month(6, 90, 29), month(12, 90, 14), month(24, None)],
    "months": [6, 12, 24],
    "partners": [
        {
            "label": "Hôpital fictif",
            "readings": [month(6, 95, 20), month(12, None), month(24, None)],
        }
    ],
    "schemes": [],
}
