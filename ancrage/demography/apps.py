from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemographyConfig(AppConfig):
    name = "ancrage.demography"
    label = "demography"
    verbose_name = _("Démographie médicale")
    default_auto_field = "django.db.models.BigAutoField"
