from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "ancrage.privacy"
    label = "privacy"
    verbose_name = _("Données personnelles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read what every app erases, hands over and forgets, declared beside its services."""
        autodiscover_modules("services")
