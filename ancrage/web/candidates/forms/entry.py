"""A profile written for somebody else: the essentials, and how they were told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.candidates.validators import LENGTHS, validate_reachable
from ancrage.kit.contacts import normalise_phone
from ancrage.partners.models import Partner
from ancrage.privacy.enums import ConsentChannel
from ancrage.territory.models import Territory
from ancrage.web.fields import CommuneField, ProfessionField


class EnterForm(forms.Form):
    """The essentials of a person."""

    first_name = forms.CharField(
        label=gettext_lazy("Prénom"), max_length=LENGTHS["first_name"], required=False
    )
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=LENGTHS["last_name"])
    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        required=False,
        help_text=gettext_lazy("La personne y reçoit le lien par lequel elle accepte ou refuse."),
    )
    phone = forms.CharField(label=gettext_lazy("Téléphone"), max_length=40, required=False)
    profession = ProfessionField(label=gettext_lazy("Métier"))
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Pour la structure"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=None,
    )
    information_proof = forms.CharField(
        label=gettext_lazy("Comment la personne a été informée"),
        max_length=LENGTHS["information_proof"],
        help_text=gettext_lazy("Quand et par quel moyen : « dit au téléphone le 12 novembre »."),
    )
    anyway = forms.BooleanField(label=gettext_lazy("J’ai vérifié : enregistrer"), required=False)

    e164 = ""

    def __init__(
        self, *args: Any, territory: Territory, partners: QuerySet[Partner], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"] = CommuneField(
            label=_("Commune"), territory=territory, required=False
        )
        own = partners.filter(territory=territory)
        if own.exists():
            self.fields["partner"].queryset = own  # type: ignore[attr-defined]
            self.fields["partner"].required = True
        else:
            del self.fields["partner"]

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        cleaned = super().clean() or {}
        if not {"email", "phone"} & set(self.errors):
            try:
                validate_reachable(cleaned.get("email", ""), cleaned.get("phone", ""))
                self.e164 = normalise_phone(cleaned.get("phone", ""))
            except ValidationError as error:
                self.add_error("phone" if cleaned.get("phone") else "email", error)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as services take it."""
        facts = dict(self.cleaned_data)
        del facts["anyway"]
        read = facts.pop("profession")
        row = {"profession": read.profession, "specialty": read.specialty}
        return {**facts, "partner": facts.get("partner"), "professions": [row]}


class AnswerForm(forms.Form):
    """A person’s answer to the profile entered for them, by the signed link."""

    answer = forms.ChoiceField(choices=[("accept", ""), ("refuse", "")])
    pool = forms.BooleanField(required=False)


class NotedAnswerForm(forms.Form):
    """A person’s answer, given otherwise and noted by the coordination."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Réponse"),
        choices=[
            ("accept", gettext_lazy("Elle accepte que son profil soit suivi")),
            ("refuse", gettext_lazy("Elle refuse : tout est effacé")),
        ],
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Reçue"),
        choices=[
            (one.value, one.label)
            for one in ConsentChannel
            if one not in (ConsentChannel.SELF, ConsentChannel.RESTORED)
        ],
    )
    proof = forms.CharField(
        label=gettext_lazy("Où en est la preuve"),
        max_length=300,
        help_text=gettext_lazy("Par exemple : appel du 14 novembre, compte rendu d’entretien."),
    )
    pool = forms.BooleanField(
        label=gettext_lazy("Elle accepte que sa carte sans nom soit montrée aux structures"),
        required=False,
    )
