"""What the audit lines of the technical base tell."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportEvent(TextChoices):
    """What the audit lines of imports tell."""

    APPLIED = "import.applied", _("Import appliqué")
    ABANDONED = "import.abandoned", _("Import abandonné")
    PUT_BACK = "import.put_back", _("Retraits d’un import annulés")
