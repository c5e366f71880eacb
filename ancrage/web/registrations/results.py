"""What a registration gave, carried by the address of the page that says so.

It names nobody, and says the same of an address that was registered before: only the mail tells
the owner of the address.
"""

from dataclasses import dataclass

from django.core.signing import Signer

from ancrage.kit.links import unsigned

_SIGNER = Signer(salt="ancrage.web.registrations.result")


@dataclass(frozen=True)
class Result:
    """The rank on the waiting list (0: a place), for how many people."""

    rank: int
    people: int


def written(result: Result) -> str:
    """Return the last part of the address of the page."""
    return _SIGNER.sign_object({"rank": result.rank, "people": result.people})


def read(text: str) -> Result:
    """Return what an address carries. Raises `LinkForged`."""
    return Result(**unsigned(_SIGNER, text))
