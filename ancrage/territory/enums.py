"""The offices a person may hold in a territory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Office(TextChoices):
    """What a person does for a whole territory."""

    COORDINATOR = "coordinator", _("Coordination du territoire")
    INSTITUTION = "institution", _("Institution (agrégats seulement)")
