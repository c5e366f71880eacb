"""A browser as its owner recognises it: « Firefox sur Windows », not a line of gibberish."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

# The first that matches names the browser: Edge and Opera also claim to be Chrome and Safari.
_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?/|\bEdgiOS/")),
    ("Opera", re.compile(r"\bOPR/|\bOpera")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Firefox", re.compile(r"Firefox/|FxiOS/")),
    ("Chrome", re.compile(r"Chrome/|Chromium/|CriOS/")),
    ("Safari", re.compile(r"Safari/")),
)
_SYSTEMS = (
    ("iPhone", re.compile(r"iPhone")),
    ("iPad", re.compile(r"iPad")),
    ("Android", re.compile(r"Android")),
    ("Windows", re.compile(r"Windows")),
    ("macOS", re.compile(r"Mac OS X|Macintosh")),
    ("Linux", re.compile(r"Linux|X11")),
)
_ON_THE_MOVE = frozenset({"iPhone", "iPad", "Android"})


@dataclass(frozen=True)
class Device:
    """A place where somebody is signed in."""

    pk: int
    name: str
    icon: str
    ip: str
    since: datetime
    seen_at: datetime
    is_here: bool


def devices_of(sessions: Iterable[UserSession], *, current: str | None) -> list[Device]:
    """Return the devices of these sessions, in the same order."""
    return [
        Device(
            pk=session.pk,
            name=device_name(session.user_agent),
            icon="smartphone" if _system(session.user_agent) in _ON_THE_MOVE else "monitor",
            ip=session.ip,
            since=session.created_at,
            seen_at=session.last_seen_at,
            is_here=session.session_key == current,
        )
        for session in sessions
    ]


def device_name(user_agent: str) -> str:
    """Return browser and system, as far as a browser says them."""
    browser = next((name for name, sign in _BROWSERS if sign.search(user_agent)), "")
    system = _system(user_agent)
    if browser and system:
        return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Appareil inconnu")


def _system(user_agent: str) -> str:
    return next((name for name, sign in _SYSTEMS if sign.search(user_agent)), "")
