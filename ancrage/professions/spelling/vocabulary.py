"""The known wordings and words, reduced to stems and laid out for look-up."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from ancrage.professions.spelling.shapes import Kind, Lexicon, Wording
from ancrage.professions.spelling.text import stem, words_of

Key = frozenset[str]

# A discipline names a person only beside one of these: « PH gériatrie », « IPA urgences ».
_HEADS = (
    ("SM", ("médecin", "médecin spécialiste", "médecin spécialisé")),
    ("SCD", ("chirurgien-dentiste", "dentiste")),
    ("SI", ("IPA", "infirmier en pratique avancée", "infirmier de pratique avancée")),
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a key."""

    wording: Wording
    is_discipline: bool = False


class Vocabulary:
    """Every wording under the set of its stems, and the role of every other known word."""

    def __init__(self, wordings: Iterable[Wording], lexicon: Lexicon) -> None:
        self._unaltered = frozenset(lexicon.unaltered)
        self.expansions: Mapping[str, tuple[str, ...]] = {
            self.stems(short)[0]: tuple(self.stems(full)) for short, full in lexicon.expansions
        }
        self.neutral = self._single_stems((*lexicon.noise, *lexicon.context, *lexicon.facilities))
        self.facilities = self._single_stems(lexicon.facilities)
        self.qualifiers = self._single_stems(lexicon.qualifiers)
        self.decoys = self._single_stems(lexicon.decoys)
        self.outside = frozenset(frozenset(self.stems(text)) for text in lexicon.outside)
        self.senses: Mapping[Key, list[Sense]] = self._laid_out(wordings)
        self.disciplines: Mapping[Key, list[Sense]] = {
            key: [sense for sense in senses if sense.is_discipline]
            for key, senses in self.senses.items()
            if any(sense.is_discipline for sense in senses)
        }
        in_keys = Counter(word for key in (*self.senses, *self.outside) for word in key)
        self.job_words = frozenset(in_keys) - self.neutral
        self.known = (
            frozenset(in_keys)
            | self.neutral
            | self.decoys
            | self.qualifiers
            | frozenset(self.expansions)
            | frozenset(word for words in self.expansions.values() for word in words)
        )
        self.keys_by_rarest_word: Mapping[str, list[Key]] = self._by_rarest(in_keys)
        self.keys_by_word: Mapping[str, list[Key]] = self._by_word()
        self._sorted_job_words = sorted(self.job_words)
        self.joined: Mapping[str, tuple[str, ...]] = self._written_as_one(wordings)

    def stems(self, text: str) -> list[str]:
        """Return the stems of `text` in order."""
        return [stem(word, self._unaltered) for word in words_of(text)]

    def stem(self, word: str) -> str:
        """Return the stem of one folded word."""
        return stem(word, self._unaltered)

    def expanded(self, stems: Iterable[str]) -> Iterator[str]:
        """Return `stems` with every abbreviation replaced by the words it stands for."""
        for word in stems:
            yield from self.expansions.get(word, (word,))

    def begun_by(self, word: str) -> frozenset[str]:
        """Return the words of jobs that an unknown word cut short begins: « anesth. ».

        In a short word two slips are too many for its neighbours: « soignte » then keeps the
        words that begin alike.
        """
        if len(word) < 4 or word in self.known:
            return frozenset()
        found = self._beginning(word)
        return found or (self._beginning(word[:5]) if 5 <= len(word) <= 7 else frozenset())

    def _beginning(self, start: str) -> frozenset[str]:
        words = self._sorted_job_words
        position = bisect_left(words, start)
        found = takewhile(lambda word: word.startswith(start), islice(words, position, None))
        return frozenset(found)

    def _single_stems(self, texts: Iterable[str]) -> frozenset[str]:
        return frozenset(word for text in texts for word in self.stems(text))

    def _laid_out(self, wordings: Iterable[Wording]) -> dict[Key, list[Sense]]:
        as_written: dict[Key, list[Sense]] = defaultdict(list)
        spelt_out: dict[Key, list[Sense]] = defaultdict(list)
        for sense, text in _texts(wordings):
            stems = self.stems(text)
            as_written[frozenset(stems)].append(sense)
            spelt_out[frozenset(self.expanded(stems))].append(sense)
        as_written.pop(frozenset(), None)
        spelt_out.pop(frozenset(), None)
        # What is written prevails: « IDE bloc » is doubtful, « infirmier de bloc » is itself.
        return {**spelt_out, **as_written}

    def _by_word(self) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in self.senses:
            for word in key:
                found[word].append(key)
        return found

    def _by_rarest(self, in_keys: Counter[str]) -> dict[str, list[Key]]:
        found: dict[str, list[Key]] = defaultdict(list)
        for key in {**self.senses, **dict.fromkeys(self.outside)}:
            found[min(key, key=lambda word: (in_keys[word], word))].append(key)
        return found

    def _written_as_one(self, wordings: Iterable[Wording]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for wording in wordings:
            stems = self.stems(wording.text)
            if wording.certain and 2 <= len(stems) <= 3 and len("".join(stems)) >= 8:
                found.setdefault(self.stem("".join(stems)), tuple(stems))
        return found


def _texts(wordings: Iterable[Wording]) -> Iterator[tuple[Sense, str]]:
    for wording in wordings:
        if wording.kind == Kind.DISCIPLINE:
            yield Sense(wording, is_discipline=True), wording.text
            for prefix, heads in _HEADS:
                if wording.specialty.startswith(prefix):
                    for head in heads:
                        yield Sense(wording), f"{head} {wording.text}"
        else:
            yield Sense(wording), wording.text
            if wording.kind == Kind.PRACTITIONER:
                yield Sense(wording), f"médecin {wording.text}"
