"""The support of a person: journey, steps, contacts, immersions, milestones, stays."""

from ancrage.journeys.models.arrivals import ArrivalOutcome
from ancrage.journeys.models.journeys import ContactLog, Immersion, Journey, Milestone, Step
from ancrage.journeys.models.stays import FollowUp, Stay

__all__ = [
    "ArrivalOutcome",
    "ContactLog",
    "FollowUp",
    "Immersion",
    "Journey",
    "Milestone",
    "Stay",
    "Step",
]
