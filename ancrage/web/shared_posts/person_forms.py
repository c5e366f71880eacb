"""What somebody wishes of a shared post, as the coordination knows it."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.models import Candidate
from ancrage.matching.services.posts import ALL_SLOTS, LEAST, MOST, TRAVEL, Wishes

_REACH = 45


class WishesForm(forms.Form):
    """Total, roads, days off. What the profile says comes first."""

    au_moins = forms.IntegerField(label=_("Total, au moins (%)"), min_value=20, max_value=100)
    au_plus = forms.IntegerField(label=_("Total, au plus (%)"), min_value=20, max_value=100)
    domicile = forms.IntegerField(
        label=_("Minutes depuis son domicile, au plus"), min_value=0, max_value=180
    )
    trajet = forms.IntegerField(
        label=_("Minutes entre deux sites, au plus"), min_value=0, max_value=180
    )
    sans = forms.MultipleChoiceField(
        label=_("Ne travaille pas le"),
        required=False,
        choices=[(str(day + 1), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, data: Any, *, candidate: Candidate) -> None:
        self._known: dict[str, Any] = {
            "au_moins": max(20, candidate.fte_min_hundredths or LEAST),
            "au_plus": max(20, candidate.fte_max_hundredths or MOST),
            "domicile": min(180, candidate.reach_minutes or _REACH),
            "trajet": TRAVEL,
        }
        self._known["au_plus"] = max(self._known["au_moins"], self._known["au_plus"])
        super().__init__(data, initial=self._known)

    def clean(self) -> dict[str, Any]:
        """Refuse totals that hold nothing."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("au_moins", 0) > found.get("au_plus", 100):
            self.add_error("au_plus", _("Le maximum est sous le minimum."))
        return found

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What a button sends again beside its own value."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self._known
        pairs = [(name, str(said[name])) for name in self._known]
        return [*pairs, *(("sans", day) for day in said.get("sans", []))]

    @property
    def wishes(self) -> Wishes | None:
        """What is looked for; None while what was sent is wrong."""
        if self.is_bound and not self.is_valid():
            return None
        said: dict[str, Any] = self.cleaned_data if self.is_bound else self._known
        return Wishes(
            fte_least=said["au_moins"],
            fte_most=said["au_plus"],
            travel=said["trajet"],
            reach=said["domicile"],
            off=tuple(slot for slot in ALL_SLOTS if slot[0] in said.get("sans", [])),
        )
