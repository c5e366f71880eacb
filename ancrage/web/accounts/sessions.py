"""How long a session lives: twelve hours at most, half an hour idle for those who see others."""

from datetime import datetime, timedelta
from enum import Enum

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from ancrage.web.client import client_ip

_BEGAN = "began_at"
_SEEN = "seen_at"
# Writing at every page would make each reading a writing.
_STEP = timedelta(minutes=1)


class End(Enum):
    """Why a session is over."""

    OLD = "old"
    IDLE = "idle"


def begin(request: HttpRequest, *, now: datetime) -> None:
    """Start counting the life of the session just opened."""
    request.session[_BEGAN] = request.session[_SEEN] = now.timestamp()


def end_of(request: HttpRequest, *, strict: bool, now: datetime) -> End | None:
    """Say why the session is over, if it is; `strict` readers may not stay idle."""
    moment = now.timestamp()
    if moment - request.session.get(_BEGAN, moment) >= settings.SESSION_LIFE:
        return End.OLD
    if strict and moment - request.session.get(_SEEN, moment) >= settings.SESSION_IDLE:
        return End.IDLE
    return None


def touch(request: HttpRequest, *, now: datetime) -> None:
    """Note that the reader is there, once a minute."""
    if _BEGAN not in request.session:
        begin(request, now=now)
    elif now.timestamp() - request.session[_SEEN] < _STEP.total_seconds():
        return
    request.session[_SEEN] = now.timestamp()
    UserSession.objects.filter(
        user_id=request.user.pk, session_key=request.session.session_key
    ).update(last_seen_at=now, ip=client_ip(request))
