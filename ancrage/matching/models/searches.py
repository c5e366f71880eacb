"""Searches that somebody keeps, to run them again or to be told what is new."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.matching.enums import SearchFrequency, SearchKind
from ancrage.needs.models import Need


class SavedSearch(Base):
    """One search of one account: profiles for a need, or needs for oneself.

    `query` holds the criteria as the address of the page does, and nobody's name. A deleted one
    waits a day for its owner to think again.
    """

    personal = {"owner": "account", "name": "account", "query": "account"}

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    kind = models.CharField(max_length=10, choices=SearchKind.choices)
    # Whom profiles are looked for; none for one's own needs.
    need = models.ForeignKey(
        Need,
        verbose_name=_("besoin"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    name = models.CharField(_("nom"), max_length=80)
    query = models.CharField(max_length=600, blank=True)
    frequency = models.CharField(
        _("prévenir par courriel"),
        max_length=8,
        choices=SearchFrequency.choices,
        default=SearchFrequency.WEEKLY,
    )
    created_at = models.DateTimeField(_("enregistrée le"))
    seen_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    # What is newer than this has not been told.
    told_at = models.DateTimeField(_("nouvelles jusqu’au"))
    deleted_at = models.DateTimeField(_("supprimée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("recherche enregistrée")
        constraints = [
            models.CheckConstraint(
                name="saved_search_need_of_its_kind",
                condition=Q(kind=SearchKind.PROFILES, need__isnull=False)
                | Q(kind=SearchKind.NEEDS, need__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(deleted_at__isnull=True),
                name="saved_search_name_once",
                violation_error_message=_("Une de vos recherches porte déjà ce nom."),
            ),
        ]
        indexes = [models.Index(fields=["frequency", "told_at"], name="saved_search_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """A number: the name is its owner's own words."""
        return f"recherche {self.pk}"
