"""A set of parameters of the demo: two versions of a working hypothesis on nurses.

The published sheet is not known to us: the values are invented, and every page says so. The set
is offered, not chosen: no figure of the demo comes from it.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ancrage.accounts.models import User
from ancrage.demography.enums import Care
from ancrage.demography.services.sets import (
    SetFacts,
    Sheet,
    make_set,
    parameters_from,
    people_of,
    revise_set,
)
from ancrage.territory.models import Territory

NAME = "Infirmiers à domicile, hypothèse de travail (fictif)"

_FIRST = SetFacts(
    name="demo",
    title=NAME,
    version=0,
    dated=date(2023, 12, 31),
    slope=None,
    steps=((10.0, 1.0), (20.0, 0.5), (30.0, 0.1)),
    closed=True,
    floor=None,
    ceiling=None,
    classes=(),
    ages=((0, 0.2), (60, 1.0), (75, 3.0), (85, 6.0)),
    age_cap=None,
    post=1.0,
    people=people_of(Care.NURSE),
    threshold=73.1,
    approximate=True,
    source="Valeurs FICTIVES, inventées pour la démonstration : aucune ne vient d’un classeur",
)
_SECOND = replace(_FIRST, steps=((10.0, 1.0), (15.0, 0.6), (20.0, 0.2)), age_cap=65)

SHEETS = (
    (
        _FIRST,
        "Hypothèse fictive : les soins se font à domicile, on compte une demi-heure de route.",
    ),
    (_SECOND, "Relu avec des infirmières fictives : au-delà de vingt minutes, personne ne vient."),
)


def load_set(territory: Territory, by: User, *, now: datetime) -> int:
    """Keep the set of the demo, a version a week; return how many versions there are."""
    (first, note), *later = SHEETS
    made = make_set(
        territory=territory,
        care=Care.NURSE,
        sheet=Sheet(NAME, parameters_from(first), note),
        by=by,
        now=now - timedelta(weeks=len(SHEETS)),
    )
    for rank, (facts, why) in enumerate(later, start=1):
        made = revise_set(
            chosen=made,
            sheet=Sheet(NAME, parameters_from(facts), why),
            number=rank,
            by=by,
            now=now - timedelta(weeks=len(SHEETS) - rank),
        )
    return made.number
