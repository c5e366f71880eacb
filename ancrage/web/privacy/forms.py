"""Forms of one's own rights, of the desk and of the register of breaches."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.privacy.enums import (
    BreachRisk,
    RequestChannel,
    RequestKind,
    RequestStatus,
    TellingChannel,
)
from ancrage.privacy.models import Breach
from ancrage.privacy.notices import Notice, UnknownNotice, notice_of
from ancrage.privacy.purposes import PURPOSES
from ancrage.territory.models import Territory
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput, DateTimeInput

# What nobody looks at a profile for: accounts, cards without names, the desk itself.
_NAMELESS = ("account", "membership", "contact_request", "talent_pool", "data_protection")


class ConsentForm(forms.Form):
    """What a button of « Mes données » sends. Only what the page offers is taken."""

    purpose = forms.ChoiceField(
        choices=[(code, one.label) for code, one in PURPOSES.items() if one.consent]
    )
    scope = forms.CharField(required=False, max_length=60)
    version = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, known: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {("talent_pool", ""), *known}

    def clean(self) -> dict[str, Any]:
        """Refuse a structure that the person was never asked about."""
        cleaned = super().clean() or {}
        if (cleaned.get("purpose"), cleaned.get("scope", "")) not in self._known:
            raise forms.ValidationError(_("Cet accord ne vous a pas été demandé."))
        return cleaned

    @property
    def notice(self) -> Notice | None:
        """The wording that was shown, if there is such a one."""
        try:
            return notice_of(self.cleaned_data["purpose"], self.cleaned_data["version"])
        except UnknownNotice:
            return None


class OwnRequestForm(forms.Form):
    """What a person cannot do alone: have something corrected by others, object."""

    kind = forms.ChoiceField(
        label=_("Votre demande"),
        choices=[
            (kind.value, kind.label)
            for kind in (RequestKind.RECTIFICATION, RequestKind.OBJECTION, RequestKind.ACCESS)
        ],
    )
    details = forms.CharField(
        label=_("Précisions"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Ce qui est faux et ce qu’il faut écrire, ou l’usage que vous refusez."),
    )


class RequestFilters(forms.Form):
    """The rights desk."""

    q = WordsField(_("Qui, ou quoi"))
    etat = forms.ChoiceField(
        label=_("État"),
        choices=[("", _("Tous les états")), *RequestStatus.choices],
        required=False,
    )
    droit = forms.ChoiceField(
        label=_("Droit"),
        choices=[("", _("Tous les droits")), *RequestKind.choices],
        required=False,
    )

    def asked(self) -> dict[str, str]:
        """What narrows the list; a value that means nothing narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        names = {"text": "q", "status": "etat", "kind": "droit"}
        return {argument: cleaned.get(name, "") for argument, name in names.items()}


class TellingFilters(forms.Form):
    """Those whom no mail reaches."""

    q = WordsField(_("Nom, téléphone ou commune"))

    def asked(self) -> str:
        """The words looked for."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class TellingForm(forms.Form):
    """Somebody was told that their data will be erased."""

    TOLD, STAYS = "told", "stays"

    answer = forms.ChoiceField(
        label=_("Où en est-elle ?"),
        choices=[
            (TOLD, _("Prévenue, sans autre réponse")),
            (STAYS, _("Prévenue, elle veut rester suivie")),
        ],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label=_("Comment"), choices=TellingChannel.choices, widget=forms.RadioSelect
    )
    told_on = forms.DateField(
        label=_("Prévenue le"),
        widget=DateInput(),
        help_text=_("D’un courrier, le jour de l’envoi. Les trente jours se comptent de là."),
    )


class LookFilters(forms.Form):
    """Who looked at one's profile."""

    pourquoi = forms.ChoiceField(
        label=_("Pourquoi"),
        required=False,
        choices=[
            ("", pgettext_lazy("finalités", "Toutes")),
            *((code, one.label) for code, one in PURPOSES.items() if code not in _NAMELESS),
        ],
    )
    depuis = forms.DateField(label=_("Depuis le"), required=False, widget=DateInput())

    def asked(self) -> dict[str, Any]:
        """What narrows the list; a value that means nothing narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {"purpose": cleaned.get("pourquoi", ""), "since": cleaned.get("depuis")}


class RequestForm(forms.Form):
    """A request that arrived otherwise: letter, telephone, visit."""

    territory = forms.ModelChoiceField(
        label=_("À traiter par"), queryset=Territory.objects.none(), empty_label=None
    )
    requester = forms.CharField(
        label=_("Qui demande, et comment lui répondre"),
        max_length=200,
        help_text=_("Nom et adresse. Vérifiez l’identité avant de répondre."),
    )
    kind = forms.ChoiceField(label=_("Demande"), choices=RequestKind.choices)
    channel = forms.ChoiceField(
        label=_("Reçue"),
        choices=[one for one in RequestChannel.choices if one[0] != RequestChannel.SELF],
    )
    received_on = forms.DateField(
        label=_("Reçue le"), widget=DateInput(), help_text=_("Le mois se compte de ce jour.")
    )
    details = forms.CharField(
        label=_("Précisions"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, territories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories  # type: ignore[attr-defined]

    def clean_received_on(self) -> datetime:
        """A letter of tomorrow has not arrived."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ce jour est à venir."))
        return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())

    def facts(self) -> dict[str, Any]:
        """The arguments of the service."""
        cleaned = dict(self.cleaned_data)
        return {
            "home": f"territory:{cleaned.pop('territory').pk}",
            "received_at": cleaned.pop("received_on"),
            **cleaned,
        }


