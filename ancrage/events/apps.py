from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "ancrage.events"
    label = "events"
    verbose_name = _("Événements")
    default_auto_field = "django.db.models.BigAutoField"
