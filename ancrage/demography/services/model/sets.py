"""Which sets of parameters count the access to each profession."""

from dataclasses import dataclass
from datetime import date

from ancrage.core.accessibility.parameters import (
    NEAR_2015,
    PER_PEOPLE,
    Activity,
    Parameters,
    Slope,
    Steps,
)
from ancrage.demography.enums import Care


def _posts(name: str) -> Parameters:
    """Everybody counts for one post, everyone for one inhabitant: no published value is known."""
    return Parameters(
        name=name,
        decay=Slope(5, 20),
        activity=Activity(),
        age_weights=None,
        age_cap=None,
        post=1.0,
        people=PER_PEOPLE,
        threshold=None,
        approximate=True,
        dated=date(2026, 11, 1),
        source=(
            "Aucune valeur publiée n’a été trouvée pour cette profession : la distance compte"
            " comme pour les médecins (droite de 5 à 20 minutes), chaque professionnel compte"
            " pour un poste"
        ),
    )


SETS_OF: dict[Care, tuple[Parameters, ...]] = {
    Care.GP: (NEAR_2015,),
    Care.NURSE: (_posts("approche-infirmiers"),),
    Care.PHYSIO: (_posts("approche-kinesitherapeutes"),),
    Care.MIDWIFE: (_posts("approche-sages-femmes"),),
    Care.DENTIST: (_posts("approche-dentistes"),),
}
"""The sets in the unit in which each access is published, the default first."""


class UnknownSet(LookupError):
    """No set of parameters of that name counts that profession."""


def parameters_of(care: Care, name: str = "") -> Parameters:
    """Return a set of a profession by its name; the default one without a name.

    Raises:
        UnknownSet: there is no such set for it.
    """
    sets = SETS_OF[care]
    if not name:
        return sets[0]
    for one in sets:
        if one.name == name:
            return one
    raise UnknownSet(name)


@dataclass(frozen=True, slots=True)
class SetFacts:
    """A set of parameters as pages and papers print it.

    Attributes:
        name: its identifier.
        slope: (minutes up to which all count, minutes from which none does); None: steps.
        steps: (minutes up to which, weight); none: a slope.
        activity: (fewest, most) acts a year that a practice counts for; None: no bounds.
        ages_weigh: whether people count by what their age uses.
        age_cap: the oldest age that counts among professionals; None: all do.
        post: what one full-time post brings.
        threshold: below it, people lack access; None: there is none.
        approximate: whether it stands in for an official set.
        source: where its values were read.
    """

    name: str
    slope: tuple[float, float] | None
    steps: tuple[tuple[float, float], ...]
    activity: tuple[float, float] | None
    ages_weigh: bool
    age_cap: int | None
    post: float
    threshold: float | None
    approximate: bool
    source: str


def facts_of(parameters: Parameters) -> SetFacts:
    """Return a set in plain values."""
    decay, activity = parameters.decay, parameters.activity
    return SetFacts(
        name=parameters.name,
        slope=(decay.full, decay.nil) if isinstance(decay, Slope) else None,
        steps=tuple(zip(decay.bounds, decay.levels, strict=True))
        if isinstance(decay, Steps)
        else (),
        activity=(activity.floor, activity.ceiling) if activity.floor else None,
        ages_weigh=parameters.age_weights is not None,
        age_cap=parameters.age_cap,
        post=parameters.post,
        threshold=parameters.threshold,
        approximate=parameters.approximate,
        source=parameters.source,
    )