class CloseForm(forms.Form):
    """The end of a request."""

    status = forms.ChoiceField(
        label=_("Suite"),
        choices=[one for one in RequestStatus.choices if one[0] != RequestStatus.OPEN],
    )
    answer = forms.CharField(
        label=_("Réponse et preuve"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Ce qui a été répondu, quand, et où se trouve la preuve ; d’un refus, le motif."
        ),
    )


class ExtendForm(forms.Form):
    """Two months more."""

    reason = forms.CharField(
        label=_("Motif"), max_length=300, help_text=_("La personne doit en être prévenue.")
    )


class BreachFilters(forms.Form):
    """The register of breaches."""

    etat = forms.ChoiceField(
        label=_("État"),
        choices=[("", _("Toutes")), ("open", _("En cours")), ("closed", _("Closes"))],
        required=False,
    )

    def asked(self) -> str:
        """The state asked for, or all."""
        self.is_valid()
        return str(self.cleaned_data.get("etat", ""))


class BreachForm(forms.Form):
    """The first line: what is known when it is found."""

    discovered_at = forms.DateTimeField(
        label=_("Découverte le"),
        widget=DateTimeInput(),
        help_text=_("Les 72 heures courent de ce moment."),
    )
    facts = forms.CharField(
        label=_("Ce qui s’est passé"),
        max_length=8000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "Quelles données, comment, depuis quand. Ne nommez pas les personnes touchées."
        ),
    )


class AssessForm(forms.Form):
    """What is known now."""

    risk = forms.ChoiceField(label=_("Risque pour les personnes"), choices=BreachRisk.choices)
    people_count = forms.IntegerField(
        label=_("Personnes touchées"), required=False, min_value=0, max_value=100_000_000
    )
    facts = forms.CharField(
        label=_("Ce qui s’est passé"), max_length=8000, widget=forms.Textarea({"rows": 4})
    )
    effects = forms.CharField(
        label=_("Conséquences possibles"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 3}),
    )
    measures = forms.CharField(
        label=_("Mesures prises"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 3}),
    )

    @classmethod
    def of(cls, breach: Breach, data: Any = None) -> "AssessForm":
        """The form of a breach as it is known."""
        return cls(data, initial={name: getattr(breach, name) for name in cls.base_fields})


class NotifyForm(forms.Form):
    """The CNIL was told."""

    notified_at = forms.DateTimeField(label=_("CNIL prévenue le"), widget=DateTimeInput())
    reference = forms.CharField(
        label=_("Numéro de la notification"), required=False, max_length=60
    )
    late_reason = forms.CharField(
        label=_("Motif du retard"),
        required=False,
        max_length=2000,
        help_text=_("Au-delà de 72 heures seulement."),
    )


class TellForm(forms.Form):
    """The people were told, or the law spares it."""

    told_at = forms.DateTimeField(
        label=_("Personnes prévenues le"), required=False, widget=DateTimeInput()
    )
    silence_reason = forms.CharField(
        label=_("Ou pourquoi elles ne le sont pas"),
        required=False,
        max_length=2000,
        help_text=_("Par exemple : les données étaient chiffrées."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is said."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["told_at"] or cleaned["silence_reason"].strip()):
            self.add_error("told_at", _("Dites quand elles l’ont été, ou pourquoi non."))
        return cleaned
