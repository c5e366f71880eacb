"""Forms of the nomenclature: what one looks for, what an administrator corrects and teaches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.professions.enums import Family, Registration, SpecialtyGroup
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.queries import (
    Presence,
    ReferenceFilter,
    changed_here,
    specialties_open_on,
)
from ancrage.professions.services import EDITABLE
from ancrage.web.filters import WordsField

_PRESENCE = [("", _("Ceux des listes")), (Presence.RETIRED, _("Ceux qui en sont retirés"))]


class ProfessionSearchForm(forms.Form):
    """What one looks for among professions; every part is in the address."""

    q = WordsField(_("Métier, abréviation ou code"))
    famille = forms.ChoiceField(
        label=_("Famille"),
        required=False,
        choices=[("", _("Toutes les familles")), *Family.choices],
    )
    inscription = forms.ChoiceField(
        label=_("Inscription"),
        required=False,
        choices=[("", _("Exigée ou non")), *Registration.choices],
    )
    etat = forms.ChoiceField(label=_("Afficher"), required=False, choices=_PRESENCE)

    def wanted(self) -> ReferenceFilter:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        return ReferenceFilter(
            text=asked.get("q") or "",
            family=asked.get("famille") or "",
            registration=asked.get("inscription") or "",
            presence=asked.get("etat") or Presence.CURRENT,
        )


class SpecialtySearchForm(forms.Form):
    """What one looks for among specialties."""

    q = WordsField(_("Spécialité ou code"))
    groupe = forms.ChoiceField(
        label=_("Groupe"),
        required=False,
        choices=[("", _("Tous les groupes")), *SpecialtyGroup.choices],
    )
    metier = forms.ModelChoiceField(
        label=_("Métier"),
        required=False,
        queryset=Profession.objects.filter(specialties__isnull=False)
        .distinct()
        .order_by("rank", "pk"),
        to_field_name="code",
        empty_label=_("Tous les métiers"),
    )
    etat = forms.ChoiceField(label=_("Afficher"), required=False, choices=_PRESENCE)

    def wanted(self) -> ReferenceFilter:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        return ReferenceFilter(
            text=asked.get("q") or "",
            group=asked.get("groupe") or "",
            profession=asked.get("metier"),
            presence=asked.get("etat") or Presence.CURRENT,
        )


class ProfessionForm(forms.ModelForm):
    """What an administrator may correct; beside each correction, what the nomenclature says."""

    revision = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    class Meta:
        model = Profession
        fields = (
            "label_fr",
            "plural_fr",
            "label_en",
            "plural_en",
            "registration",
            "registration_note",
            "has_practice_sheet",
        )

    def __init__(self, data: Any, *, instance: Profession) -> None:
        super().__init__(data, instance=instance)
        self.initial["revision"] = instance.revision
        for field, value in changed_here(instance).items():
            self.fields[field].help_text = _("Nomenclature : %(value)s") % {
                "value": _in_words(field, value)
            }

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {field: self.cleaned_data[field] for field in sorted(EDITABLE)}

    def _post_clean(self) -> None:
        """Leave the row as it is: the service changes it, and says what the model refuses."""


class AliasForm(forms.Form):
    """A writing to teach: the words, whether they suffice, and perhaps the specialty they name."""

    text = forms.CharField(
        label=_("Écriture ou abréviation"),
        max_length=100,
        help_text=_(
            "Telle qu’on l’écrit dans les tableaux. Une seule forme suffit : le féminin, le"
            " pluriel, les accents et les majuscules sont compris."
        ),
    )
    certain = forms.ChoiceField(
        label=_("Ce qu’elle veut dire"),
        choices=[
            ("yes", _("Toujours ce métier")),
            ("no", _("Parfois ce métier : demander à chaque fois")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )
    specialty = forms.ModelChoiceField(
        label=_("Spécialité qu’elle nomme"),
        queryset=Specialty.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("Aucune en particulier"),
    )

    def __init__(self, *args: Any, profession: Profession, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = specialties_open_on(today, profession=profession)
        if offered.exists():
            self.fields["specialty"].queryset = offered  # type: ignore[attr-defined]
        else:
            del self.fields["specialty"]

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {
            "text": self.cleaned_data["text"],
            "is_certain": self.cleaned_data["certain"] == "yes",
            "specialty": self.cleaned_data.get("specialty"),
        }


def _in_words(field: str, value: Any) -> str:
    if field == "registration":
        return str(Registration(value).label)
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    return str(value) or "—"
