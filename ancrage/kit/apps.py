from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "ancrage.kit"
    label = "kit"
    verbose_name = _("Base technique")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the handlers of the outbox."""
        import_module("ancrage.kit.mail")
        import_module("ancrage.kit.imports.background")
