"""What a territory can count of itself: one registry, that every part declares its measures to.

An app's `measures.py` says what it can compute, by the very queries its pages ask; the roadmap,
the report and the public figures read them from here and count nothing themselves. Counts of
people are masked as everywhere (`ancrage.privacy.cells`): what is read here may be printed.

A measure is told of a whole territory; some are told of a part of it too (`Measure.cut`). Nobody
learns a small number of people from the part and the whole together: counts of people are told by
intercommunality only, which do not overlap, and by the rule of `people_in`; of people, shares,
delays and amounts are told of the whole only.

    declare(
        Measure(
            key="needs.open",
            name=_("Besoins en cours"),
            definition=_("Besoins publiés, que l’on peut encore pourvoir."),
            unit=MeasureUnit.COUNT,
            part=MeasurePart.NEEDS,
            moment=MeasureMoment.READING,
            compute=needs_open,
        )
    )
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from ancrage.kit.days import midnight
from ancrage.kit.figures import percent_of
from ancrage.privacy.cells import K, masked, parted, small_cell
from ancrage.territory.enums import (
    MeasureCut,
    MeasureMoment,
    MeasurePart,
    MeasureUnit,
    PerimeterKind,
)
from ancrage.territory.perimeters import Perimeter, epci_keys

T = TypeVar("T")
_HUNDREDTHS = Decimal(100)
# Long before anything was recorded.
_EVER = date(2000, 1, 1)
# Of these, zero may be that nothing was recorded yet; a delay of no day was measured.
_COUNTS = frozenset({MeasureUnit.COUNT, MeasureUnit.PEOPLE, MeasureUnit.FTE, MeasureUnit.EUROS})


class UnknownMeasure(LookupError):
    """A measure that no part declares was asked for."""


class NotToldOfThisPart(LookupError):
    """A measure that is told of the whole territory was asked for of a part."""


class PeriodReversed(ValueError):
    """A period that ends before it starts."""


@dataclass(frozen=True)
class Period:
    """The days from `starts` to `ends`, **both included**, read at the moment `now`.

    `now` is when the reading is made: what only holds today is read at that moment, whatever the
    days (`MeasureMoment.READING`).
    """

    starts: date
    ends: date
    now: datetime
    _answers: dict[Hashable, Any] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            message = f"{self.starts} → {self.ends}"
            raise PeriodReversed(message)

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return what `ask` answers of these days; asked once where measures are read `together`.

        `question` names it, the territory included.
        """
        return self.ever((self.starts, self.ends, question), ask)

    def ever(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return what `ask` answers, whatever the days; asked once where measures are read
        `together`, and over other days beside (`over`)."""
        if self._answers is None:
            return ask()
        if question not in self._answers:
            self._answers[question] = ask()
        answer: T = self._answers[question]
        return answer

    def over(self, starts: date, ends: date) -> "Period":
        """Return other days, read at the same moment, beside these."""
        return replace(self, starts=starts, ends=ends)

    def together(self) -> "Period":
        """Return the same period, for measures that are read together: they share answers."""
        return self if self._answers is not None else replace(self, _answers={})

    @property
    def today(self) -> date:
        """The day of reading, in the time zone of the platform."""
        return timezone.localdate(self.now)

    @property
    def until(self) -> date:
        """The day after the last."""
        return self.ends + timedelta(days=1)

    @property
    def first_moment(self) -> datetime:
        """The midnight the period opens at: the first moment of it."""
        return midnight(self.starts)

    @property
    def end_moment(self) -> datetime:
        """The midnight the period closes at: the first moment after it."""
        return midnight(self.until)


@dataclass(frozen=True)
class Reading:
    """What a measure came to, over a period, in a perimeter.

    `value` is in the unit of the measure: a share in percents, working time in FTE, money in
    euros, a delay in days. None when it is `masked`, or when there was nothing to count, which
    `note` then tells. A share keeps what it was made of, unless it is masked.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    masked: bool = False
    note: str = ""
    # Nothing of the kind had been recorded yet: that is not zero.
    unrecorded: bool = False
    # What the value was read from, where that is older than the reading: « APL 2015 ».
    vintage: str = ""


Compute = Callable[[Perimeter, Period], Reading]


@dataclass(frozen=True)
class Measure:
    """A figure that the platform computes: what it is called, what it counts, and how.

    `name`, `definition` are lazy translations; the definition is one sentence that says what is
    counted, so that somebody else would count the same. `compute` asks a constant number of
    queries; it is handed the perimeters that `cut` allows.
    """

    key: str
    name: str | Promise
    definition: str | Promise
    unit: MeasureUnit
    part: MeasurePart
    compute: Compute
    moment: MeasureMoment = MeasureMoment.PERIOD
    cut: MeasureCut = MeasureCut.WHOLE

    def is_told_of(self, where: Perimeter) -> bool:
        """Say whether it can be told of this perimeter."""
        if where.is_whole or self.cut == MeasureCut.PLACE:
            return True
        return self.cut == MeasureCut.EPCI and where.kind == PerimeterKind.EPCI

    def read(self, where: Perimeter, period: Period) -> Reading:
        """Return what it comes to.

        Raises:
            NotToldOfThisPart: it can only be told of the whole territory.

        """
        if not self.is_told_of(where):
            raise NotToldOfThisPart(self.key)
        return self.compute(where, period)


_measures: dict[str, Measure] = {}


def declare(*measures: Measure) -> None:
    """Add measures to the registry, when the platform starts.

    Raises:
        ValueError: two of them, or one already known, have the same key.

    """
    for measure in measures:
        if measure.key in _measures:
            message = f"the measure {measure.key!r} is declared twice"
            raise ValueError(message)
        _measures[measure.key] = measure


def measures(part: MeasurePart | None = None) -> tuple[Measure, ...]:
    """Return all measures, or those of one part: by part, then as they were declared."""
    order = list(MeasurePart)
    known = sorted(_measures.values(), key=lambda one: order.index(one.part))
    return tuple(one for one in known if part is None or one.part == part)


def measure(key: str) -> Measure:
    """Return the measure of that key.

    Raises:
        UnknownMeasure: no part declares it.

    """
    try:
        return _measures[key]
    except KeyError:
        raise UnknownMeasure(key) from None


def readings(
    where: Perimeter, period: Period, among: Iterable[Measure] | None = None
) -> dict[str, Reading]:
    """Return what each measure comes to, by key; all of them, or those `among`, but those that
    are not told of this perimeter.

    Measures that ask the same question ask it once: the queries are fewer than one by one.
    """
    shared = period.together()
    asked = measures() if among is None else among
    return {one.key: one.read(where, shared) for one in asked if one.is_told_of(where)}


def as_recorded(
    where: Perimeter, period: Period, found: Mapping[str, Reading]
) -> dict[str, Reading]:
    """Return readings of days gone by, where zero is said only of what was recorded before.

    The platform was there before most of what it counts: « 0 » of a year in which nobody noted
    such things yet would be read as a fact. Asks no query where nothing is zero.
    """
    zeros = [
        measure(key)
        for key, reading in found.items()
        if reading.value == 0 and measure(key).unit in _COUNTS
    ]
    earlier = period.over(_EVER, period.starts - timedelta(days=1))
    before = readings(where, earlier, zeros) if zeros else {}
    silent = [key for key, reading in before.items() if not reading.value and not reading.masked]
    return {**found, **dict.fromkeys(silent, unrecorded())}


# --- What `compute` returns ---------------------------------------------------------------------


def counted(number: int) -> Reading:
    """A count of things: needs, structures, events."""
    return Reading(Decimal(number))


def people(number: int) -> Reading:
    """A count of people, masked from one to four."""
    if small_cell(number):
        return hidden()
    return Reading(Decimal(number))


def people_by_cell(cells: Sequence[int]) -> list[Reading]:
    """The counts of people of one row whose total can be known, in order.

    Where one is masked, a second is: the first would be the total less the others.
    """
    return [hidden() if one is None else Reading(Decimal(one)) for one in masked(list(cells))]


def people_in(where: Perimeter, period: Period, counts: Mapping[int | None, int]) -> Reading:
    """The count of people of a perimeter, from their counts by commune (None: nobody knows).

    For an intercommunality, as it may be told beside the others and the whole: `parted`, over all
    of them and what is in none. The whole is masked from one to four.
    """
    if where.is_whole:
        return people(sum(counts.values()))
    keys = period.ever(("epci_keys", where.territory.pk), lambda: epci_keys(where.territory))
    cells = {"": 0, **dict.fromkeys(keys.values(), 0)}
    for commune, count in counts.items():
        cells[keys.get(commune, "") if commune is not None else ""] += count
    shown = dict(zip(cells, parted(list(cells.values())), strict=True))[where.key]
    if shown is not None:
        return Reading(Decimal(shown))
    note = _("Trop peu de personnes ici, ou dans une autre intercommunalité : non affiché.")
    return Reading(None, masked=True, note=note)


def share(part: int, whole: int, *, none: str = "") -> Reading:
    """What percentage `part` is of `whole` things; `none` says why there is nothing to count."""
    if not whole:
        return nothing(none)
    return Reading(Decimal(percent_of(part, whole)), part, whole)


def share_of_people(part: int, whole: int, *, none: str = "") -> Reading:
    """What percentage `part` is of `whole` people; masked when either side of it is small."""
    if None in masked([part, whole - part]):
        note = _("D’un côté de cette part, moins de %(least)d personnes : part non affichée.")
        return Reading(None, masked=True, note=note % {"least": K})
    return share(part, whole, none=none)


def days(number: float | None, *, none: str = "") -> Reading:
    """A delay in days; `none` says why there is none."""
    return nothing(none) if number is None else Reading(Decimal(str(number)))


def fte(hundredths: int) -> Reading:
    """Working time, from hundredths of a full-time post."""
    return Reading(Decimal(hundredths) / _HUNDREDTHS)


def euros(cents: int) -> Reading:
    """Money, from cents."""
    return Reading(Decimal(cents) / _HUNDREDTHS)


def nothing(note: str = "") -> Reading:
    """No value: nothing was there to be counted, for the reason `note`."""
    return Reading(None, note=note or _("Rien à compter sur la période."))


def unrecorded() -> Reading:
    """No value: nothing of the kind had been recorded on the platform yet."""
    return Reading(None, note=_("Rien de tel n’était encore noté."), unrecorded=True)


def hidden() -> Reading:
    """A value that would tell of fewer than five people."""
    return Reading(
        None, masked=True, note=_("Moins de %(least)d personnes : non affiché.") % {"least": K}
    )


def hidden_beside() -> Reading:
    """A value that would tell of fewer than five people, taken from another published."""
    note = _(
        "Comparé à un autre rapport publié, ce nombre parlerait de moins de %(least)d personnes."
    )
    return Reading(None, masked=True, note=note % {"least": K})


# --- In words -----------------------------------------------------------------------------------


def value_in_words(value: Decimal, unit: MeasureUnit) -> str:
    """Return a value with its unit, as the language of the page writes it: « 2,5 ETP »."""
    number = number_of(value, unit)
    if unit == MeasureUnit.SHARE:
        return _("%(number)s %%") % {"number": number}
    if unit == MeasureUnit.FTE:
        return _("%(number)s ETP") % {"number": number}
    if unit == MeasureUnit.EUROS:
        return _("%(number)s €") % {"number": number}
    if unit == MeasureUnit.DAYS:
        text = ngettext("%(number)s jour", "%(number)s jours", _many(value))
        return text % {"number": number}
    if unit == MeasureUnit.PEOPLE:
        text = ngettext("%(number)s personne", "%(number)s personnes", _many(value))
        return text % {"number": number}
    return number


def reading_in_words(reading: Reading, unit: MeasureUnit) -> str:
    """Return what was read, with its unit; « masqué », « pas de données » or « sans objet » where
    there is none."""
    if reading.value is not None:
        return value_in_words(reading.value, unit)
    if reading.unrecorded:
        return _("pas de données")
    return _("masqué") if reading.masked else pgettext("valeur d’une mesure", "sans objet")


def number_of(value: Decimal, unit: MeasureUnit) -> str:
    """Return the figure alone: groups of three digits, no digit that says nothing."""
    places = 2 if unit == MeasureUnit.EUROS and value % 1 else None
    shown = value if places is not None else _bare(value)
    return number_format(shown, decimal_pos=places, use_l10n=True, force_grouping=True)


def _many(value: Decimal) -> int:
    # « 1,5 jour », « 1.5 days »: in French, whatever is less than two is one.
    return int(value) if (get_language() or "").startswith("fr") else ceil(value)


def _bare(value: Decimal) -> Decimal:
    """The value without the zeros after its comma: 2.50 is 2.5, and 100 stays 100."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
