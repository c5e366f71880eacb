"""What every part stores besides its own rows: who changed what, and what is still to be done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.base import Base
from ancrage.kit.imports.models import (
    ImportGate,
    ImportMapping,
    StagedChunk,
    StagedImport,
    StagedMark,
    StagedRow,
)

__all__ = [
    "AuditLine",
    "Base",
    "ImportGate",
    "ImportMapping",
    "OutboxTask",
    "StagedChunk",
    "StagedImport",
    "StagedMark",
    "StagedRow",
]


class AuditLine(Base):
    """One change, written in the same transaction as the change itself. Never updated."""

    personal = {"actor": "account"}
    impersonal = frozenset(
        {"action", "target_type", "target_id", "target_label", "scope", "changes"}
    )

    at = models.DateTimeField(_("le"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    action = models.CharField(_("action"), max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200)
    # Whose business it is, e.g. "partner:12" or "territory:1": what a member may read back.
    scope = models.CharField(max_length=60, blank=True)
    # {field: [before, after]}, never a personal value.
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # The whole journal, the latest first; and what the purge forgets.
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["actor", "-at"], name="audit_actor_at"),
            models.Index(fields=["scope", "-at"], name="audit_scope_at"),
            models.Index(fields=["target_type", "target_id", "-at"], name="audit_target_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target_label}"


class OutboxTask(Base):
    """Something to do after the transaction that decided it: a mail, a long import.

    At least once: a worker takes a lease; a worker that dies loses it, and another goes on.
    """

    personal = {"payload": "account"}
    impersonal = frozenset({"key", "kind", "last_error"})

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outbox_one_end",
                condition=models.Q(done_at__isnull=True) | models.Q(abandoned_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["run_at", "id"],
                name="outbox_waiting",
                condition=models.Q(done_at__isnull=True, abandoned_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.key
