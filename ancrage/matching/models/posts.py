"""Shared posts: the days of fractions, their detection, the files that follow from it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.matching.enums import (
    LIVE_POST_STATES,
    PartAnswer,
    PartRefusal,
    PlanStatus,
    PostChoiceKind,
    PostEnd,
    PostState,
    SetAside,
    Vehicle,
)
from ancrage.matching.models.retained import RetainedPartTime, Source
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory


class FractionWeek(Base):
    """When a part-time need may be worked, as its employer says it; `week` holds the slots.

    A slot is a day, 1 for Monday, and a letter: m(orning), a(fternoon), s (evening), n(ight).
    """

    personal = {"by": "membership"}
    impersonal = frozenset({"slots"})

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="fraction_week")
    slots = models.CharField(_("créneaux possibles"), max_length=120)
    needed = models.PositiveSmallIntegerField(_("créneaux par semaine"))
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("jours d’une fraction")
        constraints = [
            models.CheckConstraint(
                name="fraction_week_needs_some", condition=Q(needed__gte=1, needed__lte=28)
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.slots}"


class PostRun(Base):
    """One detection over the open fractions of a territory. FTE in hundredths.

    `found` holds the posts and `left` the fractions left alone: keys of needs and figures, no
    word of anybody.
    """

    personal = {"asked_by": "support"}
    impersonal = frozenset({"found", "left"})

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="post_runs")
    status = models.CharField(
        _("état"), max_length=8, choices=PlanStatus.choices, default=PlanStatus.WAITING
    )
    asked_at = models.DateTimeField(_("demandée le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    travel_limit = models.PositiveSmallIntegerField(_("minutes entre deux sites, au plus"))
    fte_least = models.PositiveSmallIntegerField(_("total, au moins (%)"))
    fte_most = models.PositiveSmallIntegerField(_("total, au plus (%)"))
    # Somebody asked for what is found so far: no search begins any more.
    is_stopped = models.BooleanField(default=False)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=list)
    left = models.JSONField(default=list)
    fte = models.PositiveIntegerField(default=0)
    travel = models.PositiveIntegerField(default=0)
    bound_fte = models.PositiveIntegerField(default=0)
    is_optimal = models.BooleanField(default=False)
    # How many sets of fractions were weighed.
    set_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("détection de postes partagés")
        constraints = [
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(status__in=[PlanStatus.WAITING, PlanStatus.RUNNING]),
                name="post_run_one_at_once",
            ),
            models.CheckConstraint(
                name="post_run_total_ordered",
                condition=Q(fte_least__gte=1, fte_most__lte=100, fte_least__lte=F("fte_most")),
            ),
        ]
        indexes = [models.Index(fields=["territory", "-asked_at"], name="post_run_latest")]

    def __str__(self) -> str:
        return f"détection {self.pk}"


class PostChoice(Base):
    """Fractions that the coordination puts together, or keeps apart, for the detections to come.

    `needs` are their references, in order, joined by spaces: the key of a need, or that of a
    retained part-time after an r. One alone is a fraction left out.
    """

    personal = {"by": "support"}
    impersonal = frozenset({"needs"})

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    needs = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=PostChoiceKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("choix d’assemblage")
        constraints = [
            models.UniqueConstraint(fields=["territory", "needs"], name="post_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.needs}"


class SharedPost(Base):
    """The file of a shared post, from the idea to the last day. FTE in hundredths."""

    personal = {"opened_by": "support"}

    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="posts"
    )
    profession = models.ForeignKey(
        Profession, verbose_name=_("métier"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("étape"), max_length=10, choices=PostState.choices, default=PostState.PROPOSED
    )
    state_since = models.DateTimeField(_("à cette étape depuis"))
    opened_at = models.DateTimeField(_("ouvert le"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The minutes between its sites, two by two, added up: an estimate.
    travel = models.PositiveSmallIntegerField(_("minutes entre les sites"), default=0)
    vehicle = models.CharField(
        _("forme juridique"), max_length=20, choices=Vehicle.choices, blank=True
    )
    has_territorial_bonus = models.BooleanField(
        _("avec prime d’exercice territorial"), default=False
    )
    # Who employs, or carries the convention: its need stands for all the parts.
    lead = models.ForeignKey(
        Partner,
        verbose_name=_("employeur porteur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    # What stands for all the parts in the search and in introductions, once all agreed; none
    # where somebody holds a part already.
    need = models.OneToOneField(
        Need,
        verbose_name=_("besoin commun"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shared_post",
    )
    end_reason = models.CharField(_("raison"), max_length=20, choices=PostEnd.choices, blank=True)
    # Raised at each change: of two people who move it at once, the second is told.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("poste partagé")
        constraints = [
            models.CheckConstraint(
                name="shared_post_given_up_has_reason",
                condition=Q(state=PostState.GIVEN_UP) & ~Q(end_reason="")
                | ~Q(state=PostState.GIVEN_UP) & Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="shared_post_ends_after_start",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                name="shared_post_asked_has_terms",
                condition=Q(state__in=[PostState.PROPOSED, PostState.GIVEN_UP])
                | ~Q(vehicle="") & Q(lead__isnull=False, starts_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state", "-state_since"], name="shared_post_list")
        ]

    def __str__(self) -> str:
        return f"poste partagé {self.pk}"

    @property
    def is_live(self) -> bool:
        """Say whether its fractions are in no other shared post."""
        return self.state in LIVE_POST_STATES


class SharedPostPart(Base):
    """The part of one employer, its days, and what the employer says.

    A fraction of a need, to be filled; or a retained part-time, that somebody holds already.
    """

    personal = {"answered_by": "membership"}
    # Reread as free text: a function, and the words of a structure to the coordination.
    impersonal = frozenset({"week", "signatory", "refusal_note"})

    post = models.ForeignKey(SharedPost, on_delete=models.CASCADE, related_name="parts")
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.PROTECT, related_name="shared_parts"
    )
    retained = models.ForeignKey(
        RetainedPartTime,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shared_parts",
    )
    # That of its source: what pages and rights are filtered by.
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="shared_parts")
    # Which post of the need: one that has three holds three fractions.
    copy = models.PositiveSmallIntegerField(default=1)
    fte = models.PositiveSmallIntegerField(_("quotité (%)"))
    # Slots, as `FractionWeek` writes them.
    week = models.CharField(_("jours"), max_length=120, blank=True)
    # Equal to that of its post.
    is_live = models.BooleanField(default=True)
    answer = models.CharField(
        _("accord"), max_length=10, choices=PartAnswer.choices, default=PartAnswer.NOT_ASKED
    )
    asked_at = models.DateTimeField(_("consulté le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("réponse du"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    refusal = models.CharField(
        _("raison du refus"), max_length=20, choices=PartRefusal.choices, blank=True
    )
    refusal_note = models.CharField(_("précision"), max_length=300, blank=True)
    cost_percent = models.PositiveSmallIntegerField(_("part du coût (%)"))
    # A function, never a name: « directrice des ressources humaines ».
    signatory = models.CharField(_("signataire (fonction)"), max_length=120, blank=True)
    set_aside = models.CharField(
        max_length=10, choices=SetAside.choices, default=SetAside.NO, editable=False
    )

    class Meta:
        verbose_name = _("part d’un poste partagé")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "copy"],
                condition=Q(is_live=True),
                name="fraction_in_one_live_post",
                violation_error_message=_("Cette fraction est déjà dans un autre poste partagé."),
            ),
            models.UniqueConstraint(
                fields=["retained"],
                condition=Q(is_live=True, retained__isnull=False),
                name="retained_in_one_live_post",
                violation_error_message=_("Cette fraction est déjà dans un autre poste partagé."),
            ),
            models.CheckConstraint(
                name="shared_part_has_one_source",
                condition=Q(need__isnull=True, retained__isnull=False)
                | Q(need__isnull=False, retained__isnull=True),
            ),
            models.CheckConstraint(
                name="shared_part_refusal_has_reason",
                condition=Q(answer=PartAnswer.REFUSED) & ~Q(refusal="")
                | ~Q(answer=PartAnswer.REFUSED) & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="shared_part_cost_range",
                condition=Q(cost_percent__lte=100),
                violation_error_message=_("Une part de coût va de 0 à 100 %."),
            ),
        ]
        indexes = [models.Index(fields=["partner", "asked_at"], name="shared_part_partner")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.need_id or self.retained_id}"

    @property
    def source(self) -> Source:
        """What the part is made of: read it with the row."""
        found = self.need if self.retained_id is None else self.retained
        if found is None:
            message = f"part {self.pk} is made of nothing"
            raise ValueError(message)
        return found


class SharedPostMove(Move):
    """One step of a file. With `part`, the answer of its employer."""

    personal = {"by": "membership"}
    impersonal = frozenset({"note"})

    post = models.ForeignKey(SharedPost, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=PostState.choices, blank=True)
    after = models.CharField(max_length=10, choices=PostState.choices)
    part = models.ForeignKey(SharedPostPart, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=PartAnswer.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("étape d’un poste partagé")
        indexes = [models.Index(fields=["post", "-at"], name="shared_post_move_at")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.before} → {self.after}"
