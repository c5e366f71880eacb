"""What to print, for whom, on which paper, and why."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.queries.handouts import Handouts
from ancrage.web.handouts.kinds import Kind
from ancrage.web.personal_files import ReasonForm

_EVERYBODY = ""


class HandoutForm(ReasonForm):
    """A kind of paper to take. `audience` is empty, the role of a side, or "person:12"."""

    paper = forms.ChoiceField(
        label=gettext_lazy("Papier"),
        choices=[
            ("a4", gettext_lazy("A4")),
            ("a5", gettext_lazy("A5, la moitié d’une feuille A4")),
        ],
        widget=forms.RadioSelect,
        initial="a4",
    )
    field_order = ("paper", "reason")

    def __init__(self, data: Any, *, kind: Kind, handouts: Handouts, **options: Any) -> None:
        super().__init__(data, **options)
        reason = self.fields["reason"]
        reason.initial = _("Préparation et tenue de la rencontre")
        if not kind.is_marked:
            reason.help_text = _("Écrit au journal, et montré aux personnes concernées.")
        if len(kind.papers) < 2:
            del self.fields["paper"]
        if kind.is_personal:
            self.fields["audience"] = forms.ChoiceField(
                label=_("Pour qui"), required=False, choices=_audiences(handouts)
            )
            self.order_fields(["audience", "paper", "reason"])

    @property
    def role(self) -> str:
        """The side asked for; empty for both."""
        asked: str = self.cleaned_data.get("audience", _EVERYBODY)
        return "" if asked.startswith("person:") else asked

    @property
    def person(self) -> int | None:
        """The key of the only person asked for."""
        kind, _colon, key = self.cleaned_data.get("audience", _EVERYBODY).partition(":")
        return int(key) if kind == "person" else None

    @property
    def chosen_paper(self) -> str:
        """One of `kit.pdf.PAPERS`."""
        paper: str = self.cleaned_data.get("paper", "a4")
        return paper


def _audiences(handouts: Handouts) -> list[tuple[str, Any]]:
    people = handouts.people()
    sides = {party.side.role: party.side for party, _person in people}
    return [
        (_EVERYBODY, _("Tout le monde")),
        *((role, capfirst(side.name)) for role, side in sides.items()),
        *(
            (
                capfirst(side.name),
                [
                    (f"person:{one.pk}", f"{one.last_name} {one.first_name}".strip())
                    for party, one in people
                    if party.side.role == role
                ],
            )
            for role, side in sides.items()
        ),
    ]
