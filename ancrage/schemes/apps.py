from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemesConfig(AppConfig):
    name = "ancrage.schemes"
    label = "schemes"
    verbose_name = _("Aides")
    default_auto_field = "django.db.models.BigAutoField"
