"""The three answers of Kleene's logic: yes, no, and « to check » until a fact says otherwise.

« And » is the worst of two answers (`max`), « or » the best (`min`). Made of these only, an answer
that is settled stays so whatever facts are learnt afterwards.

Reference: S. C. Kleene, Introduction to Metamathematics (1952), §64.
"""

from enum import IntEnum


class State(IntEnum):
    """The answer to one condition, the best first."""

    MET = 0
    TO_CHECK = 1
    MISSING = 2
