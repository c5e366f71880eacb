"""Small questions asked on the way: how many filled, why withdrawn, what to do with many."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from ancrage.needs import services
from ancrage.needs.enums import WithdrawReason
from ancrage.needs.models import Need

_NOTE_HELP = _("Facultatif, et sans nom de personne.")


class FillForm(forms.Form):
    """How many posts found somebody."""

    filled = forms.IntegerField(label=_("Combien de postes sont pourvus ?"), min_value=1)
    note = forms.CharField(
        label=_("Précision"), required=False, max_length=240, help_text=_NOTE_HELP
    )

    def __init__(self, *args: Any, positions: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["filled"]
        field.initial = positions
        field.widget.attrs["max"] = positions
        field.help_text = ngettext("Sur %(count)d poste.", "Sur %(count)d postes.", positions) % {
            "count": positions
        }


class WithdrawForm(forms.Form):
    """Why nobody is looked for any more."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"), choices=WithdrawReason.choices, widget=forms.RadioSelect()
    )
    note = forms.CharField(
        label=_("Précision"), required=False, max_length=240, help_text=_NOTE_HELP
    )


_CONFIRM, _PAUSE, _PUBLISH, _WITHDRAW = "confirmer", "pause", "publier", "retirer"
_ACTS: dict[str, tuple[Callable[..., Need], str]] = {
    _CONFIRM: (services.confirm_need, "needs.confirm"),
    _PAUSE: (services.pause_need, "needs.publish"),
    _PUBLISH: (services.publish_need, "needs.publish"),
    _WITHDRAW: (services.withdraw_need, "needs.close"),
}
_MOST_TICKED = 200


class BulkForm(forms.Form):
    """One act for the needs ticked; the reason serves a withdrawal only."""

    acte = forms.ChoiceField(
        label=_("Avec la sélection"),
        choices=[
            (_CONFIRM, _("Toujours d’actualité")),
            (_PUBLISH, _("Publier")),
            (_PAUSE, _("Mettre en pause")),
            (_WITHDRAW, _("Retirer")),
        ],
        error_messages={"required": _("Choisissez ce qu’il faut faire de la sélection.")},
    )
    raison = forms.ChoiceField(
        label=_("Raison, pour un retrait"),
        required=False,
        choices=[("", pgettext_lazy("raison", "Autre raison")), *WithdrawReason.choices[:-1]],
    )

    @property
    def ticked(self) -> list[int]:
        """The needs ticked; what is not a number is not a need."""
        sent = self.data.getlist("need")[:_MOST_TICKED]  # type: ignore[attr-defined]
        return [int(one) for one in sent if one.isdecimal() and len(one) < 16]

    @property
    def act(self) -> Callable[..., Need]:
        """The service to call on each."""
        return _ACTS[self.cleaned_data["acte"]][0]

    @property
    def permission(self) -> str:
        """What the reader must be allowed on each."""
        return _ACTS[self.cleaned_data["acte"]][1]

    @property
    def is_undoable(self) -> bool:
        """Whether the act changes a state, and so can be taken back."""
        return self.cleaned_data["acte"] != _CONFIRM

    @property
    def details(self) -> dict[str, Any]:
        """What the service takes besides."""
        if self.cleaned_data["acte"] != _WITHDRAW:
            return {}
        return {"reason": WithdrawReason(self.cleaned_data["raison"] or WithdrawReason.OTHER)}

    def done_sentence(self, count: int) -> str:
        """What the page says afterwards."""
        sentence = {
            _CONFIRM: ngettext("%(n)d besoin confirmé.", "%(n)d besoins confirmés.", count),
            _PAUSE: ngettext("%(n)d besoin mis en pause.", "%(n)d besoins mis en pause.", count),
            _PUBLISH: ngettext("%(n)d besoin publié.", "%(n)d besoins publiés.", count),
            _WITHDRAW: ngettext("%(n)d besoin retiré.", "%(n)d besoins retirés.", count),
        }[self.cleaned_data["acte"]]
        return sentence % {"n": count}
