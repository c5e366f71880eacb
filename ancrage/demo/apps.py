from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "ancrage.demo"
    label = "demo"
    verbose_name = _("Démonstration")

    def ready(self) -> None:
        """Name the people whom the sign-in page of the demo offers to play."""
        import_module("ancrage.demo.people")
