"""The people the platform follows, what they agreed to, and who looked."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.privacy.append_only import AppendOnly
from ancrage.privacy.enums import ConsentChannel


class DataSubject(Base):
    """A natural person the platform follows, with or without an account.

    Once anonymised the row only counts: no account, no key known elsewhere, months for dates.
    """

    personal = {"user": "account", "home": "support"}

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="data_subject",
    )
    # Who follows the person, e.g. "territory:3".
    home = models.CharField(_("suivi par"), max_length=60)
    created_at = models.DateTimeField(_("créé le"))
    # Their own sign-in or act, or an answer of theirs that was noted; never somebody's reading.
    last_contact_at = models.DateTimeField(_("dernier contact"))
    warned_at = models.DateTimeField(_("prévenu le"), null=True, blank=True)
    # Hidden and frozen, at the person's request.
    limited_at = models.DateTimeField(_("usage limité le"), null=True, blank=True)
    # Entered by somebody else: erased on that day unless the person has answered.
    pending_until = models.DateTimeField(_("à confirmer avant le"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("anonymisé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("personne suivie")
        constraints = [
            models.CheckConstraint(
                name="data_subject_anonymised_is_nobody",
                condition=models.Q(anonymised_at__isnull=True)
                | models.Q(
                    user__isnull=True,
                    warned_at__isnull=True,
                    limited_at__isnull=True,
                    pending_until__isnull=True,
                ),
                violation_error_message=_("Un profil anonymisé ne désigne plus personne."),
            )
        ]
        indexes = [
            models.Index(
                fields=["last_contact_at", "id"],
                name="data_subject_expiry",
                condition=models.Q(anonymised_at__isnull=True),
            ),
            models.Index(
                fields=["pending_until"],
                name="data_subject_pending",
                condition=models.Q(pending_until__isnull=False),
            ),
            models.Index(fields=["home", "-last_contact_at"], name="data_subject_home"),
        ]

    def __str__(self) -> str:
        return f"personne {self.pk}"

    @property
    def is_shown(self) -> bool:
        """Say whether consents count: the person has confirmed, asked for no pause, not left."""
        return (
            self.limited_at is None and self.pending_until is None and self.anonymised_at is None
        )


class ConsentEntry(AppendOnly):
    """An agreement given or withdrawn. The latest line of a purpose and a scope is in force."""

    personal = {"recorded_by": "data_protection", "proof": "data_protection"}
    impersonal = frozenset({"purpose", "scope", "notice_version", "notice_hash"})

    subject = models.ForeignKey(
        DataSubject, on_delete=models.CASCADE, related_name="consent_entries"
    )
    purpose = models.CharField(_("finalité"), max_length=40)
    # For whom, e.g. "partner:12"; empty for everybody.
    scope = models.CharField(_("pour"), max_length=60, blank=True)
    notice_version = models.CharField(_("information lue"), max_length=20)
    notice_hash = models.CharField(max_length=64)
    given = models.BooleanField(_("donné"))
    at = models.DateTimeField(_("le"))
    channel = models.CharField(_("comment"), max_length=10, choices=ConsentChannel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noté par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Where the agreement can be found again when somebody else noted it.
    proof = models.CharField(_("preuve"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("accord")
        constraints = [
            models.CheckConstraint(
                name="consent_noted_by_others_has_proof",
                condition=models.Q(channel=ConsentChannel.SELF) | ~models.Q(proof=""),
                violation_error_message=_("Dites où se trouve la preuve de cet accord."),
            )
        ]
        indexes = [
            models.Index(fields=["subject", "purpose", "scope", "-id"], name="consent_in_force"),
            models.Index(fields=["purpose", "scope", "subject", "-id"], name="consent_of_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.scope}".strip()
