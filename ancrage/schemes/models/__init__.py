"""The inventory of aids, the cases that try its rules, the requests followed."""

from ancrage.schemes.models.cases import SchemeCase
from ancrage.schemes.models.inventory import (
    NonCumulationGroup,
    Scheme,
    SchemeAmount,
    SchemeRule,
    Zoning,
    ZoningList,
)
from ancrage.schemes.models.requests import AidMove, AidRequest

__all__ = [
    "AidMove",
    "AidRequest",
    "NonCumulationGroup",
    "Scheme",
    "SchemeAmount",
    "SchemeCase",
    "SchemeRule",
    "Zoning",
    "ZoningList",
]
