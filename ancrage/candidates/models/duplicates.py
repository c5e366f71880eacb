"""The same person entered twice: merged, or said to be two people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models.profiles import Candidate
from ancrage.kit.models import Base


class CandidateMerge(Base):
    """A profile absorbed by another, and what moved, so that it can be undone."""

    personal = {"by": "support"}
    # Keys of rows and names of fields, never their values.
    impersonal = frozenset({"moved"})

    kept = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="absorptions")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("fusion de profils")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="candidate_absorbed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"


class DistinctPair(Base):
    """Two profiles that look alike and are two people: they are no longer proposed."""

    personal = {"by": "support"}

    first = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("profils distincts")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_pair_once"),
            models.CheckConstraint(
                name="distinct_pair_ordered", condition=Q(first__lt=F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
