"""Which profession does this text mean? Answer only when sure, ask otherwise.

Problem. A structure writes its needs in its own words: « IDE de nuit EHPAD », « aide
soigante », « PH gériatrie ». Given known wordings, each certain or doubtful, find the
profession meant, or the professions to choose from. A wrong certain answer sends the wrong
people to a post, so doubt costs less than error.

Steps for one text:
1. reduce it to stems: folded, masculine, singular, inclusive endings undone (`text.py`);
2. drop the abbreviation that repeats the initials of its neighbours, join or split words
   written apart or as one, correct unknown words near to a known one (`neighbours.py`);
3. add the words that abbreviations stand for;
4. find the known wordings whose words are all there, keep those contained in no other;
5. answer CERTAIN when they all mean one profession, one of them without doubt, and every
   other word is neutral; TO_CHECK with the meanings otherwise; with no wording at all, rank
   professions by the weight of the words in common, rare words weighing more.

Order of words never matters, so « infirmière/infirmier » and « soignant (aide) » need no rule.
Cost: O(L^2) for each unknown word of L letters, and O(W·B) for W words, B being the wordings
filed under one word (each under its rarest); about 20 µs for a text. Readings are remembered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from ancrage.professions.spelling.neighbours import Neighbours
from ancrage.professions.spelling.shapes import (
    Cause,
    Lexicon,
    Outcome,
    Reading,
    Suggestion,
    Wording,
)
from ancrage.professions.spelling.text import as_written, words_of
from ancrage.professions.spelling.vocabulary import Key, Sense, Vocabulary

MOST_SUGGESTIONS = 5
# Share of the weight of the words that must be common before a profession is suggested.
CLOSE_ENOUGH = 0.42
REMEMBERED = 50_000
# A cell that holds more is a comment, not a profession.
MOST_LETTERS = 300


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text once repaired."""

    stems: tuple[str, ...]
    written: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    is_sure: bool = True


