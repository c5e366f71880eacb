"""The vocabulary of consent and of people's rights."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentChannel(TextChoices):
    """How an agreement, or its withdrawal, reached the platform."""

    SELF = "self", _("par la personne, sur la plateforme")
    PAPER = "paper", _("sur papier")
    EMAIL = "email", _("par courriel")
    PHONE = "phone", _("par téléphone")
    MEETING = "meeting", _("lors d’un entretien")
    # A withdrawal newer than a restored backup, read again from the ledger of erasures.
    RESTORED = "restored", _("repris après une restauration")


class PrivacyEvent(TextChoices):
    """What the journal tells of the people followed."""

    OPENED = "subject.opened", _("Profil ouvert")
    CONFIRMED = "subject.confirmed", _("Profil confirmé par la personne")
    ACCOUNT_LINKED = "subject.account_linked", _("Profil rattaché à un compte")
    CONSENT_GIVEN = "consent.given", _("Accord donné")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("Accord retiré")
