"""What every page knows of its deployment."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def deployment(request: HttpRequest) -> dict[str, Any]:
    """Brand, contact, and whether this is the demo."""
    return {
        "brand": {
            "name": settings.BRAND_NAME,
            "tagline": settings.BRAND_TAGLINE,
            "promise": settings.BRAND_PROMISE,
        },
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "is_demo": settings.DEMO,
        "show_components": settings.SHOW_COMPONENTS,
    }
