"""What one would change, to see."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ancrage.events.models import Event
from ancrage.events.models.events import MOST_ROUNDS
from ancrage.events.services import Change

MOST_PEOPLE = 100


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"placeholder": "0"}),
    )


class TrialForm(forms.Form):
    """So many more, or fewer: a number that makes no sense changes nothing."""

    tours = _number(_("Tours en plus ou en moins"), -MOST_ROUNDS, 20)
    tables = _number(_("Tables en plus ou en moins"), -MOST_PEOPLE, MOST_PEOPLE)
    hotes = _number(_("Hôtes en plus"), 0, MOST_PEOPLE)
    visiteurs = _number(_("Visiteurs en plus"), 0, MOST_PEOPLE)
    minutes = _number(_("Minutes par tour, en plus ou en moins"), -60, 60)
    garantie = _number(_("Rencontres garanties"), 0, MOST_ROUNDS)

    def __init__(self, data: Mapping[str, str], *, event: Event) -> None:
        super().__init__(data)
        self.fields["garantie"].widget.attrs["placeholder"] = str(event.guarantee)
        self.is_valid()

    @property
    def change(self) -> Change | None:
        """What is asked; None when nothing is."""
        asked = {name: self.cleaned_data.get(name) for name in self.fields}
        more = (value for name, value in asked.items() if name != "garantie")
        if asked["garantie"] is None and not any(more):
            return None
        return Change(
            rounds=asked["tours"] or 0,
            tables=asked["tables"] or 0,
            hosts=asked["hotes"] or 0,
            visitors=asked["visiteurs"] or 0,
            minutes=asked["minutes"] or 0,
            guarantee=asked["garantie"],
        )


def change_in_words(change: Change) -> str:
    """« un tour de plus, deux tables de moins »; « comme prévu » for no change."""
    parts = [
        words % {"n": f"{count:+d}".replace("-", "−")}
        for count, words in (
            (change.rounds, ngettext("%(n)s tour", "%(n)s tours", abs(change.rounds))),
            (change.tables, ngettext("%(n)s table", "%(n)s tables", abs(change.tables))),
            (change.hosts, ngettext("%(n)s hôte", "%(n)s hôtes", abs(change.hosts))),
            (
                change.visitors,
                ngettext("%(n)s visiteur", "%(n)s visiteurs", abs(change.visitors)),
            ),
            (
                change.minutes,
                ngettext("%(n)s minute par tour", "%(n)s minutes par tour", abs(change.minutes)),
            ),
        )
        if count
    ]
    if change.guarantee is not None:
        words = ngettext(
            "%(n)d rencontre garantie", "%(n)d rencontres garanties", change.guarantee
        )
        parts.append(words % {"n": change.guarantee})
    return ", ".join(parts) or gettext("Comme prévu")
