from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "ancrage.territory"
    label = "territory"
    verbose_name = _("Territoires")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read what every app can measure."""
        autodiscover_modules("measures")
