"""Reading requests: the line that says whose were seen."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access, trace_list
from ancrage.schemes.models import AidRequest
from ancrage.schemes.services.requests.rights import PURPOSE

_LISTED = ("scheme", "state", "asked_on")


def read_request(*, request: AidRequest, viewer: Viewer, now: datetime) -> None:
    """Note that a reader opened the request of a person; a structure's is nobody's."""
    if request.subject is None:
        return
    seen = visible_fields(viewer, request.subject, AidRequest, PURPOSE)
    trace_access(subject=request.subject, viewer=viewer, purpose=PURPOSE, fields=seen, now=now)


def note_listed(*, requests: Iterable[AidRequest], by: Any, now: datetime) -> None:
    """Note that a list showed the requests of these people, once a day and a person."""
    shown = [
        (one.subject_id, f"territory:{one.territory_id}")
        for one in requests
        if one.subject_id is not None
    ]
    trace_list(shown=shown, purpose=PURPOSE, fields=_LISTED, by=by, now=now)
