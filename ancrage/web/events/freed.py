"""What becomes of the organiser's decisions when registrations are brought together."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def tell_freed(request: HttpRequest, names: Sequence[str]) -> None:
    """Say with whom a meeting was imposed, and is not any more."""
    if names:
        words = _(
            "Vous aviez imposé une rencontre avec %(names)s : elle ne l’est plus, parce qu’elle"
            " est interdite ou refusée par ailleurs."
        )
        messages.warning(request, words % {"names": ", ".join(names)})
