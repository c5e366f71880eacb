"""Invented cases that try the rule of an aid each time it is saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.schemes.enums import Verdict
from ancrage.schemes.models.inventory import Scheme


class SchemeCase(Base):
    """Facts about nobody, a day, and what the rule must answer."""

    personal = {"created_by": "membership"}
    impersonal = frozenset({"name", "facts"})

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="cases")
    name = models.CharField(_("cas"), max_length=120)
    # Name of the fact → what a JSON file says of it (`facts_as_json`).
    facts = models.JSONField(_("faits"), default=dict, blank=True)
    on = models.DateField(_("jour de la question"))
    expected = models.CharField(_("réponse attendue"), max_length=8, choices=Verdict.choices)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("cas d’essai d’une aide")
        indexes = [models.Index(fields=["scheme", "id"], name="scheme_case_of")]

    def __str__(self) -> str:
        return self.name
