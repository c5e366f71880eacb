"""What is owed in return for an aid that was granted, and what leaving would cost."""

from dataclasses import dataclass
from datetime import date

from ancrage.core.eligibility.commitment import Clock, UnknownLength
from ancrage.schemes.enums import COMMITTED_STATES
from ancrage.schemes.models import AidRequest, Scheme
from ancrage.schemes.services.answers import commitment_clock


@dataclass(frozen=True, slots=True)
class Owed:
    """The commitment of a request on a day; `clock` is None while a date or a length misses."""

    on: date
    clock: Clock | None
    # What must still be said for the clock to run.
    needs_start: bool
    needs_length: bool


def owes_something(scheme: Scheme) -> bool:
    """Say whether an aid asks for a commitment."""
    return bool(scheme.commitment_months or scheme.commitment_factor or scheme.commitment_least)


def owed_on(*, request: AidRequest, on: date) -> Owed | None:
    """Return what is owed for a request at the end of a day, were the person to leave then.

    None where nothing is: no commitment, or an aid not granted. What was received is what was
    paid, or else what was granted.
    """
    scheme = request.scheme
    if request.state not in COMMITTED_STATES or not owes_something(scheme):
        return None
    if request.starts_on is None:
        lacks_length = bool(scheme.commitment_factor) and request.course_months is None
        return Owed(on, None, needs_start=True, needs_length=lacks_length)
    try:
        clock = commitment_clock(
            scheme=scheme,
            start=request.starts_on,
            received_cents=request.paid_cents or request.granted_cents or 0,
            on=on,
            course_months=request.course_months,
        )
    except UnknownLength:
        return Owed(on, None, needs_start=False, needs_length=True)
    return Owed(on, clock, needs_start=False, needs_length=False)
