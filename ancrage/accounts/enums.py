"""Who a person is on the platform."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The seven kinds of reader. Everybody is a visitor; a person may hold several others."""

    VISITOR = "visitor", _("Visiteur")
    CANDIDATE = "candidate", _("Professionnel")
    EMPLOYER = "employer", _("Structure")
    COORDINATOR = "coordinator", _("Coordination")
    WELCOME_PARTNER = "welcome_partner", _("Partenaire d’accueil")
    INSTITUTION = "institution", _("Institution")
    ADMIN = "admin", _("Administration")


class AccountState(TextChoices):
    """What has become of an account."""

    OPEN = "open", _("Ouvert")
    CLOSED = "closed", _("Fermé")
    ERASED = "erased", _("Effacé")
