"""What a territory is made of, once its files are read side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np

from ancrage.core.accessibility.parameters import Parameters
from ancrage.core.accessibility.potential import Potential
from ancrage.core.accessibility.travel import Floats, Ints, Pairs
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import Vintage


class NoteKind(Enum):
    """What is missing or must be known before a result is read."""

    NO_ACCESS = "no_access"
    NO_PROFESSIONALS = "no_professionals"
    SILENT_FILE = "silent_file"
    NO_COMMUNE = "no_commune"
    CROW_FLY = "crow_fly"
    APPROXIMATE = "approximate"
    NO_POINT = "no_point"
    NO_RING = "no_ring"
    SILENT_RING = "silent_ring"
    NARROW_RING = "narrow_ring"
    MERGED = "merged"
    NOT_PUBLISHED = "not_published"
    NOBODY = "nobody"
    UNKNOWN_PEOPLE = "unknown_people"
    WHOLE_CITY = "whole_city"
    SILENT_DEPARTMENT = "silent_department"
    NOT_STANDARDISED = "not_standardised"
    ALL_AGES = "all_ages"
    UNREACHED = "unreached"
    OTHER_YEARS = "other_years"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: which communes it is about, or how many of what."""

    kind: NoteKind
    names: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Used:
    """A vintage a result was computed from, as pages, papers and stored results name it."""

    pk: int
    dataset: Dataset
    care: str
    year: int
    source: str
    licence: str
    url: str
    digest: str

    @classmethod
    def of(cls, vintage: Vintage) -> "Used":
        """Return what is said of a vintage."""
        return cls(
            vintage.pk,
            Dataset(vintage.dataset),
            vintage.care,
            vintage.year,
            vintage.source,
            vintage.licence,
            vintage.url,
            vintage.digest,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the territory or of its ring.

    Attributes:
        code: INSEE.
        name: as the list of communes has it; its code where no list names it.
        latitude: degrees; None: not known.
        longitude: the same.
        inside: whether it belongs to the territory, not to its ring.
        people: all those who live there, weighing nothing; None: not known.
        published: its official access, in the unit of the set; None: none, or a sum.
        capped: the official access by the oldest age that counts among professionals.
        merged: whether the published number is the sum of communes that were merged.
        professionals: how many work there, of all ages.
        ages: (age, how many), growing; those whose age is not told are left out. Never shown as
            they are: `ages_told` says what may be.
    """

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    inside: bool
    people: float | None
    published: float | None
    capped: Mapping[int, float]
    merged: bool
    professionals: float
    ages: tuple[tuple[int, float], ...]


@dataclass(frozen=True, eq=False)
class TerritoryModel:
    """Access to one profession over a territory and its ring. Shared by readers: never written.

    Attributes:
        care: whom access is counted to.
        parameters: how.
        used: the vintages it was computed from.
        places: the communes, by code; the rank of each is its place in `state`.
        state: supply, people and access, in the unit of the supply by person.
        pairs: the minutes between them, up to where the weight is nil.
        crow_fly: whether the minutes are guessed from distances.
        age_cap: the oldest age in the published numbers; None: all ages.
        notes: what must be known before the result is read.
        digest: of all that was read: the same digest, the same result.
    """

    care: Care
    parameters: Parameters
    used: tuple[Used, ...]
    places: tuple[Place, ...]
    state: Potential
    pairs: Pairs
    crow_fly: bool
    age_cap: int | None
    notes: tuple[Note, ...]
    digest: str
    ranks: Mapping[str, int] = field(repr=False)

    @cached_property
    def inside(self) -> Ints:
        """The ranks of the communes of the territory."""
        return np.array([r for r, place in enumerate(self.places) if place.inside], dtype=np.intp)

    @cached_property
    def people(self) -> Floats:
        """All those who live in each commune; 0 where it is not known."""
        return np.array([place.people or 0.0 for place in self.places])

    @cached_property
    def published(self) -> Floats:
        """The official access of each commune; NaN where there is none."""
        return np.array(
            [np.nan if place.published is None else place.published for place in self.places]
        )

    @cached_property
    def computed(self) -> Floats:
        """The access we compute, in the unit of the set: a mark of quality, no official value."""
        return self.state.access * self.parameters.people

    @property
    def has_supply(self) -> bool:
        """Whether a file of professionals was read."""
        return any(one.dataset is Dataset.PROFESSIONALS for one in self.used)

    @property
    def has_published(self) -> bool:
        """Whether a commune of the territory has its official access."""
        return bool(np.any(~np.isnan(self.published[self.inside])))

    def vintage(self, dataset: Dataset) -> Used | None:
        """Return the vintage of one kind that was read; None: none was."""
        return next((one for one in self.used if one.dataset is dataset), None)

    def anchored(self, access: Floats) -> Floats:
        """Return official access plus what a change brings; NaN where nothing is published.

        Args:
            access: of the state after the change, in the unit of the supply by person.
        """
        moved: Floats = self.published + (access - self.state.access) * self.parameters.people
        return moved

    def neighbours(self, rank: int) -> tuple[tuple[int, float], ...]:
        """Return the other communes within reach of one, nearest first, with the minutes."""
        away = (self.pairs.origins == rank) & (self.pairs.destinations != rank)
        found = zip(
            self.pairs.destinations[away].tolist(), self.pairs.minutes[away].tolist(), strict=True
        )
        return tuple(sorted(found, key=lambda one: (one[1], self.places[one[0]].code)))
