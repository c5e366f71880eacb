"""What structures lack: needs, their practice sheet, their legal publication, campaigns."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.life.models import LivingRow, StatusChange
from ancrage.kit.models import Base
from ancrage.needs.enums import (
    AnswerStatus,
    Audience,
    CampaignStatus,
    NeedReason,
    NeedStatus,
    PayPeriod,
    StartPrecision,
    Urgency,
    WithdrawReason,
)
from ancrage.partners.models import Facility, Partner
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune, Territory


class Need(LivingRow):
    """Posts of one profession to be filled in one place. FTE in hundredths, pay in cents."""

    personal = {"created_by": "membership"}
    impersonal = frozenset(
        {
            "reference",
            "unit",
            "pay_note",
            "description",
            "contact_email",
            "contact_phone",
            "wording_flags",
            "search",
        }
    )

    partner = models.ForeignKey(
        Partner, verbose_name=_("structure"), on_delete=models.PROTECT, related_name="needs"
    )
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("établissement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    unit = models.CharField(_("service"), max_length=120, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.PROTECT, related_name="needs"
    )
    # The structure's own reference: what makes an import idempotent.
    reference = models.CharField(_("référence interne"), max_length=60, blank=True)

    profession = models.ForeignKey(
        Profession, verbose_name=_("métier"), on_delete=models.PROTECT, related_name="needs"
    )
    specialty = models.ForeignKey(
        Specialty,
        verbose_name=_("spécialité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    positions = models.PositiveSmallIntegerField(_("nombre de postes"), default=1)
    fte_hundredths = models.PositiveSmallIntegerField(_("quotité par poste (%)"), default=100)
    contract = models.CharField(_("contrat"), max_length=20, choices=ContractKind.choices)
    reason = models.CharField(_("motif"), max_length=20, choices=NeedReason.choices, blank=True)
    starts_on = models.DateField(_("prise de poste"))
    start_precision = models.CharField(
        _("précision"),
        max_length=10,
        choices=StartPrecision.choices,
        default=StartPrecision.DAY,
    )
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(
        _("urgence"), choices=Urgency.choices, default=Urgency.NORMAL
    )

    works_days = models.BooleanField(_("jour"), default=False)
    works_nights = models.BooleanField(_("nuit"), default=False)
    works_12h = models.BooleanField(_("postes de 12 h"), default=False)
    works_weekends = models.BooleanField(_("week-ends"), default=False)
    pay_min_cents = models.PositiveIntegerField(_("rémunération, de"), null=True, blank=True)
    pay_max_cents = models.PositiveIntegerField(_("à"), null=True, blank=True)
    pay_period = models.CharField(
        _("période"), max_length=10, choices=PayPeriod.choices, blank=True
    )
    pay_note = models.CharField(_("précision sur la rémunération"), max_length=160, blank=True)
    housing_offered = models.BooleanField(_("logement proposé"), default=False)
    description = models.TextField(_("description"), blank=True)
    # The mailbox of a service, never a person's.
    contact_email = models.EmailField(_("boîte du service"), blank=True)
    contact_phone = models.CharField(_("téléphone du service"), max_length=20, blank=True)
    audience = models.CharField(
        _("diffusion"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )

    status = models.CharField(
        _("état"), max_length=12, choices=NeedStatus.choices, default=NeedStatus.DRAFT
    )
    # Codes of `needs.wording` that its texts trip, joined by spaces: what coordination reviews.
    wording_flags = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("besoin")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "reference"],
                condition=~Q(reference=""),
                name="need_reference_once",
                violation_error_message=_(
                    "Un besoin de la structure porte déjà cette référence interne."
                ),
            ),
            models.CheckConstraint(
                name="need_positions_range",
                condition=Q(positions__gte=1, positions__lte=500),
                violation_error_message=_("Le nombre de postes va de 1 à 500."),
            ),
            models.CheckConstraint(
                name="need_fte_range",
                condition=Q(fte_hundredths__gte=1, fte_hundredths__lte=100),
                violation_error_message=_("La quotité d’un poste va de 1 à 100 %."),
            ),
            models.CheckConstraint(
                name="need_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("La fin ne peut pas précéder la prise de poste."),
            ),
            models.CheckConstraint(
                name="need_pay_ordered",
                condition=Q(pay_min_cents__isnull=True)
                | Q(pay_max_cents__isnull=True)
                | Q(pay_max_cents__gte=F("pay_min_cents")),
                violation_error_message=_(
                    "Le haut de la fourchette de rémunération est sous le bas."
                ),
            ),
            models.CheckConstraint(
                name="need_pay_has_period",
                condition=Q(pay_min_cents__isnull=True, pay_max_cents__isnull=True)
                | ~Q(pay_period=""),
                violation_error_message=_(
                    "Dites si la rémunération est par heure, jour, mois ou an."
                ),
            ),
            models.CheckConstraint(
                name="need_published_is_dated",
                condition=~Q(status=NeedStatus.PUBLISHED)
                | Q(published_at__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "starts_on"], name="need_status_start"),
            models.Index(fields=["partner", "status"], name="need_partner_status"),
            models.Index(fields=["status", "audience", "-published_at"], name="need_offers"),
            models.Index(fields=["status", "profession"], name="need_status_profession"),
            models.Index(fields=["status", "commune"], name="need_status_commune"),
        ]

    def __str__(self) -> str:
        return f"{self.profession} · {self.partner}"


class NeedStatusChange(StatusChange):
    """A move of a need from one state to another, so that the last one can be undone."""

    impersonal = frozenset({"note"})

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=12, choices=NeedStatus.choices)
    after = models.CharField(max_length=12, choices=NeedStatus.choices)
    reason = models.CharField(
        _("raison du retrait"), max_length=20, choices=WithdrawReason.choices, blank=True
    )
    note = models.CharField(_("précision"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("changement d’état")
        indexes = [models.Index(fields=["need", "-at"], name="need_change_at")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.before} → {self.after}"


class PracticeSheet(Base):
    """What a doctor wants to know of a practice before calling."""

    impersonal = frozenset({"days", "legal_form", "software", "secretariat", "note"})

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="practice_sheet")
    patients = models.PositiveIntegerField(_("patients suivis"), null=True, blank=True)
    days = models.CharField(_("jours travaillés"), max_length=120, blank=True)
    home_visits_per_week = models.PositiveSmallIntegerField(
        _("visites à domicile par semaine"), null=True, blank=True
    )
    rent_cents = models.PositiveIntegerField(_("loyer mensuel"), null=True, blank=True)
    partners_count = models.PositiveSmallIntegerField(
        _("associés au cabinet"), null=True, blank=True
    )
    legal_form = models.CharField(_("forme juridique"), max_length=60, blank=True)
    software = models.CharField(_("logiciel métier"), max_length=80, blank=True)
    secretariat = models.CharField(_("secrétariat"), max_length=120, blank=True)
    # Share of the fees the locum keeps.
    retrocession_percent = models.PositiveSmallIntegerField(
        _("rétrocession (%)"), null=True, blank=True
    )
    room_for_couple = models.BooleanField(_("place pour un couple de médecins"), default=False)
    note = models.TextField(_("à savoir"), blank=True)

    class Meta:
        verbose_name = _("fiche du cabinet")
        constraints = [
            models.CheckConstraint(
                name="practice_retrocession_range",
                condition=Q(retrocession_percent__isnull=True) | Q(retrocession_percent__lte=100),
                violation_error_message=_("La rétrocession est un pourcentage, de 0 à 100."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need}"


class LegalPublication(Base):
    """What a public employer must publish for a post, and where that stands."""

    impersonal = frozenset(
        {"branch", "corps_grade", "authority", "missions", "conditions", "address", "reference"}
    )

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="publication")
    branch = models.CharField(
        _("versant"),
        max_length=10,
        choices=[
            ("fph", _("Fonction publique hospitalière")),
            ("fpt", _("Fonction publique territoriale")),
            ("fpe", _("Fonction publique de l’État")),
        ],
        default="fph",
    )
    is_creation = models.BooleanField(_("poste créé (sinon vacant)"), default=False)
    category = models.CharField(
        _("catégorie"), max_length=1, choices=[("A", "A"), ("B", "B"), ("C", "C")], blank=True
    )
    corps_grade = models.CharField(_("corps ou grade"), max_length=120, blank=True)
    authority = models.CharField(_("autorité de recrutement"), max_length=160, blank=True)
    missions = models.TextField(_("missions et profil attendu"), blank=True)
    conditions = models.TextField(_("conditions particulières d’exercice"), blank=True)
    address = models.CharField(_("adresse de candidature"), max_length=200, blank=True)
    apply_before = models.DateField(_("candidater avant le"), null=True, blank=True)
    published_on = models.DateField(_("publié sur le site commun le"), null=True, blank=True)
    reference = models.CharField(_("référence de l’annonce"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("publication légale")

    def __str__(self) -> str:
        return f"{self.need}"


class Campaign(Base):
    """A collection: every structure of a territory says what it has, lacks and expects."""

    personal = {"created_by": "membership"}
    impersonal = frozenset({"name", "message"})

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("nom"), max_length=120)
    message = models.TextField(_("message aux structures"), blank=True)
    # The day the figures describe: « au 1er janvier ».
    reference_day = models.DateField(_("situation au"))
    closes_on = models.DateField(_("réponses jusqu’au"))
    status = models.CharField(
        _("état"), max_length=10, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT
    )
    professions = models.ManyToManyField(
        Profession, verbose_name=_("métiers suivis"), related_name="campaigns"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("campagne de recensement")
        constraints = [
            models.UniqueConstraint(fields=["territory", "name"], name="campaign_name_once"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(status=CampaignStatus.OPEN),
                name="campaign_one_open",
                violation_error_message=_("Une campagne est déjà ouverte sur ce territoire."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignQuestion(Base):
    """An open question asked with the figures."""

    impersonal = frozenset({"text"})

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("rang"))
    text = models.CharField(_("question"), max_length=240)

    class Meta:
        verbose_name = _("question ouverte")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="question_rank_once")
        ]

    def __str__(self) -> str:
        return self.text


class CampaignAnswer(Base):
    """The answer of one structure to one campaign."""

    personal = {"submitted_by": "membership"}
    impersonal = frozenset({"comment"})

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="answers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="campaign_answers")
    status = models.CharField(
        _("état"), max_length=10, choices=AnswerStatus.choices, default=AnswerStatus.WAITING
    )
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.TextField(_("commentaire"), blank=True)
    last_reminded_at = models.DateTimeField(_("relancée le"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("relances"), default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("réponse à une campagne")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "partner"], name="campaign_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.campaign}"


class AnswerLine(Base):
    """One profession of one answer. FTE in hundredths; an empty figure is « not known »."""

    answer = models.ForeignKey(CampaignAnswer, on_delete=models.CASCADE, related_name="lines")
    profession = models.ForeignKey(Profession, on_delete=models.PROTECT, related_name="+")
    present_fte = models.PositiveIntegerField(_("présents et payés (ETP)"), null=True, blank=True)
    vacant_fte = models.PositiveIntegerField(_("vacants (ETP)"), null=True, blank=True)
    target_3y_fte = models.PositiveIntegerField(_("cible à 3 ans (ETP)"), null=True, blank=True)
    target_5y_fte = models.PositiveIntegerField(_("cible à 5 ans (ETP)"), null=True, blank=True)
    departures = models.PositiveSmallIntegerField(
        _("départs connus (personnes)"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("ligne de recensement")
        constraints = [
            models.UniqueConstraint(fields=["answer", "profession"], name="answer_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.profession}"


class OpenAnswer(Base):
    """What a structure says to an open question."""

    impersonal = frozenset({"text"})

    answer = models.ForeignKey(
        CampaignAnswer, on_delete=models.CASCADE, related_name="open_answers"
    )
    question = models.ForeignKey(CampaignQuestion, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("réponse"), blank=True)

    class Meta:
        verbose_name = _("réponse ouverte")
        constraints = [
            models.UniqueConstraint(fields=["answer", "question"], name="open_answer_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]
