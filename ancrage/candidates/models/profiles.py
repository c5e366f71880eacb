"""Profiles: who the person is, what they do, what they wish."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import (
    CandidateStatus,
    DiplomaState,
    Experience,
    Origin,
    RegistrationState,
    RppsState,
)
from ancrage.kit.models import Base
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune, Epci, Territory


def name_key_of(first_name: str, last_name: str) -> str:
    """Return a name as duplicates are compared: folded words, in their alphabetical order.

    >>> name_key_of("Anne-Lise", "LE GOFF") == name_key_of("Le Goff", "anne lise")
    True
    """
    return " ".join(sorted(words(f"{first_name} {last_name}")))[:170]


class Candidate(Base):
    """A person who looks for a post, before any offer. FTE in hundredths, distances in km.

    Fields held for `talent_pool` are those of the card that structures read without the name;
    those held for `identity` are shown to a structure once the person agrees to that structure.
    """

    personal = {
        "first_name": "identity",
        "last_name": "identity",
        "name_key": "identity",
        "email": "identity",
        "phone": "identity",
        "commune": "identity",
        "latitude": "identity",
        "longitude": "identity",
        "rpps": "identity",
        "rpps_state": "identity",
        "card": "talent_pool",
        "experience": "talent_pool",
        "available_from": "talent_pool",
        "zone": "talent_pool",
        "contracts": "talent_pool",
        "available_until": "identity",
        "fte_min_hundredths": "identity",
        "fte_max_hundredths": "identity",
        "works_days": "identity",
        "works_nights": "identity",
        "works_12h": "identity",
        "works_weekends": "identity",
        "reach_km": "identity",
        "reach_minutes": "identity",
        "employer": "current_employer",
        "employer_name": "current_employer",
        "shown_to_employer": "current_employer",
        "origin": "support",
        "entered_by": "support",
        "entered_for": "support",
        "information_proof": "support",
        "language": "support",
        "note": "support",
        "settled_at": "support",
    }

    subject = models.OneToOneField(
        DataSubject, on_delete=models.PROTECT, related_name="candidate", editable=False
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="candidates",
    )
    status = models.CharField(
        _("état"),
        max_length=10,
        choices=CandidateStatus.choices,
        default=CandidateStatus.ACTIVE,
    )
    # Equal to the ledger, unless the person no longer looks: they agree to the card, and the
    # profile is shown.
    in_pool = models.BooleanField(_("au vivier"), default=False)
    # Since when the person looks for no post: said by them, or known from a hire. What they agreed
    # to stays in the ledger, for the day they look again.
    settled_at = models.DateTimeField(
        _("ne cherche plus depuis le"), null=True, blank=True, editable=False
    )

    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    # `name_key_of(first_name, last_name)`: what duplicates are compared by.
    name_key = models.CharField(max_length=170, blank=True)
    email = models.EmailField(_("adresse électronique"), max_length=254, blank=True)
    # E.164.
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="candidates",
    )
    # The point of the commune, degrees WGS 84; both or neither.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    rpps = models.CharField(_("numéro RPPS"), max_length=11, blank=True)
    rpps_state = models.CharField(max_length=12, choices=RppsState.choices, default=RppsState.NONE)

    # A drawn name: what a structure calls a card, and nothing else is known by. Drawn again at a
    # hire and when an agreement is withdrawn.
    card = models.CharField(_("carte"), max_length=8, unique=True, editable=False)
    # The EPCI of the commune: all that a card says of where.
    zone = models.ForeignKey(
        Epci,
        verbose_name=_("intercommunalité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    experience = models.CharField(
        _("expérience"), max_length=12, choices=Experience.choices, blank=True
    )
    available_from = models.DateField(_("disponible à partir du"), null=True, blank=True)
    available_until = models.DateField(_("jusqu’au"), null=True, blank=True)
    # Values of `ContractKind`; none means open to all.
    contracts = models.JSONField(_("contrats souhaités"), default=list, blank=True)
    fte_min_hundredths = models.PositiveSmallIntegerField(
        _("quotité, au moins (%)"), null=True, blank=True
    )
    fte_max_hundredths = models.PositiveSmallIntegerField(
        _("quotité, au plus (%)"), null=True, blank=True
    )
    # What the person accepts; none ticked means not said.
    works_days = models.BooleanField(_("jour"), default=False)
    works_nights = models.BooleanField(_("nuit"), default=False)
    works_12h = models.BooleanField(_("postes de 12 h"), default=False)
    works_weekends = models.BooleanField(_("week-ends"), default=False)
    reach_km = models.PositiveSmallIntegerField(_("jusqu’à (km)"), null=True, blank=True)
    reach_minutes = models.PositiveSmallIntegerField(_("jusqu’à (minutes)"), null=True, blank=True)

    # Where the person works today: a structure of the territory, or any other by its name. The
    # first never sees the card of its own employee, unless the person wishes it.
    employer = models.ForeignKey(
        Partner,
        verbose_name=_("employeur actuel"),
        null=True,
        blank=True,
        db_index=False,  # see `candidate_employer`
        on_delete=models.PROTECT,
        related_name="+",
    )
    employer_name = models.CharField(_("autre employeur actuel"), max_length=160, blank=True)
    shown_to_employer = models.BooleanField(_("visible de son employeur actuel"), default=False)
    # Two part-time posts are two employers. The wish above is about the first alone: from these
    # the card is always hidden.
    other_employers = models.ManyToManyField(
        Partner, verbose_name=_("autres structures employeuses"), blank=True, related_name="+"
    )

    origin = models.CharField(
        _("origine"), max_length=12, choices=Origin.choices, default=Origin.SPONTANEOUS
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisi par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The structure that entered the profile, if one did.
    entered_for = models.ForeignKey(
        Partner,
        verbose_name=_("pour la structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # How the person was told that they were being entered.
    information_proof = models.CharField(
        _("comment la personne a été informée"), max_length=300, blank=True
    )
    language = models.CharField(_("langue"), max_length=5, default="fr")
    note = models.TextField(_("note de la coordination"), blank=True)
    created_at = models.DateTimeField(_("créé le"))
    updated_at = models.DateTimeField(_("modifié le"))
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("candidat")
        constraints = [
            models.CheckConstraint(
                name="candidate_reachable",
                condition=Q(status__in=[CandidateStatus.ERASED, CandidateStatus.MERGED])
                | ~Q(email="")
                | ~Q(phone=""),
                violation_error_message=_("Indiquez une adresse électronique ou un téléphone."),
            ),
            models.CheckConstraint(
                name="candidate_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_fte_range",
                condition=(
                    Q(fte_min_hundredths__isnull=True)
                    | Q(fte_min_hundredths__gte=1, fte_min_hundredths__lte=100)
                )
                & (
                    Q(fte_max_hundredths__isnull=True)
                    | Q(fte_max_hundredths__gte=1, fte_max_hundredths__lte=100)
                )
                & (
                    Q(fte_min_hundredths__isnull=True)
                    | Q(fte_max_hundredths__isnull=True)
                    | Q(fte_max_hundredths__gte=F("fte_min_hundredths"))
                ),
                violation_error_message=_("La quotité va de 1 à 100 %, le moins avant le plus."),
            ),
            models.CheckConstraint(
                name="candidate_available_in_order",
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
                violation_error_message=_("La fin de disponibilité précède son début."),
            ),
            models.CheckConstraint(
                name="candidate_one_employer",
                condition=Q(employer__isnull=True) | Q(employer_name=""),
                violation_error_message=_(
                    "L’employeur actuel est une structure du territoire, ou un autre : pas les"
                    " deux."
                ),
            ),
            models.CheckConstraint(
                name="candidate_merged_somewhere",
                condition=Q(status=CandidateStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=CandidateStatus.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="candidate_pool_is_active",
                condition=Q(in_pool=False)
                | Q(status=CandidateStatus.ACTIVE, settled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "status", "-updated_at"], name="candidate_list"),
            models.Index(fields=["email"], name="candidate_email"),
            models.Index(fields=["phone"], name="candidate_phone"),
            models.Index(fields=["name_key"], name="candidate_name_key"),
            models.Index(fields=["rpps"], name="candidate_rpps", condition=~Q(rpps="")),
            # Few have one: an index of all the others too would not be worth following.
            models.Index(
                fields=["employer"], name="candidate_employer", condition=Q(employer__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.card

    @property
    def audit_label(self) -> str:
        """A number: the journal names nobody, and keeps no card that was drawn again."""
        return f"profil {self.pk}"

    @property
    def full_name(self) -> str:
        """First and last name, or an empty text."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_followed(self) -> bool:
        """Say whether the profile still is somebody's: neither merged nor erased."""
        return self.status in (CandidateStatus.PENDING, CandidateStatus.ACTIVE)


class CandidateProfession(Base):
    """A profession of a person, and where they stand with its diploma and registration."""

    personal = {
        "profession": "talent_pool",
        "specialty": "identity",
        "diploma": "identity",
        "registration": "identity",
    }

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="professions")
    profession = models.ForeignKey(
        Profession, verbose_name=_("métier"), on_delete=models.PROTECT, related_name="+"
    )
    specialty = models.ForeignKey(
        Specialty,
        verbose_name=_("spécialité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    diploma = models.CharField(
        _("diplôme"), max_length=12, choices=DiplomaState.choices, default=DiplomaState.UNKNOWN
    )
    registration = models.CharField(
        _("inscription"),
        max_length=12,
        choices=RegistrationState.choices,
        default=RegistrationState.UNKNOWN,
    )
    is_main = models.BooleanField(_("métier principal"), default=False)

    class Meta:
        verbose_name = _("métier d’un candidat")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "profession"],
                name="candidate_profession_once",
                violation_error_message=_("Ce métier est déjà dans le profil."),
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(is_main=True),
                name="candidate_one_main_profession",
            ),
        ]

    def __str__(self) -> str:
        return str(self.profession)
