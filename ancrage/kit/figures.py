"""Figures as people round them."""


def percent_of(part: int, whole: int) -> int:
    """Return the share in percents, halves rounded up as people do; 0 of nothing.

    >>> percent_of(5, 8)
    63
    """
    return (200 * part + whole) // (2 * whole) if whole else 0
