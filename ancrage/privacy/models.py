"""The people the platform follows, what they agreed to, who looked, what they asked."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.privacy.append_only import AppendOnly
from ancrage.privacy.enums import (
    BreachRisk,
    ConsentChannel,
    RequestChannel,
    RequestKind,
    RequestStatus,
)

# GDPR, art. 33.1.
AUTHORITY_DELAY = timedelta(hours=72)


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
    # No mail reaches them: somebody is asked, since then, to tell them that their data will go.
    to_tell_since = models.DateTimeField(_("à prévenir depuis le"), null=True, blank=True)
    # Hidden and frozen, at the person's request.
    limited_at = models.DateTimeField(_("usage limité le"), null=True, blank=True)
    # Entered by somebody else: erased on that day unless the person has answered.
    pending_until = models.DateTimeField(_("à confirmer avant le"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("anonymisé le"), null=True, blank=True)
    # Somebody real stands behind the profile: they signed in, answered a link, or the coordination
    # spoke with them. Until then they count for nothing in what a small number protects.
    is_confirmed = models.BooleanField(_("personne confirmée"), default=False)

    class Meta:
        verbose_name = _("personne suivie")
        constraints = [
            models.CheckConstraint(
                name="data_subject_anonymised_is_nobody",
                condition=models.Q(anonymised_at__isnull=True)
                | models.Q(
                    user__isnull=True,
                    warned_at__isnull=True,
                    to_tell_since__isnull=True,
                    limited_at__isnull=True,
                    pending_until__isnull=True,
                ),
                violation_error_message=_("Un profil anonymisé ne désigne plus personne."),
            ),
            models.CheckConstraint(
                name="data_subject_told_or_to_tell",
                condition=models.Q(warned_at__isnull=True) | models.Q(to_tell_since__isnull=True),
                violation_error_message=_("Une personne prévenue n’est plus à prévenir."),
            ),
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
            models.Index(
                fields=["home", "last_contact_at"],
                name="data_subject_to_tell",
                condition=models.Q(to_tell_since__isnull=False),
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


class AccessTrace(AppendOnly):
    """Somebody looked at an identified profile. Shown to the person, kept one year."""

    personal = {"viewer": "data_protection"}
    impersonal = frozenset({"purpose", "scope", "fields"})

    subject = models.ForeignKey(
        DataSubject, on_delete=models.CASCADE, related_name="access_traces"
    )
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # For whom they looked, e.g. "partner:12".
    scope = models.CharField(_("pour"), max_length=60, blank=True)
    purpose = models.CharField(_("finalité"), max_length=40)
    fields = models.JSONField(_("ce qui a été vu"), default=list)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("consultation")
        indexes = [
            models.Index(fields=["subject", "-at", "-id"], name="access_trace_subject"),
            models.Index(fields=["at"], name="access_trace_term"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.purpose}"


class RightsRequest(Base):
    """Somebody exercises a right; the answer is due within a month (GDPR, art. 12)."""

    personal = {
        "home": "data_protection",
        "requester": "data_protection",
        "details": "data_protection",
        "answer": "data_protection",
        "extension_reason": "data_protection",
        "closed_by": "data_protection",
    }

    # Empty when whoever asks has no profile here; `requester` then says whom to answer.
    subject = models.ForeignKey(
        DataSubject,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rights_requests",
    )
    home = models.CharField(_("à traiter par"), max_length=60)
    requester = models.CharField(_("qui demande"), max_length=200, blank=True)
    kind = models.CharField(_("demande"), max_length=20, choices=RequestKind.choices)
    channel = models.CharField(_("reçue"), max_length=10, choices=RequestChannel.choices)
    details = models.TextField(_("précisions"), blank=True)
    received_at = models.DateTimeField(_("reçue le"))
    due_at = models.DateTimeField(_("réponse due le"))
    extension_reason = models.CharField(_("motif de prolongation"), max_length=300, blank=True)
    status = models.CharField(
        _("état"), max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN
    )
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("close par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What was answered and where its proof is.
    answer = models.TextField(_("réponse et preuve"), blank=True)

    class Meta:
        verbose_name = _("demande d’exercice des droits")
        constraints = [
            models.CheckConstraint(
                name="rights_request_closed_with_date",
                condition=models.Q(status=RequestStatus.OPEN, closed_at__isnull=True)
                | (~models.Q(status=RequestStatus.OPEN) & models.Q(closed_at__isnull=False)),
                violation_error_message=_("Une demande est à traiter, ou close à une date."),
            )
        ]
        indexes = [models.Index(fields=["home", "status", "due_at"], name="rights_request_queue")]

    def __str__(self) -> str:
        return f"demande {self.pk}"


class Breach(Base):
    """Personal data lost, altered or seen by the wrong eyes (GDPR, art. 33: the register)."""

    personal = {
        "facts": "data_protection",
        "effects": "data_protection",
        "measures": "data_protection",
        "late_reason": "data_protection",
        "silence_reason": "data_protection",
        "recorded_by": "data_protection",
    }
    impersonal = frozenset({"authority_reference"})

    # When we came to know: the 72 hours run from there.
    discovered_at = models.DateTimeField(_("découverte le"))
    facts = models.TextField(_("ce qui s’est passé"))
    people_count = models.PositiveIntegerField(_("personnes touchées"), null=True, blank=True)
    effects = models.TextField(_("conséquences possibles"), blank=True)
    measures = models.TextField(_("mesures prises"), blank=True)
    risk = models.CharField(
        _("risque"), max_length=10, choices=BreachRisk.choices, default=BreachRisk.UNKNOWN
    )
    notified_at = models.DateTimeField(_("CNIL prévenue le"), null=True, blank=True)
    authority_reference = models.CharField(
        _("numéro de la notification"), max_length=60, blank=True
    )
    late_reason = models.TextField(_("motif du retard"), blank=True)
    told_at = models.DateTimeField(_("personnes prévenues le"), null=True, blank=True)
    # Art. 34.3: why those at high risk need not be told.
    silence_reason = models.TextField(_("pourquoi elles ne le sont pas"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("notée par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("notée le"))
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    class Meta:
        verbose_name = _("violation de données")
        indexes = [models.Index(fields=["-discovered_at", "-id"], name="breach_order")]

    def __str__(self) -> str:
        return f"violation {self.pk}"

    @property
    def notification_due_at(self) -> datetime:
        """When the CNIL must have been told, at the latest (art. 33.1)."""
        return self.discovered_at + AUTHORITY_DELAY
