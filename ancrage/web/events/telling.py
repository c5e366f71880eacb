"""Before a change of day, hour or place is saved: whom it concerns, and whether they are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ancrage.events.models import Event
from ancrage.events.queries import people_to_tell, shifts_planned

_YES, _NO = "oui", "non"


class TellForm(forms.Form):
    """One answer of two; the first is ticked."""

    prevenir = forms.ChoiceField(
        label=_("Prévenir par courriel ?"), widget=forms.RadioSelect, initial=_YES
    )

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = ngettext(
            "Prévenir la personne inscrite",
            "Prévenir les %(count)d personnes inscrites",
            people,
        )
        choices = [(_YES, told % {"count": people}), (_NO, _("N’écrire à personne"))]
        self.fields["prevenir"].choices = choices  # type: ignore[attr-defined]


class Telling:
    """What a change that was sent would move for people registered, and the answer so far."""

    def __init__(
        self,
        request: HttpRequest,
        event: Event,
        *,
        facts: Mapping[str, Any] | None = None,
        pauses: Mapping[int, int] | None = None,
    ) -> None:
        is_sent = bool(facts) or pauses is not None
        self.shifts = shifts_planned(event, facts=facts, pauses=pauses) if is_sent else []
        self.people = people_to_tell(event).count() if self.shifts else 0
        self.unreached = _unreached(event) if self.people else 0
        answered = request.POST if "prevenir" in request.POST else None
        self.form = TellForm(answered, people=self.people)

    @property
    def waits(self) -> bool:
        """Whether somebody would be written to, and the organiser was not asked yet."""
        return self.people > 0 and not self.form.is_valid()

    @property
    def tells(self) -> bool:
        """Whether they are written to."""
        return self.people > 0 and self.form.is_valid() and self._answer == _YES

    @property
    def done(self) -> str:
        """What is said once it is saved; empty when nobody is told."""
        if not self.tells:
            return ""
        text = ngettext(
            "%(count)d personne inscrite est prévenue par courriel.",
            "%(count)d personnes inscrites sont prévenues par courriel.",
            self.people,
        )
        return text % {"count": self.people}

    @property
    def _answer(self) -> str:
        return str(self.form.cleaned_data["prevenir"])


def _unreached(event: Event) -> int:
    """How many are registered and left no address."""
    return event.participants.filter(cancelled_at__isnull=True, email="").count()
