"""Searches that people of the demo keep, and of which they are told what is new. Invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from ancrage.accounts.models import User
from ancrage.matching import services as matching
from ancrage.matching.enums import SearchFrequency
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.territory.models import Territory

# Who keeps it, under which name, for a post of which profession (none: posts for oneself).
_KEPT = (
    ("rh@hopital.demo.example", "Infirmiers pour l’été", "nurse", SearchFrequency.WEEKLY),
    ("coordination@demo.example", "Médecins pour le rétro-littoral", "general_practitioner",
     SearchFrequency.DAILY),
    ("professionnelle@demo.example", "Postes près de chez moi", "", SearchFrequency.DAILY),
)  # fmt: skip


def load_searches(territory: Territory, users: Mapping[str, User], *, now: datetime) -> None:
    """Keep one search for each side: a structure, the coordination, a person."""
    hospital_first = Need.objects.filter(
        partner__territory=territory, status=NeedStatus.PUBLISHED
    ).order_by("partner", "pk")
    for rank, (email, name, profession, frequency) in enumerate(_KEPT):
        need = hospital_first.filter(profession__code=profession).first() if profession else None
        if need is None and profession:
            continue
        matching.save_search(
            need=need,
            words={},
            name=name,
            frequency=frequency,
            by=users[email],
            now=now - timedelta(days=9 + rank),
        )
