"""The public directory of professionals, reduced to what checking a number needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base


class DirectoryEntry(Base):
    """An RPPS number with the name it belongs to, folded, and the ANS code of the profession."""

    personal = {"rpps": "directory", "name_key": "directory"}
    impersonal = frozenset({"profession_code"})

    rpps = models.CharField(_("numéro RPPS"), max_length=11, unique=True)
    name_key = models.CharField(max_length=170)
    profession_code = models.CharField(_("code de la profession"), max_length=4)

    class Meta:
        verbose_name = _("professionnel de l’annuaire")

    def __str__(self) -> str:
        return self.rpps

    @property
    def audit_label(self) -> str:
        """Its number in our table: an RPPS is somebody's."""
        return f"annuaire {self.pk}"
