"""The territory plan: a computation, its lines, what each structure gains, the choices kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.kit.models import Base
from ancrage.matching.enums import PlanChoiceKind, PlanFailure, PlanStatus
from ancrage.matching.models.introductions import Introduction
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory


class PlanRun(Base):
    """One computation over all the open needs and all the people available. FTE in hundredths.

    `alone_` is what structures would reach each for itself, over the same pairs.
    """

    personal = {"asked_by": "support"}

    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.CASCADE, related_name="plan_runs"
    )
    status = models.CharField(
        _("état"), max_length=8, choices=PlanStatus.choices, default=PlanStatus.WAITING
    )
    asked_at = models.DateTimeField(_("demandé le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    proposals_per_person = models.PositiveSmallIntegerField(
        _("propositions par personne"), default=1
    )
    # How many needs were looked at, of how many: what the progress bar shows.
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(_("calculé le"), null=True, blank=True)
    failure = models.CharField(max_length=24, choices=PlanFailure.choices, blank=True)
    people_count = models.PositiveIntegerField(default=0)
    pair_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    missing_fte = models.PositiveIntegerField(default=0)
    fte = models.PositiveIntegerField(default=0)
    fit = models.PositiveIntegerField(default=0)
    alone_fte = models.PositiveIntegerField(default=0)
    alone_fit = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("calcul du plan territorial")
        indexes = [models.Index(fields=["territory", "-asked_at"], name="plan_run_latest")]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanLine(Base):
    """A person proposed for a need by one computation; in reserve if the first proposal fails."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="lines")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    fte = models.PositiveSmallIntegerField(_("quotité couverte (%)"))
    fit = models.PositiveSmallIntegerField(_("adéquation"))
    is_alternative = models.BooleanField(_("en réserve"), default=False)
    introduction = models.ForeignKey(
        Introduction, null=True, blank=True, on_delete=models.SET_NULL, related_name="plan_lines"
    )

    class Meta:
        verbose_name = _("ligne du plan territorial")
        constraints = [
            models.UniqueConstraint(fields=["run", "candidate", "need"], name="plan_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.candidate_id} {self.need_id}"


class PlanGain(Base):
    """What one structure reaches by itself, and in the plan."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="gains")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    alone_fte = models.PositiveIntegerField()
    together_fte = models.PositiveIntegerField()
    alone_posts = models.PositiveIntegerField()
    together_posts = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("gain d’une structure")
        constraints = [models.UniqueConstraint(fields=["run", "partner"], name="plan_gain_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.partner_id}"


class PlanChoice(Base):
    """A pair that the coordination imposes on every plan, or leaves out of them all."""

    personal = {"by": "support"}

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=PlanChoiceKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("choix pour le plan territorial")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "need"], name="plan_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.candidate_id} {self.need_id}"