class Index:
    """Known wordings, ready to read texts. Immutable once built; readings are remembered."""

    def __init__(
        self,
        wordings: Iterable[Wording],
        lexicon: Lexicon,
        *,
        parents: Iterable[tuple[str, str]] = (),
        own_specialties: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Prepare `wordings`.

        `parents` pairs a specialty with the one it is a variant of; `own_specialties` pairs a
        profession with the one specialty it always has (a geriatrician, SM18).
        """
        known = tuple(wordings)
        self._vocabulary = Vocabulary(known, lexicon)
        self._neighbours = Neighbours(self._vocabulary.known)
        self._parents = dict(parents)
        self._own_specialties = dict(own_specialties)
        self._rank = {
            profession: rank
            for rank, profession in enumerate(dict.fromkeys(w.profession for w in known))
        }
        self._weights = self._weighed()
        self._remembered: dict[str, Reading] = {}

    def read(self, text: str) -> Reading:
        """Return what `text` means."""
        if len(text) > MOST_LETTERS:
            return Reading(Outcome.UNKNOWN, Cause.TOO_LONG, f"{text[:60].strip()}…")
        known = self._remembered.get(text)
        if known is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            known = self._remembered[text] = self._read(text)
        return known

    def _read(self, text: str) -> Reading:
        words = self._repaired(words_of(text))
        if not words.stems:
            return Reading(Outcome.UNKNOWN, Cause.EMPTY)
        present = frozenset((*words.stems, *self._vocabulary.expanded(words.stems)))
        found = self._widest_within(present)
        left = self._left_over(words, found)
        jobs = [key for key in found if self._meanings(key)]
        if jobs and not (left and self._only_qualify(jobs)):
            return self._decided(text, words, jobs, found, left)
        if any(key in self._vocabulary.outside for key in found):
            return Reading(Outcome.UNKNOWN, Cause.OUTSIDE, text.strip())
        return self._nearest(text, words, found, left)

    # --- Repairing words -----------------------------------------------------------------------

    def _repaired(self, written: Sequence[str]) -> _Words:
        vocabulary = self._vocabulary
        stems: list[str] = []
        sources: list[str] = []
        corrected: list[tuple[str, str]] = []
        is_sure = True
        for word, source in self._rejoined(written):
            if word in vocabulary.known:
                stems.append(word)
                sources.append(source)
                continue
            if word in vocabulary.joined:
                parts = vocabulary.joined[word]
                stems.extend(parts)
                sources.extend([source] * len(parts))
                continue
            nearest, gap = self._neighbours.nearest(word)
            if len(nearest) == 1 and nearest[0] not in vocabulary.decoys:
                corrected.append((source, nearest[0]))
                # « pédologue » is not a slip for « podologue ».
                is_sure = is_sure and gap == 1 and nearest[0][:2] == word[:2]
                stems.append(nearest[0])
            else:
                stems.append(word)
            sources.append(source)
        kept = self._without_repeated_initials(stems)
        return _Words(
            stems=tuple(stems[i] for i in kept),
            written=tuple(sources[i] for i in kept),
            corrected=tuple(corrected),
            is_sure=is_sure,
        )

    def _rejoined(self, written: Sequence[str]) -> list[tuple[str, str]]:
        """Stem the words; join « kinési thérapeute » when only the two together are known."""
        vocabulary = self._vocabulary
        found: list[tuple[str, str]] = []
        position = 0
        while position < len(written):
            word = vocabulary.stem(written[position])
            if position + 1 < len(written):
                pair = vocabulary.stem(written[position] + written[position + 1])
                next_word = vocabulary.stem(written[position + 1])
                both_known = word in vocabulary.known and next_word in vocabulary.known
                if len(pair) >= 8 and pair in vocabulary.known and not both_known:
                    found.append((pair, written[position]))
                    position += 2
                    continue
            found.append((word, written[position]))
            position += 1
        return found

    @staticmethod
    def _without_repeated_initials(stems: Sequence[str]) -> list[int]:
        """Return the positions to keep: « Assistante de service social (ASS) » says it twice."""
        kept = []
        for position, word in enumerate(stems):
            others = "".join(other[0] for i, other in enumerate(stems) if i != position)
            if not (2 <= len(word) <= 5 and len(others) >= 2 and word in others):
                kept.append(position)
        return kept

    # --- Finding wordings ----------------------------------------------------------------------

    def _widest_within(self, present: frozenset[str]) -> list[Key]:
        """Return the known keys included in `present` that no other such key makes idle.

        A key is idle when, spelt out, it is part of another: « IDE » beside « infirmier
        coordinateur ». Of two that spell out the same, the abbreviation is what was written:
        « CDS » is doubtful although « cadre de santé » is not.
        """
        found = [
            key
            for word in present
            for key in self._vocabulary.keys_by_rarest_word.get(word, ())
            if key <= present
        ]
        found.sort(key=lambda key: (-len(key), sorted(key)))
        spelt_out = [(key, frozenset(self._vocabulary.expanded(key))) for key in found]
        return [
            key
            for key, words in spelt_out
            if not any(
                words < other_words or (words == other_words == key != other)
                for other, other_words in spelt_out
            )
        ]

    def _left_over(self, words: _Words, found: Iterable[Key]) -> list[str]:
        """Return the words, as written, that no key nor the neutral vocabulary explains."""
        vocabulary = self._vocabulary
        covered = frozenset(word for key in found for word in key) | vocabulary.neutral
        left: list[str] = []
        in_a_name = False
        for word, source in zip(words.stems, words.written, strict=True):
            if word in vocabulary.facilities:
                in_a_name = True
            elif in_a_name and word not in vocabulary.known:
                continue
            elif word in vocabulary.known:
                in_a_name = in_a_name and word in vocabulary.neutral
            if word not in covered and not covered.issuperset(
                vocabulary.expansions.get(word, (word,))
            ):
                left.append(source)
        return left

    def _only_qualify(self, jobs: Iterable[Key]) -> bool:
        """Say whether the words found name nobody by themselves: « responsable », « aide »."""
        return all(
            key <= self._vocabulary.qualifiers
            and not any(sense.wording.certain for sense in self._meanings(key))
            for key in jobs
        )

    def _meanings(self, key: Key) -> list[Sense]:
        """Return the professions of a key; none when it is a discipline or a job outside."""
        if key in self._vocabulary.outside:
            return []
        return [s for s in self._vocabulary.senses.get(key, ()) if not s.is_discipline]

    # --- Deciding ------------------------------------------------------------------------------

    def _decided(
        self,
        text: str,
        words: _Words,
        jobs: Sequence[Key],
        found: Sequence[Key],
        left: Sequence[str],
    ) -> Reading:
        senses = [sense for key in jobs for sense in self._meanings(key)]
        certain = [sense for sense in senses if sense.wording.certain]
        named = {sense.wording.profession for sense in certain}
        agree = all(
            named & {sense.wording.profession for sense in self._meanings(key)} for key in jobs
        )
        specialties = self._narrowest({s.wording.specialty for s in senses} - {""})
        outside = any(key in self._vocabulary.outside for key in found)
        if len(named) == 1 and agree and len(specialties) <= 1:
            if left or outside:
                cause, evidence = Cause.LEFTOVER, self._as_written(text, left, found)
            elif not words.is_sure:
                cause, evidence = Cause.FAR_TYPO, words.corrected[0][0]
            else:
                return self._certain(text, words, certain[0], specialties)
        elif len(jobs) > 1 and certain:
            cause, evidence = Cause.SEVERAL, text.strip()
        else:
            cause, evidence = Cause.AMBIGUOUS, text.strip()
        return Reading(
            Outcome.TO_CHECK,
            cause,
            evidence,
            suggestions=self._suggested([*certain, *(s for s in senses if s not in certain)]),
        )

    def _certain(
        self, text: str, words: _Words, sense: Sense, specialties: frozenset[str]
    ) -> Reading:
        wording = sense.wording
        cause, evidence = Cause(wording.kind.value), wording.text
        if words.corrected:
            cause, evidence = Cause.TYPO, as_written(text, words.corrected[0][0])
        own = self._own_specialties.get(wording.profession, "")
        return Reading(
            Outcome.CERTAIN,
            cause,
            evidence,
            profession=wording.profession,
            specialty=next(iter(specialties), own),
        )

    def _narrowest(self, specialties: set[str]) -> frozenset[str]:
        """Drop a specialty when one of its variants is there too."""
        wider = {self._parents.get(code, "") for code in specialties}
        return frozenset(specialties - wider)

    def _as_written(self, text: str, left: Sequence[str], found: Iterable[Key]) -> str:
        words = left or [
            word
            for word in words_of(text)
            if any(
                self._vocabulary.stem(word) in key
                for key in found
                if key in self._vocabulary.outside
            )
        ]
        return " ".join(dict.fromkeys(as_written(text, word) for word in words))

    def _suggested(self, senses: Iterable[Sense]) -> tuple[Suggestion, ...]:
        found = dict.fromkeys(
            Suggestion(sense.wording.profession, sense.wording.specialty) for sense in senses
        )
        return tuple(found)[:MOST_SUGGESTIONS]

    # --- When no wording is there --------------------------------------------------------------

    def _weighed(self) -> dict[str, float]:
        """Weigh each word by its rarity among professions: log(1 + N / professions using it)."""
        users: dict[str, set[str]] = {}
        for key in self._vocabulary.senses:
            for sense in self._meanings(key):
                for word in key:
                    users.setdefault(word, set()).add(sense.wording.profession)
        return {word: log(1 + len(self._rank) / len(by)) for word, by in users.items()}

    def _nearest(
        self, text: str, words: _Words, found: Sequence[Key], left: Sequence[str]
    ) -> Reading:
        """Rank professions by the words in common, or give the specialties of a service."""
        disciplines = [
            sense for key in found for sense in self._vocabulary.disciplines.get(key, ())
        ]
        if disciplines and not left:
            return Reading(
                Outcome.TO_CHECK,
                Cause.SERVICE,
                text.strip(),
                suggestions=self._suggested(disciplines),
            )
        scores = self._scores(words)
        if not scores:
            return Reading(Outcome.UNKNOWN, Cause.NOTHING, text.strip())
        ranked = sorted(
            scores.items(),
            key=lambda item: (-item[1], self._rank[item[0].profession], item[0].specialty),
        )
        return Reading(
            Outcome.TO_CHECK,
            Cause.CLOSE,
            text.strip(),
            suggestions=tuple(suggestion for suggestion, _score in ranked[:MOST_SUGGESTIONS]),
        )

    def _scores(self, words: _Words) -> dict[Suggestion, float]:
        vocabulary = self._vocabulary
        written = frozenset(vocabulary.expanded(words.stems))
        begun = {word: vocabulary.begun_by(word) for word in written}
        present = written.union(*begun.values())
        telling = frozenset(w for w in written if not begun[w]) - vocabulary.neutral
        heaviest = log(1 + len(self._rank))
        scores: dict[Suggestion, float] = {}
        shared = {key for word in present for key in vocabulary.keys_by_word.get(word, ())}
        for key in shared:
            if key & present <= vocabulary.qualifiers | vocabulary.neutral:
                continue
            share = sum(self._weights.get(word, heaviest) for word in key & present) / sum(
                self._weights.get(word, heaviest) for word in key | telling
            )
            if share < CLOSE_ENOUGH:
                continue
            for sense in self._meanings(key):
                suggestion = Suggestion(sense.wording.profession, sense.wording.specialty)
                scores[suggestion] = max(scores.get(suggestion, 0.0), share)
        return scores
