from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfessionsConfig(AppConfig):
    name = "ancrage.professions"
    label = "professions"
    verbose_name = _("Métiers")
    default_auto_field = "django.db.models.BigAutoField"
