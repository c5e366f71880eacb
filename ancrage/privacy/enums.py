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


class RequestKind(TextChoices):
    """The rights of a person over their data (GDPR, art. 7 and 15 to 21)."""

    ACCESS = "access", _("Voir ses données")
    PORTABILITY = "portability", _("Recevoir une copie")
    RECTIFICATION = "rectification", _("Corriger")
    ERASURE = "erasure", _("Effacer")
    LIMITATION = "limitation", _("Limiter l’usage")
    OBJECTION = "objection", _("S’opposer à un usage")
    WITHDRAWAL = "withdrawal", _("Retirer un accord")


class RequestStatus(TextChoices):
    """Where a request stands."""

    OPEN = "open", _("À traiter")
    DONE = "done", _("Satisfaite")
    REFUSED = "refused", _("Refusée")


class RequestChannel(TextChoices):
    """How a request arrived."""

    SELF = "self", _("sur la plateforme")
    EMAIL = "email", _("par courriel")
    LETTER = "letter", _("par courrier")
    PHONE = "phone", _("par téléphone")
    VISIT = "visit", _("sur place")


class TellingChannel(TextChoices):
    """How somebody told a person that their data will be erased."""

    PHONE = "phone", _("par téléphone")
    LETTER = "letter", _("par courrier")
    VISIT = "visit", _("de vive voix")


class BreachRisk(TextChoices):
    """What a breach threatens; it decides who must be told (GDPR, art. 33 and 34)."""

    UNKNOWN = "unknown", _("À évaluer")
    NONE = "none", _("Aucun risque pour les personnes")
    RISK = "risk", _("Un risque : la CNIL est prévenue")
    HIGH = "high", _("Un risque élevé : la CNIL et les personnes sont prévenues")


class PrivacyEvent(TextChoices):
    """What the journal tells of the people followed."""

    OPENED = "subject.opened", _("Profil ouvert")
    CONFIRMED = "subject.confirmed", _("Profil confirmé par la personne")
    ACCOUNT_LINKED = "subject.account_linked", _("Profil rattaché à un compte")
    LIMITED = "subject.limited", _("Usage du profil limité")
    LIMIT_LIFTED = "subject.limit_lifted", _("Limitation levée")
    WARNED = "subject.warned", _("Fin de conservation annoncée")
    TO_TELL = "subject.to_tell", _("Personne à prévenir par téléphone ou courrier")
    STAYS = "subject.stays", _("Prévenue, la personne veut rester suivie")
    ERASED = "subject.erased", _("Profil effacé")
    EXPIRED = "subject.expired", _("Profil anonymisé à son terme")
    ERASED_AGAIN = "subject.erased_again", _("Profil effacé de nouveau après une restauration")
    EXPORTED = "subject.exported", _("Copie des données remise")
    CONSENT_GIVEN = "consent.given", _("Accord donné")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("Accord retiré")
    REQUEST_FILED = "rights.filed", _("Demande de droits reçue")
    REQUEST_EXTENDED = "rights.extended", _("Délai d’une demande prolongé")
    REQUEST_CLOSED = "rights.closed", _("Demande de droits close")
    BREACH_LOGGED = "breach.logged", _("Violation de données notée")
    BREACH_ASSESSED = "breach.assessed", _("Violation de données évaluée")
    BREACH_NOTIFIED = "breach.notified", _("Violation notifiée à la CNIL")
    BREACH_TOLD = "breach.told", _("Personnes prévenues d’une violation")
    BREACH_CLOSED = "breach.closed", _("Violation de données close")
