"""How a change came about, as traces say it."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeSource(TextChoices):
    """How something came to its present state."""

    PAGE = "page", _("Saisie")
    IMPORT = "import", _("Import")
    FRESHNESS = "freshness", _("Lien du courriel")
    AUTOMATIC = "automatic", _("Automatique")
    API = "api", _("API")


def sourced(changes: dict[str, list[Any]], source: ChangeSource) -> dict[str, list[Any]]:
    """Add to the changes how they came, unless it was from a page."""
    return changes if source == ChangeSource.PAGE else {**changes, "source": ["", source.value]}
