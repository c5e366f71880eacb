from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CandidatesConfig(AppConfig):
    name = "ancrage.candidates"
    label = "candidates"
    verbose_name = _("Candidats")
    default_auto_field = "django.db.models.BigAutoField"
