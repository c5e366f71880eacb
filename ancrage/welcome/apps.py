from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelcomeConfig(AppConfig):
    name = "ancrage.welcome"
    label = "welcome"
    verbose_name = _("Accueil")
    default_auto_field = "django.db.models.BigAutoField"
