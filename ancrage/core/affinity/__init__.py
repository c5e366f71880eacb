"""How well two sides of a meeting would get on, from what each wrote and wished.

Problem: before a timetable is made, each pair of a host and a visitor needs a score from 1 to
1,000, or to be left out. A score that nobody can explain is not believed, so it is made of parts
(the mode sought, the distance, the date, the days, the specialty), each from 0 to 100, whose
weights the organiser sees and moves, and of what each side wished of the other.

Steps, for each pair: what forbids it (refused by one side; no mode in common); the parts; their
weighted mean; then the mean of that and of the two wishes. O(hosts × visitors), no randomness,
the same result whatever the order of the two lists.

Source: the mix of compatibility and ranked wishes follows the usual practice of speed meetings,
half compatibility, a quarter for each side's wishes, before the organiser moves the weights.
"""

from ancrage.core.affinity.pairs import ScoredPair, Wishes, pairs_of
from ancrage.core.affinity.parts import NEUTRAL, PARTS, Part, Weights
from ancrage.core.affinity.scoring import Affinity, Barrier, affinity
from ancrage.core.affinity.sheets import Sheet

__all__ = [
    "NEUTRAL",
    "PARTS",
    "Affinity",
    "Barrier",
    "Part",
    "ScoredPair",
    "Sheet",
    "Weights",
    "Wishes",
    "affinity",
    "pairs_of",
]
