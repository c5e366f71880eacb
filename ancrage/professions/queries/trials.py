"""What a writing would change, before it is learnt: nothing may become wrong, nor doubtful."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ancrage.professions.models import Profession
from ancrage.professions.queries.spellings import ProfessionReader, profession_reader, sentence_of
from ancrage.professions.reference.wordings import LEXICON
from ancrage.professions.spelling import Outcome, Reading, Wording
from ancrage.professions.spelling.text import stem, words_of

_UNALTERED = frozenset(LEXICON.unaltered)


def _stems(texts: Collection[str]) -> frozenset[str]:
    return frozenset(stem(word, _UNALTERED) for text in texts for word in words_of(text))


# Words that stand beside any profession, or change it: alone, they may not designate one.
_COMMON = _stems((*LEXICON.noise, *LEXICON.context, *LEXICON.facilities, *LEXICON.qualifiers))


@dataclass(frozen=True, slots=True)
class Clash:
    """A known writing that would no longer be read as it is.

    `profession` is what it designates or may designate today; `instead` is what it would
    surely, and wrongly, designate then: None when it would only become doubtful.
    """

    text: str
    profession: Profession
    instead: Profession | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come of learning some writings: how the first would be read, what it harms."""

    reading: Reading
    reason: str
    clashes: tuple[Clash, ...]


def only_common_words(text: str) -> bool:
    """Say whether nothing in `text` names a profession: « nuit », « équipe mobile », « cadre »."""
    return _stems([text]) <= _COMMON


def try_wordings(added: Sequence[Wording], *, removed: Collection[Wording] = ()) -> Trial:
    """Read every known writing again as if `added` were learnt and `removed` forgotten.

    Costs about two tenths of a second: the index is built once, thousands of writings read.
    """
    reader = profession_reader()
    index = reader.index_with(added, removed)
    reading = index.read(added[0].text)
    clashes = (
        _clash(reader, wording, index.read(wording.text))
        for wording in reader.wordings
        if wording not in removed
    )
    by_text = {clash.text: clash for clash in clashes if clash is not None}
    return Trial(reading, sentence_of(reading), tuple(by_text.values()))


def _clash(reader: ProfessionReader, wording: Wording, after: Reading) -> Clash | None:
    before = reader.index.read(wording.text)
    if before.outcome == Outcome.CERTAIN:
        if (after.outcome, after.profession) == (before.outcome, before.profession):
            return None
        meant = before.profession
    elif after.outcome == Outcome.CERTAIN and after.profession != wording.profession:
        meant = wording.profession
    else:
        return None
    return Clash(wording.text, reader.professions[meant], reader.professions.get(after.profession))
