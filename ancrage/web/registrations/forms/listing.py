"""What narrows the public list of events."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.events.enums import EventKind
from ancrage.events.models import Event
from ancrage.web.filters import WordsField


class AnnouncedForm(forms.Form):
    """Words of the title or the place, and the kind. A wrong value narrows nothing."""

    q = WordsField(_("Titre ou lieu"))
    type = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", pgettext_lazy("événements", "Tous")), *EventKind.choices],
    )
    # The part of the list being read, kept while one searches.
    quand = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def text(self) -> str:
        """The words searched for."""
        return self.cleaned_data.get("q", "") or ""

    def narrowed(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events of the kind asked for."""
        kind = self.cleaned_data.get("type")
        return events.filter(kind=kind) if kind else events
