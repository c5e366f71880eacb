"""Words that differ by a slip of the fingers, found without comparing with every word.

Problem: among V known words, those at an edit distance of at most k (k = 1 or 2) of a given
one. Two words at distance k share a word obtained from each by at most k deletions (Mor and
Fraenkel, 1982; popularised as SymSpell). We store every word under its deletions, look up the
deletions of the given word, and check the few candidates by the exact distance.
Time: O(L^k) look-ups for a word of L letters, whatever V. Memory: O(V·L^k).
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

# Below ten letters two slips make another word too easily (« œnologue », « oncologue »).
LONG_WORD = 10
# No word of a profession is longer; the deletions of an endless one would fill the memory.
LONGEST_WORD = 30


def distance(one: str, other: str) -> int:
    """Return the edit distance, a swap of two adjacent letters counting once.

    Optimal string alignment: the least number of insertions, deletions, substitutions and
    adjacent swaps, no letter being edited twice. O(len(one)·len(other)).

    >>> distance("infirimier", "infirmier"), distance("manipulatuer", "manipulateur")
    (1, 1)
    """
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        two_above, above, row = above, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, two_above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _deletions(word: str, most: int) -> set[str]:
    found = {word}
    for count in range(1, most + 1):
        for kept in combinations(range(len(word)), len(word) - count):
            found.add("".join(word[index] for index in kept))
    return found


def _slips(word: str) -> int:
    return 2 if len(word) >= LONG_WORD else 1


class Neighbours:
    """The known words of at least five letters, ready to be found by a misspelt one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if 5 <= len(word) <= LONGEST_WORD:
                for shorter in _deletions(word, _slips(word)):
                    self._by_deletion[shorter].append(word)

    def nearest(self, word: str) -> tuple[list[str], int]:
        """Return the known words nearest to `word` and their distance, or ([], 0)."""
        if not 5 <= len(word) <= LONGEST_WORD:
            return [], 0
        best: list[str] = []
        least = _slips(word)
        candidates = {
            known
            for shorter in _deletions(word, _slips(word))
            for known in self._by_deletion.get(shorter, ())
        }
        for known in sorted(candidates):
            gap = distance(word, known)
            if gap > 1 and known[:2] != word[:2]:
                continue  # Hands slip in the middle of long words, seldom twice at the start.
            if gap < least:
                best, least = [known], gap
            elif gap == least:
                best.append(known)
        return (best, least) if best else ([], 0)
