"""What the welcome of a household changed: who came thanks to it, who was lost for want of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.journeys.enums import ArrivalKind
from ancrage.journeys.models.journeys import Journey
from ancrage.kit.models import Base
from ancrage.matching.models import Introduction


class ArrivalOutcome(Base):
    """« Arrived thanks to », « lost because of »: themes of the welcome, tied to an introduction.

    It holds themes only, and no key leads from it to a life project: whoever reads an
    introduction reads nothing of it, the coordination alone does.
    """

    personal = {"kind": "support", "themes": "support", "by": "support"}

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="arrival_outcomes")
    introduction = models.OneToOneField(
        Introduction,
        verbose_name=_("mise en relation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField(_("issue"), max_length=10, choices=ArrivalKind.choices)
    # Values of `WelcomeKind`.
    themes = models.JSONField(_("thèmes"), default=list)
    on = models.DateField(_("le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("issue d’un accueil")
        constraints = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=models.Q(introduction__isnull=True),
                name="arrival_outcome_once",
                violation_error_message=_("L’issue de ce parcours est déjà notée."),
            )
        ]
        indexes = [models.Index(fields=["kind", "on"], name="arrival_outcome_figures")]

    def __str__(self) -> str:
        return f"issue {self.pk}"
