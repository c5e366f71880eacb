"""Searching the inventory of aids: every criterion is in the address and none is required."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.schemes.enums import Payer, Receiver, Topic
from ancrage.schemes.queries import SchemeFilter
from ancrage.web.filters import WordsField


class SchemeSearchForm(forms.Form):
    """Words, subject, payer, who it is for, closed ones or not."""

    q = WordsField(_("Mots"))
    sujet = forms.ChoiceField(
        label=_("Sujet"), required=False, choices=[("", _("Tous les sujets")), *Topic.choices]
    )
    payeur = forms.ChoiceField(
        label=_("Qui paie"), required=False, choices=[("", _("N’importe qui")), *Payer.choices]
    )
    pour = forms.ChoiceField(
        label=_("Pour qui"), required=False, choices=[("", _("Tout le monde")), *Receiver.choices]
    )
    etat = forms.ChoiceField(
        label=_("Afficher"),
        required=False,
        choices=[
            ("", _("Toutes, closes comprises")),
            ("ouvertes", _("Celles qui sont ouvertes")),
            ("a-revoir", _("Celles dont la source est à relire")),
        ],
    )

    def wanted(self) -> SchemeFilter:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        return SchemeFilter(
            text=asked.get("q") or "",
            topic=Topic(asked["sujet"]) if asked.get("sujet") else None,
            payer=Payer(asked["payeur"]) if asked.get("payeur") else None,
            receiver=Receiver(asked["pour"]) if asked.get("pour") else None,
            with_closed=asked.get("etat") != "ouvertes",
            overdue_only=asked.get("etat") == "a-revoir",
        )
