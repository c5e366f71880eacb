"""Which sets of parameters count the access to each profession."""

from datetime import date

from ancrage.core.accessibility.parameters import (
    NEAR_2015,
    PER_PEOPLE,
    Activity,
    Parameters,
    Slope,
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
