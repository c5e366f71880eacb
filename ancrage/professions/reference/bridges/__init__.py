"""The bridges between professions, typed by hand from public sources, each named in its row.

Facts only, in our own words. Amounts, lengths and dates are to be read again on the live page
before somebody relies on them: `CHECKED_ON` is the day of the last check, and pages say so.
"""

from datetime import date

from ancrage.professions.reference.bridges.care import (
    IN_CARE,
    TO_CARE_ASSISTANT,
    TRANSPORT_AND_DISPATCH,
    WITHOUT_SELECTION,
)
from ancrage.professions.reference.bridges.fundings import FUNDINGS
from ancrage.professions.reference.bridges.nursing import (
    FROM_NURSE,
    PRACTICES_AND_STUDIES,
    TO_NURSE,
)
from ancrage.professions.reference.bridges.shapes import BridgeRow, FundingRow, TitleRow
from ancrage.professions.reference.bridges.titles import TITLES

CHECKED_ON = date(2026, 11, 20)

BRIDGES: tuple[BridgeRow, ...] = (
    *WITHOUT_SELECTION,
    *TO_CARE_ASSISTANT,
    *IN_CARE,
    *TRANSPORT_AND_DISPATCH,
    *TO_NURSE,
    *FROM_NURSE,
    *PRACTICES_AND_STUDIES,
)

__all__ = ["BRIDGES", "CHECKED_ON", "FUNDINGS", "TITLES", "BridgeRow", "FundingRow", "TitleRow"]
