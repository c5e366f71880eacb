"""Who wishes for a course, who follows a run, and who pays it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.moves import Move
from ancrage.privacy.models import DataSubject
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.training.enums import (
    ANSWERED_WITH_MONEY,
    LIVING_STATES,
    DropReason,
    EnrolmentState,
    FundingState,
    Payer,
    Presence,
    Result,
    WishPriority,
    WishState,
)
from ancrage.training.models.catalogue import Course, CourseRun, RunSession

_LIVING = sorted(LIVING_STATES)


class TrainingWish(Base):
    """A person would follow a course, or any that leads to a profession.

    `months` are those in which they could begin, as "2027-01"; `reach_km` is how far from
    `commune` they would go, as the crow flies. No commune: anywhere.
    """

    personal = {
        "course": "support",
        "profession": "support",
        "months": "support",
        "commune": "support",
        "reach_km": "support",
        "priority": "support",
        "state": "support",
        "at": "support",
        "by": "support",
    }

    subject = models.ForeignKey(
        DataSubject, on_delete=models.CASCADE, related_name="training_wishes"
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="training_wishes",
    )
    course = models.ForeignKey(
        Course,
        verbose_name=_("formation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="wishes",
    )
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("métier visé"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    months = models.JSONField(_("mois possibles"), default=list)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("au départ de"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reach_km = models.PositiveSmallIntegerField(_("distance acceptée (km)"), default=30)
    priority = models.CharField(
        _("priorité"),
        max_length=8,
        choices=WishPriority.choices,
        default=WishPriority.NORMAL,
    )
    state = models.CharField(
        _("état"), max_length=10, choices=WishState.choices, default=WishState.OPEN
    )
    at = models.DateTimeField(_("noté le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("souhait de formation")
        constraints = [
            models.CheckConstraint(
                name="wish_is_for_one_thing",
                condition=Q(course__isnull=True, profession__isnull=False)
                | Q(course__isnull=False, profession__isnull=True),
                violation_error_message=_("Choisissez une formation, ou un métier visé."),
            ),
            models.UniqueConstraint(
                fields=["subject", "course"],
                condition=Q(state=WishState.OPEN, course__isnull=False),
                name="wish_course_once",
                violation_error_message=_("Cette formation est déjà souhaitée."),
            ),
            models.UniqueConstraint(
                fields=["subject", "profession"],
                condition=Q(state=WishState.OPEN, profession__isnull=False),
                name="wish_profession_once",
                violation_error_message=_("Ce métier est déjà souhaité."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "state"], name="wish_open")]

    def __str__(self) -> str:
        return f"souhait {self.pk}"


class Enrolment(Base):
    """A person and a run: asked for, granted, confirmed, followed.

    The name is written when the place is asked for, for whoever keeps the attendance sheet; the
    provider reads it from `shared_at` on: once the person asked for the place, or confirmed it.
    """

    personal = {
        "first_name": "training",
        "last_name": "training",
        "state": "training",
        "asked_at": "training",
        "reason": "training",
        "result": "training",
        "result_on": "training",
        "asked_by": "training",
    }

    run = models.ForeignKey(
        CourseRun, verbose_name=_("session"), on_delete=models.PROTECT, related_name="enrolments"
    )
    # Nobody, once erased: the place was held, and counts.
    subject = models.ForeignKey(
        DataSubject,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enrolments",
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ASKED
    )
    asked_at = models.DateTimeField(_("demandée le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shared_at = models.DateTimeField(_("nom donné à l’organisme le"), null=True, blank=True)
    reason = models.CharField(_("raison"), max_length=16, choices=DropReason.choices, blank=True)
    result = models.CharField(_("résultat"), max_length=8, choices=Result.choices, blank=True)
    result_on = models.DateField(_("résultat du"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("inscription à une session")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "subject"],
                condition=Q(state__in=_LIVING),
                name="enrolment_once",
                violation_error_message=_("Cette personne a déjà une demande dans la session."),
            ),
            models.CheckConstraint(
                name="enrolment_result_is_dated",
                condition=Q(result="", result_on__isnull=True)
                | ~Q(result="") & Q(result_on__isnull=False),
                violation_error_message=_("Un résultat a sa date."),
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state", "asked_at", "id"], name="enrolment_queue"),
        ]

    def __str__(self) -> str:
        return f"inscription {self.pk}"

    @property
    def name(self) -> str:
        """How the person is called on a sheet."""
        return f"{self.first_name} {self.last_name}".strip()


class EnrolmentMove(Move):
    """A change of state of an enrolment."""

    personal = {"by": "training", "at": "training"}

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=10, choices=EnrolmentState.choices)
    after = models.CharField(max_length=10, choices=EnrolmentState.choices)
    # The person's own step: the provider does not take it back.
    is_own = models.BooleanField(default=False)
    # The next of the waiting list, when the place went to somebody: it is not taken back.
    passed_on = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("étape d’une inscription")
        indexes = [models.Index(fields=["enrolment", "-at", "-id"], name="enrolment_move_latest")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.before} → {self.after}"


class Attendance(Base):
    """Whether somebody was there at a session."""

    personal = {"presence": "training"}

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    session = models.ForeignKey(RunSession, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField(_("présence"), max_length=8, choices=Presence.choices)

    class Meta:
        verbose_name = _("présence à une séance")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "session"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id}"


class FundingFile(Base):
    """A request for money for one enrolment. Amounts in cents.

    `due_on` is the last day on which the payer takes the file.
    """

    personal = {
        "payer": "support",
        "reference": "support",
        "due_on": "support",
        "state": "support",
        "asked_cents": "support",
        "granted_cents": "support",
        "sent_on": "support",
        "answered_on": "support",
    }

    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("inscription"),
        on_delete=models.CASCADE,
        related_name="funding_files",
    )
    payer = models.CharField(_("financeur"), max_length=16, choices=Payer.choices)
    # What the payer calls the file.
    reference = models.CharField(_("numéro du dossier"), max_length=60, blank=True)
    due_on = models.DateField(_("à déposer avant le"))
    state = models.CharField(
        _("état"), max_length=10, choices=FundingState.choices, default=FundingState.TO_SEND
    )
    asked_cents = models.PositiveIntegerField(_("montant demandé (€)"), default=0)
    granted_cents = models.PositiveIntegerField(_("montant accordé (€)"), null=True, blank=True)
    sent_on = models.DateField(_("déposé le"), null=True, blank=True)
    answered_on = models.DateField(_("réponse du"), null=True, blank=True)
    # The last reminder: how many days before the deadline it was sent for.
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("dossier de financement")
        constraints = [
            models.CheckConstraint(
                name="funding_granted_is_known",
                condition=~Q(state__in=sorted(ANSWERED_WITH_MONEY))
                | Q(granted_cents__isnull=False),
                violation_error_message=_("Donnez le montant accordé."),
            ),
            models.CheckConstraint(
                name="funding_in_order",
                condition=Q(sent_on__isnull=True)
                | Q(answered_on__isnull=True)
                | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("La réponse précède le dépôt."),
            ),
            models.UniqueConstraint(
                fields=["enrolment", "payer"],
                condition=~Q(state__in=["refused", "abandoned"]),
                name="funding_payer_once",
                violation_error_message=_("Ce financeur a déjà un dossier pour cette place."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="funding_due")]

    def __str__(self) -> str:
        return f"dossier {self.pk}"
