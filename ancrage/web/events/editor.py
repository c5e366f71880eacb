"""A page being edited: its forms, the revision its row was read at, a conflict."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from ancrage.events.models import Event, Participant
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal

Build = Callable[[QueryDict | None, Any], Sequence[forms.BaseForm]]


class Editor:
    """The forms that `build` makes of a row, bound to `data` when something was sent."""

    def __init__(self, data: QueryDict | None, *, row: Event | Participant, build: Build) -> None:
        self._data, self._build = data, build
        self.row: Any = row
        self.forms: list[Any] = list(build(data, row))
        self.revision = revision_sent(data, row.revision)
        # What the page showed when it was opened: it travels in the page, sealed.
        self.opened_on = seal(self.forms) if data is None else data.get("opened_on", "")
        self.is_conflict = False
        self.versions: tuple[Versions, ...] = ()

    def is_ready(self) -> bool:
        """Say whether what was sent can be saved; every form tells its errors."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return self._data is not None and not wrong

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the service refused; for a conflict, the three versions side by side."""
        current = getattr(refusal, "current", None)
        if current is not None:
            self.is_conflict = True
            self._reconcile(current)
        else:
            show_refusal(refusal, *self.forms)

    @property
    def status(self) -> int:
        """The status of the page that shows this editor again."""
        if self.is_conflict:
            return 409
        return 200 if self._data is None else 422

    def _reconcile(self, row: Event | Participant) -> None:
        """Keep what was typed, take what only somebody else changed, go on from there."""
        current = Editor(None, row=row, build=self._build)
        found = reconcile(
            typed=self.forms,
            current=current.forms,
            sealed=self.opened_on,
            data=self._data or QueryDict(),
        )
        self.versions, self.row = found.versions, row
        self.revision, self.opened_on = current.revision, current.opened_on
        self.forms = list(self._build(found.data, row))
