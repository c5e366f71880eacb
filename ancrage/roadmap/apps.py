from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapConfig(AppConfig):
    name = "ancrage.roadmap"
    label = "roadmap"
    verbose_name = _("Feuille de route")
    default_auto_field = "django.db.models.BigAutoField"
