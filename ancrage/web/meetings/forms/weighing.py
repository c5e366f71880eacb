"""The weights of compatibility and of wishes, from 0 to 10."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ancrage.events.models import Event
from ancrage.events.services.compatibility import MOST_WEIGHT, weights_of
from ancrage.events.services.summing import Summary
from ancrage.web.meetings.words import PART_HELP, PARTS
from ancrage.web.widgets import RangeInput


class WeightsForm(forms.Form):
    """A slider for each part of compatibility, one for the wishes of each side."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, event: Event, summary: Summary) -> None:
        super().__init__(data, initial={"revision": event.revision})
        for name, weight in asdict(weights_of(event)).items():
            self.fields[name] = _slider(str(PARTS[name]), weight, str(PART_HELP[name]))
        for side in summary.sides:
            advice = _("Conseillé pour cet événement : %(weight)d.") % {
                "weight": side.suggested_weight
            }
            self.fields[f"wishes_{side.role}"] = _slider(side.name, side.wish_weight, advice)

    @property
    def parts(self) -> list[forms.BoundField]:
        """The sliders of compatibility."""
        return [self[name] for name in PARTS if name in self.fields]

    @property
    def wishes(self) -> list[forms.BoundField]:
        """The sliders of the wishes."""
        return [self[name] for name in self.fields if name.startswith("wishes_")]

    @property
    def kept(self) -> dict[str, dict[str, int]]:
        """What the service takes."""
        cleaned = self.cleaned_data
        return {
            "weights": {name: cleaned[name] for name in PARTS if cleaned.get(name) is not None},
            "wish_weights": {
                name.removeprefix("wishes_"): value
                for name, value in cleaned.items()
                if name.startswith("wishes_") and value is not None
            },
        }


def _slider(label: str, initial: int, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label[:1].upper() + label[1:],
        min_value=0,
        max_value=MOST_WEIGHT,
        initial=initial,
        # A slider always sends a value.
        required=False,
        help_text=help_text,
        widget=RangeInput,
    )
