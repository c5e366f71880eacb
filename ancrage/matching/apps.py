from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "ancrage.matching"
    label = "matching"
    verbose_name = _("Mises en relation")
    default_auto_field = "django.db.models.BigAutoField"
