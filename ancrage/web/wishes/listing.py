"""The sheets as the page prints them: the most compatible first, one's own wishes above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ancrage.events.enums import CompatibilityPart, Meaning
from ancrage.events.models import Party
from ancrage.events.queries import SheetLine, ShownSheet, sheets_for
from ancrage.events.services.compatibility import compatible_with
from ancrage.kit.text import fold
from ancrage.web.wishes.forms import Said


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compatibility in words: its value from 0 to 100, None when not said."""

    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A sheet with its compatibility (None: nothing sought in common) and what was said of it."""

    sheet: ShownSheet
    value: int | None
    parts: tuple[Part, ...]
    said: Said
    rank: int | None = None

    @property
    def party(self) -> int:
        """The key of the party."""
        return self.sheet.party

    @property
    def modes(self) -> tuple[str, ...]:
        """What the party seeks or offers."""
        lines = [line for line in self.sheet.lines if line.meaning == Meaning.MODE]
        return lines[0].values if lines else ()

    @property
    def line(self) -> str:
        """Where they are, under the title."""
        where = () if not self.sheet.is_named else (self.sheet.organisation, self.sheet.place)
        return " · ".join(filter(None, where))

    @property
    def others(self) -> tuple[SheetLine, ...]:
        """The rest of the sheet, links apart."""
        lines = self.sheet.lines
        return tuple(one for one in lines if one.meaning != Meaning.MODE and not one.is_link)

    @property
    def links(self) -> tuple[SheetLine, ...]:
        """Addresses to open: a site, a minute of video."""
        return tuple(line for line in self.sheet.lines if line.is_link)

    def says(self, words: str) -> bool:
        """Say whether each of the folded words is on the sheet."""
        values = [value for line in self.sheet.lines for value in line.values]
        text = fold(" ".join([self.sheet.title, self.sheet.organisation, *values]))
        return all(word in text for word in words.split())


def choices_of(party: Party) -> list[Choice]:
    """Return the sheets of the other side: the most compatible first, then the others."""
    sheets = sheets_for(party)
    said = {one.about_id: one for one in party.wishes.all()}
    pairs = {one.party: one for one in compatible_with(party)}
    found = []
    for key in (*pairs, *sorted(set(sheets) - set(pairs))):
        if key not in sheets:
            continue
        pair, row = pairs.get(key), said.get(key)
        found.append(
            Choice(
                sheet=sheets[key],
                value=round(pair.value) if pair else None,
                parts=_parts(pair.parts) if pair else (),
                said=Said(row.kind) if row else Said.UNDECIDED,
                rank=row.rank if row else None,
            )
        )
    return found


def _parts(parts: Mapping[str, int | None]) -> tuple[Part, ...]:
    return tuple(Part(str(CompatibilityPart(name).label), parts[name]) for name in parts)


def wanted_in(choices: Iterable[Choice]) -> list[Choice]:
    """Return those wished, in their order."""
    wanted = [choice for choice in choices if choice.said == Said.WANTED]
    return sorted(wanted, key=lambda one: one.rank or 0)


def kept(choices: Sequence[Choice], *, words: str, said: str) -> list[Choice]:
    """Return the choices that hold every word, accents apart, and stand as asked."""
    folded = fold(words)
    return [
        choice
        for choice in choices
        if choice.says(folded) and (not said or choice.said == Said(said))
    ]
