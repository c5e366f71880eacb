"""What was read in another directory: whose it was there, and what it last said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.partners.models import Partner
from ancrage.resources.models import Resource
from ancrage.territory.models import Territory


class Origin(Base):
    """A row of another directory, as it last was."""

    impersonal = frozenset({"source", "external_id", "record", "facts"})

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    # The producer, and how it calls the row: « dora », « dora--42 ».
    source = models.CharField(_("source"), max_length=120)
    external_id = models.CharField(_("identifiant à la source"), max_length=250)
    updated_on = models.DateField(_("modifié à la source le"))
    # The whole row in the fields of data·inclusion, but for who answers there.
    record = models.JSONField(default=dict)
    # What was read of it for us, field by field: what differs since was edited here.
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("repris le"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.external_id


class StructureOrigin(Origin):
    """A structure of another directory, and which of ours it is; one of ours may be several."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="origins")

    class Meta:
        verbose_name = _("structure d’un autre annuaire")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "source", "external_id"],
                name="welcome_structure_origin_once",
                violation_error_message=_("Cette structure est déjà reprise."),
            )
        ]


class ServiceOrigin(Origin):
    """A service of another directory, and the resource it became."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, related_name="welcome_origin"
    )

    class Meta:
        verbose_name = _("service d’un autre annuaire")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "source", "external_id"],
                name="welcome_service_origin_once",
                violation_error_message=_("Ce service est déjà repris."),
            )
        ]
