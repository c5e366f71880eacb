"""The vocabulary of a first contact."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContactRequestStatus(TextChoices):
    """Where a spontaneous contact stands."""

    NEW = "new", _("À rappeler")
    ANSWERED = "answered", _("Réponse donnée")
    CLOSED = "closed", _("Sans suite")


class ContactEvent(TextChoices):
    """What the journal tells of first contacts."""

    SENT = "contact_requests.send", _("Prise de contact reçue")
    ANSWERED = "contact_requests.answer", _("Prise de contact traitée")
    REOPENED = "contact_requests.reopen", _("Prise de contact rouverte")


class Horizon(TextChoices):
    """When the person could come."""

    NOW = "now", _("Tout de suite")
    MONTHS_3 = "months_3", _("Dans les trois mois")
    MONTHS_12 = "months_12", _("Dans l’année")
    LATER = "later", _("Plus tard, je me renseigne")
