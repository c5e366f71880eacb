"""The person and the need as the fit sees them: facts, each of which may be unknown.

Everywhere `None` means « nobody has said », and an empty collection « there is none »: the
difference decides between « to check » and « missing ». Nothing here tells age, sex, family or
life project: what is not a field cannot weigh.

Codes (professions, contracts, hours, proofs) are plain words chosen by the caller.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

NEVER = date.max
"""The end of what does not end: a permanent post, a proof without expiry."""


class Held(Enum):
    """Whether a person has a diploma or a registration."""

    YES = "yes"
    NO = "no"
    EXPECTED = "expected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Credential:
    """A diploma or a registration; `on` is the day it is expected, where it is."""

    held: Held = Held.UNKNOWN
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """One profession of a person. A specialty of "" is « none »."""

    profession: str
    specialty: str | None = ""
    diploma: Credential = Credential()
    registration: Credential = Credential()


@dataclass(frozen=True, slots=True)
class Licence:
    """A dated right to work as a profession without its full title.

    « Licence de remplacement » of a medical student, nursing student working as a care
    assistant. Without contracts of its own, it serves for all.
    """

    kind: str
    profession: str
    specialty: str | None = ""
    contracts: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper that posts ask for (first aid, honourability); a kind not listed is unknown."""

    kind: str
    held: bool = True
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """How far from a commune a person would go: minutes, kilometres, or both."""

    commune: str
    latitude: float | None = None
    longitude: float | None = None
    max_minutes: int | None = None
    max_km: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What a person offers and accepts. FTE in hundredths, days from 0 (Monday) to 6."""

    key: str
    practices: tuple[Practice, ...] | None = None
    licences: tuple[Licence, ...] | None = None
    proofs: tuple[Proof, ...] = ()
    zones: tuple[Zone, ...] | None = None
    available_from: date | None = None
    available_to: date | None = None
    contracts: frozenset[str] | None = None
    fte_min: int | None = None
    fte_max: int | None = None
    hours_accepted: frozenset[str] = frozenset()
    hours_refused: frozenset[str] = frozenset()
    days: frozenset[int] | None = None
    years_of_experience: int | None = None
    skills: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way from another profession to that of the need.

    A direct one lets its holder take the post as things stand; otherwise `months` of training
    come first.
    """

    source: str
    direct: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a post asks. FTE in hundredths, days from 0 (Monday) to 6.

    A specialty of "" asks for none. `latest_start` is the last day on which the post can still
    begin; without it, that is `starts_on`.
    """

    key: str
    profession: str
    fte: int = 100
    specialty: str = ""
    bridges: tuple[Bridge, ...] = ()
    diploma_required: bool | None = True
    registration_required: bool | None = None
    licences: frozenset[str] = frozenset()
    proofs: frozenset[str] = frozenset()
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    starts_on: date | None = None
    latest_start: date | None = None
    ends_on: date | None = None
    contract: str | None = None
    hours: frozenset[str] | None = None
    days: frozenset[int] | None = None
    years_of_experience: int = 0
    skills: frozenset[str] = frozenset()
