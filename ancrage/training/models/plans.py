"""Which runs to open: what was asked, what was found, and why the rest is not in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory
from ancrage.training.enums import (
    PlanProof,
    PlanState,
    WhyClosed,
    WhyMissing,
    WhyNotSent,
)
from ancrage.training.models.catalogue import CourseRun
from ancrage.training.models.people import Enrolment, TrainingWish


class OpeningPlan(Base):
    """One computation over the possible runs, the open wishes and the needs of a territory.

    Points are those of wishes served and needs covered; costs in euros.
    """

    personal = {"asked_by": "account"}

    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.CASCADE,
        related_name="opening_plans",
    )
    state = models.CharField(
        _("état"), max_length=8, choices=PlanState.choices, default=PlanState.WAITING
    )
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    budget = models.PositiveIntegerField(_("budget (€)"), null=True, blank=True)
    # What covering one person of a need is worth, in points; a wish is worth 1, 2 or 4.
    need_worth = models.PositiveSmallIntegerField(_("poids d’un besoin"), default=1)
    # Somebody waits no longer: the computation ends with what it has found.
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("calculé le"), null=True, blank=True)
    proof = models.CharField(max_length=8, choices=PlanProof.choices, blank=True)
    points = models.PositiveIntegerField(default=0)
    bound = models.PositiveIntegerField(default=0)
    cost = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("plan des sessions")
        indexes = [models.Index(fields=["territory", "-asked_at"], name="opening_plan_latest")]

    def __str__(self) -> str:
        return f"plan des sessions {self.pk}"

    @property
    def missing_percent(self) -> float:
        """The share of the points of the bound that may be missing, in percent."""
        return 100 * (self.bound - self.points) / (self.bound or 1)


class PlanOption(Base):
    """A possible run, as one plan decided of it."""

    plan = models.ForeignKey(OpeningPlan, on_delete=models.CASCADE, related_name="options")
    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="plan_options")
    opens = models.BooleanField(default=False)
    why_closed = models.CharField(max_length=8, choices=WhyClosed.choices, blank=True)
    could_come = models.PositiveSmallIntegerField(default=0)
    # Since when the coordination opened it as the plan says.
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("session d’un plan")
        constraints = [models.UniqueConstraint(fields=["plan", "run"], name="plan_option_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.run_id}"


class PlanWish(Base):
    """A wish, as one plan decided of it: the run that serves it, or why none does."""

    personal = {"why_not": "support", "option": "support"}

    plan = models.ForeignKey(OpeningPlan, on_delete=models.CASCADE, related_name="wishes")
    wish = models.ForeignKey(TrainingWish, on_delete=models.CASCADE, related_name="plan_lines")
    option = models.ForeignKey(
        PlanOption, null=True, blank=True, on_delete=models.CASCADE, related_name="wishes"
    )
    why_not = models.CharField(max_length=10, choices=WhyNotSent.choices, blank=True)
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("souhait d’un plan")
        constraints = [models.UniqueConstraint(fields=["plan", "wish"], name="plan_wish_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.wish_id}"


class PlanNeed(Base):
    """How many people of a profession are needed by a month, and how many a plan trains."""

    plan = models.ForeignKey(OpeningPlan, on_delete=models.CASCADE, related_name="needs")
    profession = models.ForeignKey(Profession, on_delete=models.CASCADE, related_name="+")
    # The first day of the month.
    month = models.DateField()
    people = models.PositiveSmallIntegerField()
    covered = models.PositiveSmallIntegerField(default=0)
    why_missing = models.CharField(max_length=8, choices=WhyMissing.choices, blank=True)

    class Meta:
        verbose_name = _("besoin d’un plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "profession", "month"], name="plan_need_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.profession_id} {self.month:%Y-%m}"
