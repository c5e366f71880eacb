"""Needs and resources are read and written in the same world."""

from tests.web.declaring import (
    commune,
    coordinator,
    neighbour,
    november,
    owner,
    partner,
    read,
    territory,
)

__all__ = [
    "commune",
    "coordinator",
    "neighbour",
    "november",
    "owner",
    "partner",
    "read",
    "territory",
]
