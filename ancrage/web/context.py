"""What every page knows of its deployment."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import Promise

from ancrage.accounts.enums import Role
from ancrage.accounts.permissions import needs_strong_sign_in
from ancrage.accounts.policy import roles_of
from ancrage.web.manifest import icon_address
from ancrage.web.navigation import Place, links, sections

# The role by which somebody who holds several is addressed in the header.
FOREMOST = (
    Role.COORDINATOR,
    Role.EMPLOYER,
    Role.WELCOME_PARTNER,
    Role.INSTITUTION,
    Role.ADMIN,
)


def deployment(request: HttpRequest) -> dict[str, Any]:
    """Brand, contact, and whether this is the demo."""
    return {
        "brand": {
            "name": settings.BRAND_NAME,
            "tagline": settings.BRAND_TAGLINE,
            "promise": settings.BRAND_PROMISE,
            "has_colours": bool(settings.BRAND_COLOURS),
            "icon": icon_address(),
        },
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "is_demo": settings.DEMO,
        "show_components": settings.SHOW_COMPONENTS,
    }


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Links of the header, the account menu and the footer, and the reader's role.

    Functions, so that a fragment that prints none of them costs no query.
    """
    return {
        "navigation": lambda: sections(request),
        "account_links": lambda: links(request, Place.ACCOUNT),
        "footer_links": lambda: links(request, Place.FOOTER),
        # Seconds after which a reader who does nothing is signed out; 0 for those who may stay.
        "session_idle": lambda: _idle_seconds(getattr(request, "user", AnonymousUser())),
        "user_role": lambda: _foremost_role(getattr(request, "user", AnonymousUser())),
    }


def _foremost_role(user: Any) -> str | Promise:
    roles = roles_of(user)
    return next((role.label for role in FOREMOST if role in roles), "")


def _idle_seconds(user: Any) -> int:
    return int(settings.SESSION_IDLE) if needs_strong_sign_in(user) else 0
