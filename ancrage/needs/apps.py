from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "ancrage.needs"
    label = "needs"
    verbose_name = _("Besoins")
    default_auto_field = "django.db.models.BigAutoField"
