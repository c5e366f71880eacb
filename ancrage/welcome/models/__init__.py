"""What is kept of the welcome."""

from ancrage.welcome.models.origins import ServiceOrigin, StructureOrigin
from ancrage.welcome.models.projects import LifeProject, RequestMove, WelcomeRequest
from ancrage.welcome.models.terms import Availability, TakenDay, WelcomeTerms

__all__ = [
    "Availability",
    "LifeProject",
    "RequestMove",
    "ServiceOrigin",
    "StructureOrigin",
    "TakenDay",
    "WelcomeRequest",
    "WelcomeTerms",
]
