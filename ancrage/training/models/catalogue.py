"""What is taught, by whom; a run of it, and its sessions."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.kit.search import SearchField
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.training.enums import (
    ENTERABLE_STATES,
    CancelReason,
    CourseKind,
    Modality,
    Rhythm,
    RunState,
)

MOST_PLACES = 500


class TrainingProvider(Base):
    """A structure that gives courses."""

    impersonal = frozenset({"activity_number"})

    partner = models.OneToOneField(
        Partner,
        verbose_name=_("structure"),
        on_delete=models.CASCADE,
        related_name="training_provider",
    )
    # The number that the State gives to whoever sells training; free text, never checked by key.
    activity_number = models.CharField(_("numéro de déclaration"), max_length=20, blank=True)
    # Without the certificate, neither an OPCO nor the State pays (code du travail, L. 6316-1).
    certified_until = models.DateField(_("certifié Qualiopi jusqu’au"), null=True, blank=True)
    since = models.DateTimeField(_("déclaré le"))

    class Meta:
        verbose_name = _("organisme de formation")

    def __str__(self) -> str:
        return f"organisme {self.pk}"


class Course(Base):
    """What may be taught: what it leads to, how long it takes, for groups of what size.

    Hours and months are those of the whole course; costs in cents.
    """

    impersonal = frozenset({"title", "search", "qualification", "summary", "conditions"})

    provider = models.ForeignKey(
        TrainingProvider,
        verbose_name=_("organisme"),
        on_delete=models.PROTECT,
        related_name="courses",
    )
    kind = models.CharField(_("nature"), max_length=12, choices=CourseKind.choices)
    title = models.CharField(_("intitulé"), max_length=160)
    # Folded title, qualification and provider: what accent-blind search reads.
    search = SearchField(blank=True)
    summary = models.TextField(_("présentation"), blank=True, max_length=2000)
    # The profession that it gives access to; none for a course that trains within one.
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier visé"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="courses",
    )
    qualification = models.CharField(
        _("diplôme, titre ou attestation"), max_length=160, blank=True
    )
    hours = models.PositiveSmallIntegerField(_("durée (heures)"))
    months = models.PositiveSmallIntegerField(_("durée (mois)"), default=1)
    rhythm = models.CharField(_("rythme"), max_length=12, choices=Rhythm.choices)
    modality = models.CharField(
        _("modalité"), max_length=10, choices=Modality.choices, default=Modality.ON_SITE
    )
    min_group = models.PositiveSmallIntegerField(_("groupe, au moins"), default=1)
    max_group = models.PositiveSmallIntegerField(_("groupe, au plus"), default=12)
    run_cost_cents = models.PositiveIntegerField(_("coût d’une session (€)"), default=0)
    price_cents = models.PositiveIntegerField(_("prix par personne (€)"), null=True, blank=True)
    min_age = models.PositiveSmallIntegerField(_("âge, au moins"), null=True, blank=True)
    conditions = models.TextField(_("conditions d’accès"), blank=True, max_length=2000)
    archived_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("formation")
        constraints = [
            models.CheckConstraint(
                name="course_group_in_order",
                condition=Q(min_group__gte=1, max_group__lte=MOST_PLACES)
                & Q(min_group__lte=F("max_group")),
                violation_error_message=_(
                    "Le groupe va d’une personne à 500, et son minimum ne dépasse pas son maximum."
                ),
            ),
            models.CheckConstraint(
                name="course_lasts",
                condition=Q(hours__gte=1, hours__lte=10_000, months__lte=72),
                violation_error_message=_("Une formation dure d’une heure à 72 mois."),
            ),
            models.UniqueConstraint(
                fields=["provider", "title"],
                condition=Q(archived_at__isnull=True),
                name="course_title_once",
                violation_error_message=_("Cet organisme a déjà une formation de ce nom."),
            ),
        ]
        indexes = [models.Index(fields=["profession", "kind"], name="course_profession")]

    def __str__(self) -> str:
        return self.title


class CourseRun(Base):
    """A course given once: where, when, to how many.

    `taken` counts the places held; it changes by conditional update only, together with the
    enrolment that holds the place.
    """

    personal = {"created_by": "account"}
    impersonal = frozenset({"place", "note"})

    course = models.ForeignKey(
        Course, verbose_name=_("formation"), on_delete=models.PROTECT, related_name="runs"
    )
    state = models.CharField(
        _("état"), max_length=10, choices=RunState.choices, default=RunState.PLANNED
    )
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    apply_by = models.DateField(_("inscriptions jusqu’au"))
    least = models.PositiveSmallIntegerField(_("personnes, au moins"))
    places = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("places prises"), default=0)
    cost_cents = models.PositiveIntegerField(_("coût de la session (€)"), default=0)
    note = models.TextField(_("renseignements pratiques"), blank=True, max_length=1000)
    cancelled_because = models.CharField(
        _("raison de l’annulation"), max_length=12, choices=CancelReason.choices, blank=True
    )
    created_at = models.DateTimeField(_("créée le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Counts the versions of the calendar entry too.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("session de formation")
        constraints = [
            models.CheckConstraint(
                name="run_in_order",
                condition=Q(ends_on__gte=F("starts_on")) & Q(apply_by__lte=F("starts_on")),
                violation_error_message=_(
                    "Les dates se contredisent : on s’inscrit avant le premier jour, et le"
                    " dernier jour vient après le premier."
                ),
            ),
            models.CheckConstraint(
                name="run_group_in_order",
                condition=Q(least__gte=1, places__lte=MOST_PLACES) & Q(least__lte=F("places")),
                violation_error_message=_(
                    "Le nombre de places va de une à 500, et le minimum ne le dépasse pas."
                ),
            ),
            models.CheckConstraint(
                name="run_never_overfull",
                condition=Q(taken__lte=F("places")),
                violation_error_message=_("Il y a plus de places prises que de places."),
            ),
            models.CheckConstraint(
                name="run_cancelled_says_why",
                condition=Q(state=RunState.CANCELLED) & ~Q(cancelled_because="")
                | ~Q(state=RunState.CANCELLED) & Q(cancelled_because=""),
                violation_error_message=_("Une session annulée dit pourquoi."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_on"], name="run_state_start"),
            models.Index(fields=["course", "starts_on"], name="run_course_start"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.places - self.taken

    def takes_requests(self, today: date) -> bool:
        """Say whether one may still ask for a place on that day."""
        return self.state in ENTERABLE_STATES and today <= self.apply_by


class RunMove(Move):
    """A change of state of a run."""

    personal = {"by": "account"}

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=RunState.choices)
    after = models.CharField(max_length=10, choices=RunState.choices)

    class Meta:
        verbose_name = _("changement d’état d’une session")
        indexes = [models.Index(fields=["run", "-at", "-id"], name="run_move_latest")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.before} → {self.after}"


class RunSession(Base):
    """One half day, day or evening of a run."""

    impersonal = frozenset({"place"})

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    # Empty: that of the run.
    place = models.CharField(_("lieu, s’il diffère"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("séance")
        constraints = [
            models.CheckConstraint(
                name="run_session_in_order",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("La séance finit avant de commencer."),
            ),
            models.UniqueConstraint(
                fields=["run", "starts_at"],
                name="run_session_once",
                violation_error_message=_("Une séance commence déjà à cette heure."),
            ),
        ]

    def __str__(self) -> str:
        return f"séance {self.pk}"
