"""Changing a row that somebody else may be changing: what was typed is kept, versions compared."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise

from ancrage.roadmap.services import ChangedMeanwhile
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page

# Makes the form of a row: what was sent or None, the row.
Build = Callable[[Any, Any], forms.Form]


class Editor:
    """The form of one row, with the revision and the values it was first shown at."""

    def __init__(self, data: QueryDict | None, build: Build, row: Any) -> None:
        self._data, self._build = data, build
        self.form = build(data, row)
        self.revision = revision_sent(data, row.revision)
        self.opened_on = seal([self.form]) if data is None else data.get("opened_on", "")
        self.in_conflict = False
        self.versions: tuple[Versions, ...] = ()

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the service refused; for a conflict, the three versions side by side."""
        if not isinstance(refusal, ChangedMeanwhile):
            show_refusal(refusal, self.form)
            return
        self.in_conflict = True
        # What the service read may carry what was typed: the row is read again as it stands.
        current = type(refusal.current)._default_manager.get(pk=refusal.current.pk)
        shown = self._build(None, current)
        found = reconcile(
            typed=[self.form],
            current=[shown],
            sealed=self.opened_on,
            data=self._data or QueryDict(),
        )
        self.versions, self.revision = found.versions, current.revision
        self.opened_on = seal([shown])
        self.form = self._build(found.data, current)

    @property
    def status(self) -> int:
        """The status of the page that shows this editor."""
        if self.in_conflict:
            return 409
        return 422 if self.form.errors else 200


def edit_page(
    request: HttpRequest,
    row: Any,
    build: Build,
    save: Callable[..., Any],
    *,
    title: str | Promise,
    back: str,
    done: str | Promise,
    trail: list[tuple[str, str]],
    lead: str = "",
    remove: str = "",
) -> HttpResponse:
    """Show the form of `row`; once sent and valid, `save(revision=…, **facts)`, then go `back`."""
    editor = Editor(sent_form(request), build, row)
    if request.method == "POST" and editor.form.is_valid():
        try:
            save(revision=editor.revision, **editor.form.cleaned_data)
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, str(done))
            return redirect(back)
    context = {
        "editor": editor,
        "form": editor.form,
        "title": title,
        "lead": lead or str(row),
        "back": back,
        "trail": trail,
        "remove": remove,
    }
    return render_page(request, "roadmap/act.html", context, status=editor.status)
