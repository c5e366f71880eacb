"""What: professions, the words people write for them, specialties, and bridges between them."""

from ancrage.professions.models.bridges import BridgeFunding, ProfessionBridge, Qualification
from ancrage.professions.models.professions import Profession, ProfessionAlias, Specialty

__all__ = [
    "BridgeFunding",
    "Profession",
    "ProfessionAlias",
    "ProfessionBridge",
    "Qualification",
    "Specialty",
]
