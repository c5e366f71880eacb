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


class AccountEvent(TextChoices):
    """What the audit lines of accounts tell."""

    OPENED = "account.opened", _("Compte ouvert")
    PROFILE_CHANGED = "account.profile_changed", _("Profil modifié")
    LANGUAGE_CHANGED = "account.language_changed", _("Langue changée")
    ADMINISTRATION_GIVEN = "account.administration_given", _("Administration confiée")
    ADMINISTRATION_WITHDRAWN = "account.administration_withdrawn", _("Administration retirée")
    CLOSED = "account.closed", _("Compte fermé")
    REOPENED = "account.reopened", _("Compte rouvert")
    ERASED = "account.erased", _("Compte effacé")
    SESSIONS_ENDED = "account.sessions_ended", _("Appareils déconnectés")
    # Written by the adapter of allauth, after the names of its notices.
    EMAIL_CHANGED = "account.email_changed", _("Adresse changée")
    EMAIL_DELETED = "account.email_deleted", _("Adresse retirée")
    PASSWORD_CHANGED = "account.password_changed", _("Mot de passe changé")
    PASSWORD_RESET = "account.password_reset", _("Mot de passe remplacé après oubli")
    PASSWORD_SET = "account.password_set", _("Mot de passe choisi")
    TOTP_ACTIVATED = "account.totp_activated", _("Application de codes activée")
    TOTP_DEACTIVATED = "account.totp_deactivated", _("Application de codes retirée")
    RECOVERY_CODES_GENERATED = (
        "account.recovery_codes_generated",
        _("Codes de secours créés"),
    )
    WEBAUTHN_ADDED = "account.webauthn_added", _("Clé d’accès ajoutée")
    WEBAUTHN_REMOVED = "account.webauthn_removed", _("Clé d’accès retirée")
    SECOND_FACTORS_REMOVED = "account.second_factors_removed", _("Seconds facteurs retirés")
    TOKEN_CREATED = "token.created", _("Jeton d’accès créé")
    TOKEN_REVOKED = "token.revoked", _("Jeton d’accès révoqué")
