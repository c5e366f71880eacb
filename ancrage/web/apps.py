from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from ancrage.web.branding import check_brand_colours


class WebConfig(AppConfig):
    name = "ancrage.web"
    label = "web"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_brand_colours)
