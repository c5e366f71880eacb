"""The people who sign in."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import Base
from ancrage.kit.text import fold


def search_name_of(first_name: str, last_name: str) -> str:
    """Return a name as it is searched: « Hélène Le Goff » is found by « le goff helene »."""
    return fold(f"{first_name} {last_name}")


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Base, AbstractBaseUser):
    """A person with an account. Roles come from memberships and offices, not from here."""

    personal = {
        "email": "account",
        "first_name": "account",
        "last_name": "account",
        "search_name": "account",
        "job_title": "account",
        "password": "account",
    }

    email = models.EmailField(_("adresse électronique"), max_length=254, unique=True)
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    # `search_name_of(first_name, last_name)`: what accent-blind search reads.
    search_name = models.CharField(max_length=170, blank=True)
    job_title = models.CharField(_("fonction"), max_length=120, blank=True)
    language = models.CharField(
        _("langue"),
        max_length=5,
        choices=[("fr", _("Français")), ("en", _("English"))],
        default="fr",
    )
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    is_platform_admin = models.BooleanField(_("administration de la plateforme"), default=False)
    is_fictional = models.BooleanField(_("personne fictive"), default=False)
    created_at = models.DateTimeField(_("créé le"))
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    # Once erased, the row only keeps the links of what the person did, without the person.
    erased_at = models.DateTimeField(_("effacé le"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Un compte existe déjà avec cette adresse."),
            ),
            models.CheckConstraint(
                name="user_open_or_closed",
                condition=models.Q(is_active=True, closed_at__isnull=True, erased_at__isnull=True)
                | models.Q(is_active=False, closed_at__isnull=False),
                violation_error_message=_("Un compte est ouvert, ou fermé à une date."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def audit_label(self) -> str:
        """A number: the line must not outlive the name."""
        return f"compte {self.pk}"

    @property
    def full_name(self) -> str:
        """First and last name, or an empty text."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """One or two capitals for the disc in the header."""
        letters = [name[0] for name in (self.first_name, self.last_name) if name]
        return "".join(letters or [self.email[0]]).upper()


class ApiToken(Base):
    """A secret a program signs in with. Only its digest is kept; it acts as its owner."""

    personal = {"user": "account", "name": "account"}
    impersonal = frozenset({"digest", "prefix"})

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("nom"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    # The first characters, shown so that its owner recognises it.
    prefix = models.CharField(max_length=12)
    created_at = models.DateTimeField(_("créé le"))
    expires_at = models.DateTimeField(_("expire le"))
    last_used_at = models.DateTimeField(_("dernière utilisation"), null=True)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True)

    class Meta:
        verbose_name = _("jeton d’accès")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Its first characters: its name may say whose it is."""
        return f"jeton {self.prefix}…"

    def is_usable(self, *, now: datetime) -> bool:
        """Say whether the token still opens the door at `now`."""
        return self.revoked_at is None and now < self.expires_at
