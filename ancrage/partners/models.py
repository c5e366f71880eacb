"""Who: structures, their sites, their people, and the charter they sign."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.search import SearchField
from ancrage.partners.enums import CheckState, CommitmentKind, MemberRole, PartnerKind
from ancrage.territory.models import Commune, Territory


class FacilityCategory(Base):
    """A FINESS category of facility. The code is the key: labels change, codes do not."""

    impersonal = frozenset(
        {"code", "short", "label_fr", "label_en", "source", "version", "reference"}
    )

    code = models.CharField(_("code"), max_length=4, unique=True)
    # What people call it: EHPAD, SSIAD, MAS.
    short = models.CharField(_("sigle"), max_length=40, blank=True)
    label_fr = models.CharField(_("libellé"), max_length=160)
    label_en = models.CharField(_("libellé anglais"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    valid_from = models.DateField(_("valable depuis"), null=True, blank=True)
    valid_to = models.DateField(_("valable jusqu’à"), null=True, blank=True)
    # The values last loaded: what differs from them was changed by an administrator.
    reference = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("catégorie d’établissement")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page, French where no translation is recorded."""
        return (self.label_en if get_language() == "en" else "") or self.label_fr


class Partner(Base):
    """A structure of the territory: the legal body that recruits, welcomes or watches."""

    impersonal = frozenset(
        {
            "name",
            "short_name",
            "search",
            "siren",
            "finess_ej",
            "website",
            "contact_email",
            "contact_phone",
            "address",
            "presentation",
        }
    )

    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="partners"
    )
    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    kind = models.CharField(_("nature"), max_length=30, choices=PartnerKind.choices)
    name = models.CharField(_("nom"), max_length=160)
    short_name = models.CharField(_("nom court"), max_length=60, blank=True)
    # Folded name, short name, commune and identifiers: what accent-blind search reads.
    search = SearchField(blank=True)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    finess_ej = models.CharField(_("FINESS juridique"), max_length=9, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune du siège"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partners",
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    website = models.URLField(_("site internet"), max_length=200, blank=True)
    # The mailbox and the number of a service, never those of a person.
    contact_email = models.EmailField(_("boîte du service"), blank=True)
    contact_phone = models.CharField(_("téléphone du service"), max_length=20, blank=True)
    presentation = models.TextField(_("présentation"), blank=True)
    # The communes it serves; none named means those of its sites.
    perimeter = models.ManyToManyField(
        Commune, verbose_name=_("communes desservies"), blank=True, related_name="served_by"
    )
    is_fictional = models.BooleanField(_("structure fictive"), default=False)
    # Made from an official list with a name alone: somebody still has to complete the sheet.
    to_complete = models.BooleanField(_("fiche à compléter"), default=False)
    joined_at = models.DateTimeField(_("membre depuis"))
    left_at = models.DateTimeField(_("partie le"), null=True, blank=True)
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("structure")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "siren"],
                condition=~models.Q(siren=""),
                name="partner_siren_once",
                violation_error_message=_("Une structure du territoire porte déjà ce SIREN."),
            ),
            models.UniqueConstraint(
                fields=["territory", "finess_ej"],
                condition=~models.Q(finess_ej=""),
                name="partner_finess_once",
                violation_error_message=_("Une structure du territoire porte déjà ce FINESS."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Facility(Base):
    """A site of a structure, where care is given and people work.

    A site of an official list whose legal body is no structure of ours is kept without a
    `partner`, under its `finess_ej`: it joins the structure the day that one is entered.
    """

    impersonal = frozenset(
        {
            "name",
            "finess_et",
            "finess_ej",
            "insee",
            "siret",
            "siret_raw",
            "address",
            "postcode",
            "phone",
            "source",
            "version",
            "imported",
        }
    )

    partner = models.ForeignKey(
        Partner,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facilities",
    )
    name = models.CharField(_("nom"), max_length=200)
    category = models.ForeignKey(
        FacilityCategory,
        verbose_name=_("catégorie"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facilities",
    )
    finess_et = models.CharField(_("FINESS géographique"), max_length=9, blank=True)
    finess_ej = models.CharField(_("FINESS juridique"), max_length=9, blank=True, db_index=True)
    # A SIRET is never invented: the damaged one is kept as it came, beside its state.
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    siret_raw = models.CharField(_("SIRET reçu"), max_length=40, blank=True)
    siret_state = models.CharField(
        _("état du SIRET"),
        max_length=12,
        choices=CheckState.choices,
        default=CheckState.UNVERIFIED,
    )
    # None only for a site without structure, in a commune that is not loaded yet: `insee` says
    # which, as the official list does.
    commune = models.ForeignKey(
        Commune,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="facilities",
    )
    insee = models.CharField(_("code INSEE reçu"), max_length=5, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    opened_on = models.DateField(_("ouvert le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    version = models.CharField(_("version de la source"), max_length=40, blank=True)
    # What the official file last said, field by field: what differs since was edited by hand.
    imported = models.JSONField(default=dict, blank=True)
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("établissement")
        constraints = [
            models.CheckConstraint(
                name="facility_held_or_known",
                condition=models.Q(partner__isnull=False) | ~models.Q(finess_et=""),
                violation_error_message=_("Un site sans structure doit porter un numéro FINESS."),
            ),
            models.CheckConstraint(
                name="facility_point_whole",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message=_("La latitude et la longitude vont ensemble, en degrés."),
            ),
            models.UniqueConstraint(
                fields=["finess_et"],
                condition=~models.Q(finess_et=""),
                name="facility_finess_once",
                violation_error_message=_("Un établissement porte déjà ce numéro FINESS."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CareUnit(Base):
    """A ward or a team of a site (service de soins)."""

    impersonal = frozenset({"name"})

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("service")
        constraints = [
            models.UniqueConstraint("facility", Lower("name"), name="care_unit_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Base):
    """A person acts for a structure: recruits, or welcomes."""

    personal = {"user": "membership"}

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("rôle"), max_length=20, choices=MemberRole.choices, default=MemberRole.EMPLOYER
    )
    # Invites and removes the structure's other members, edits its sheet.
    is_manager = models.BooleanField(_("gère la structure"), default=False)
    may_sign = models.BooleanField(_("peut signer la charte"), default=False)
    since = models.DateTimeField(_("depuis"))
    ended_at = models.DateTimeField(_("jusqu’à"), null=True, blank=True)

    class Meta:
        verbose_name = _("rattachement")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partner", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="membership_once",
                violation_error_message=_("Cette personne est déjà membre de la structure."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.partner}"

    @property
    def audit_label(self) -> str:
        """The structure and the number of the account: the journal names nobody."""
        return f"{self.partner} · compte {self.user_id}"


class Invitation(Base):
    """A place offered in a structure to an address; the link in the mail is used once."""

    personal = {"email": "membership", "invited_by": "membership"}
    impersonal = frozenset({"token_digest"})

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("adresse électronique"), max_length=254)
    role = models.CharField(
        _("rôle"), max_length=20, choices=MemberRole.choices, default=MemberRole.EMPLOYER
    )
    is_manager = models.BooleanField(_("gère la structure"), default=False)
    may_sign = models.BooleanField(_("peut signer la charte"), default=False)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invitée le"))
    expires_at = models.DateTimeField(_("expire le"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                "partner",
                Lower("email"),
                "role",
                condition=models.Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="invitation_pending_once",
                violation_error_message=_(
                    "Une invitation est déjà en attente pour cette adresse."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.partner}"

    @property
    def audit_label(self) -> str:
        """The structure and the number of the invitation: the journal names nobody."""
        return f"{self.partner} · invitation {self.pk}"


class Charter(Base):
    """One version of the territory's shared rules. Published, it no longer changes."""

    impersonal = frozenset({"title", "preamble"})

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("titre"), max_length=160)
    preamble = models.TextField(_("préambule"), blank=True)
    created_at = models.DateTimeField(_("rédigée le"))
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("charte")
        constraints = [
            models.UniqueConstraint(fields=["territory", "version"], name="charter_version_once"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=models.Q(published_at__isnull=True),
                name="charter_one_draft",
                violation_error_message=_("Un projet de charte est déjà en cours de rédaction."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class Commitment(Base):
    """A promise of the charter; `threshold` is its number (days, or percent)."""

    impersonal = frozenset({"text"})

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField(_("rang"))
    kind = models.CharField(_("nature"), max_length=20, choices=CommitmentKind.choices)
    text = models.TextField(_("texte"))
    threshold = models.PositiveSmallIntegerField(_("seuil"), null=True, blank=True)

    class Meta:
        verbose_name = _("engagement")
        constraints = [
            models.UniqueConstraint(fields=["charter", "position"], name="commitment_rank_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class CharterSignature(Base):
    """Who signed which version, when, for which structure, and in what capacity."""

    personal = {"signed_by": "membership", "signatory": "membership", "capacity": "membership"}

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="signatures")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="signatures")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signatory = models.CharField(_("signataire"), max_length=160)
    capacity = models.CharField(_("en qualité de"), max_length=160)
    signed_at = models.DateTimeField(_("signée le"))

    class Meta:
        verbose_name = _("signature de la charte")
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "partner"],
                name="charter_signed_once",
                violation_error_message=_("La structure a déjà signé cette version."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.charter}"
