"""What a person tells for the bridges between professions, beyond their profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models.profiles import Candidate
from ancrage.kit.models import Base
from ancrage.professions.enums import EmployerSector


class Career(Base):
    """Work done, diplomas, and answers that only somebody can give: what no proof says.

    What is not told stays unknown: the paths say that it is to check.
    """

    personal = {
        "sector": "support",
        "practices": "support",
        "titles": "support",
        "words": "support",
        "told_on": "support",
    }

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="career")
    # That of the structure of the profile where nothing is told.
    sector = models.CharField(
        _("secteur de l’employeur"), max_length=16, choices=EmployerSector.choices, blank=True
    )
    # [{"title": code, "months": full-time months, "until": ISO day or None while it goes on}]
    practices = models.JSONField(_("travail effectué"), default=list, blank=True)
    # Codes of `Qualification` that are no profession of the profile.
    titles = models.JSONField(_("diplômes et titres"), default=list, blank=True)
    # {`professions.services.fact_key`: yes or no}
    words = models.JSONField(_("réponses"), default=dict, blank=True)
    told_on = models.DateField(_("dit le"))
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("faits pour les passerelles")

    def __str__(self) -> str:
        return f"faits {self.pk}"
