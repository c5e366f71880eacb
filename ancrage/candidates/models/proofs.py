"""What a person proves, and the files they join."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import DocumentKind, ProofKind, ProofState
from ancrage.candidates.models.profiles import Candidate
from ancrage.kit.documents import DocumentFormat
from ancrage.kit.models import Base
from ancrage.territory.models import Department


def document_path(document: "Document", filename: str) -> str:
    """Return where a file is stored: drawn names only, nothing that the person wrote."""
    return f"candidates/{document.key[:2]}/{document.key}.{document.format}"


class Document(Base):
    """A file of a person: stored outside the web root, handed over through a permission."""

    personal = {
        "title": "identity",
        "file": "identity",
        "added_by": "support",
    }
    impersonal = frozenset({"key", "digest"})

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("nature"), max_length=12, choices=DocumentKind.choices)
    title = models.CharField(_("intitulé"), max_length=120)
    key = models.CharField(max_length=32, unique=True)
    format = models.CharField(_("format"), max_length=5, choices=DocumentFormat.choices)
    file = models.FileField(_("fichier"), upload_to=document_path)
    size = models.PositiveIntegerField(_("taille (octets)"))
    # SHA-256 of the content: the same file is not kept twice.
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("ajouté le"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("document")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "digest"],
                name="candidate_document_once",
                violation_error_message=_("Ce fichier est déjà dans le profil."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        """Its kind and number: a title may name the person."""
        return f"document {self.kind} {self.pk}"


class Proof(Base):
    """A dated proof of eligibility, with its end where it has one."""

    personal = {
        "kind": "identity",
        "department": "identity",
        "amount": "identity",
        "issued_on": "identity",
        "expires_on": "identity",
        "note": "support",
        "checked_by": "support",
    }

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(_("justificatif"), max_length=20, choices=ProofKind.choices)
    # For a locum licence: the département of the faculty, whose council fixes the end.
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What it attests, in the unit of its rule: ECTS credits, months of practice.
    amount = models.PositiveSmallIntegerField(_("quantité attestée"), null=True, blank=True)
    issued_on = models.DateField(_("délivré le"))
    expires_on = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proofs",
    )
    state = models.CharField(
        _("vérification"),
        max_length=10,
        choices=ProofState.choices,
        default=ProofState.DECLARED,
    )
    note = models.CharField(_("remarque"), max_length=200, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    added_at = models.DateTimeField(_("ajouté le"))
    # The renewal that takes its place: it no longer alerts, but still tells the past.
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    # The fewest days before the end at which its holder was already told.
    alerted_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("justificatif")
        constraints = [
            models.CheckConstraint(
                name="proof_expires_after_issue",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                violation_error_message=_("La fin de validité précède la délivrance."),
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_on"],
                name="proof_ending",
                condition=Q(replaced_by__isnull=True, expires_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def audit_label(self) -> str:
        """Its kind and number."""
        return f"justificatif {self.kind} {self.pk}"
