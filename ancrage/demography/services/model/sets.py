"""Which sets of parameters count the access to each profession."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ancrage.core.accessibility.parameters import (
    NEAR_2015,
    PER_PEOPLE,
    Activity,
    Parameters,
    Slope,
)
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterVersion
from ancrage.demography.queries import current_versions, versions_of
from ancrage.demography.services.sets.facts import SetFacts, facts_of
from ancrage.demography.services.sets.values import read_version
from ancrage.territory.models import Territory


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
            "Aucune valeur publiée n’a été trouvée pour cette profession : la distance compte"
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


# Of a set, then of one of its versions.
_NAMED = re.compile(r"jeu-(\d{1,9})(?:-v(\d{1,9}))?")


class UnknownSet(LookupError):
    """No set of parameters of that name counts that profession."""


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A set that counts a profession in a territory.

    Attributes:
        parameters: its values.
        version: where the territory typed them; None: it comes with the platform.
    """

    parameters: Parameters
    version: ParameterVersion | None = None

    @property
    def ref(self) -> str:
        """What names the set whatever its version."""
        return self.parameters.name if self.version is None else self.version.of.ref

    @property
    def facts(self) -> SetFacts:
        """Its values, plain."""
        return facts_of(self.parameters)

    @property
    def is_default(self) -> bool:
        """Whether the territory chose it."""
        return self.version is not None and self.version.of.is_default


def known_sets(territory: Territory, care: Care) -> tuple[KnownSet, ...]:
    """Return the sets that may be chosen: those of the platform, then those of the territory."""
    return all_known_sets(territory)[care]


def all_known_sets(territory: Territory) -> dict[Care, tuple[KnownSet, ...]]:
    """Return the same for every profession, in one query."""
    typed: dict[str, list[KnownSet]] = defaultdict(list)
    for version in current_versions(territory).order_by("name", "pk"):
        typed[version.of.care].append(KnownSet(read_version(version), version))
    return {care: (*(KnownSet(one) for one in SETS_OF[care]), *typed[care]) for care in Care}


def set_named(care: Care, name: str = "", *, territory: Territory | None = None) -> KnownSet:
    """Return a set of a profession; without a name, the one its territory counts with.

    Args:
        name: of a set of the platform, of a set that the territory typed (its latest version),
            or of one of its versions.

    Raises:
        UnknownSet: there is no such set for it.
    """
    for one in SETS_OF[care]:
        if one.name == name:
            return KnownSet(one)
    found = None if territory is None else _typed(territory, care, name)
    if found is not None:
        return KnownSet(read_version(found), found)
    if name:
        raise UnknownSet(name)
    return KnownSet(SETS_OF[care][0])


def parameters_of(care: Care, name: str = "", *, territory: Territory | None = None) -> Parameters:
    """Return the values of a set, as `set_named` finds it.

    Raises:
        UnknownSet: there is no such set.
    """
    return set_named(care, name, territory=territory).parameters


def _typed(territory: Territory, care: Care, name: str) -> ParameterVersion | None:
    current = current_versions(territory).filter(of__care=care)
    if not name:
        return current.filter(of__is_default=True).first()
    told = _NAMED.fullmatch(name)
    if told is None:
        return None
    if told[2] is None:
        return current.filter(of=int(told[1])).first()
    return versions_of(territory, care).filter(of=int(told[1]), number=int(told[2])).first()
