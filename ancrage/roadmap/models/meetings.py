"""Meetings of the governance, and what they decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.days import day_in_words
from ancrage.kit.models import Base
from ancrage.roadmap.models.steering import Action, Axis, Roadmap


class Meeting(Base):
    """A meeting of those who steer the roadmap: the mark from which changes are told."""

    personal = {"noted_by": "account"}
    impersonal = frozenset({"title"})

    roadmap = models.ForeignKey(
        Roadmap,
        verbose_name=_("feuille de route"),
        on_delete=models.CASCADE,
        related_name="meetings",
    )
    held_on = models.DateField(_("tenue le"))
    title = models.CharField(_("intitulé"), max_length=120)
    noted_at = models.DateTimeField(_("notée le"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("réunion")
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "held_on"],
                name="roadmap_meeting_once",
                violation_error_message=_("Une réunion est déjà notée ce jour-là."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {day_in_words(self.held_on)}"


class Decision(Base):
    """What a meeting decided, about an axis or an action or the whole."""

    personal = {"noted_by": "account"}
    impersonal = frozenset({"text"})

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("réunion"), on_delete=models.CASCADE, related_name="decisions"
    )
    axis = models.ForeignKey(
        Axis,
        verbose_name=_("axe"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    action = models.ForeignKey(
        Action,
        verbose_name=_("action"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    text = models.TextField(_("décision"), max_length=1000)
    noted_at = models.DateTimeField(_("notée le"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("décision")

    def __str__(self) -> str:
        return f"décision {self.pk}"
