"""Forms of the directory and of the sheet of a structure."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import looks_like_a_person
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.partners.queries import CharterState, DirectoryFilter, Presence
from ancrage.partners.validators import check_finess, check_siren
from ancrage.territory.models import Commune, Territory
from ancrage.web.fields import CommuneField
from ancrage.web.filters import WordsField
from ancrage.web.partners.forms.fields import IdentifierField, PhoneField


class DirectoryForm(forms.Form):
    """What one looks for among structures; every part is in the address, none is required."""

    q = WordsField(_("Nom, commune ou FINESS"))
    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", _("Toutes les natures")), *PartnerKind.choices],
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"),
        required=False,
        queryset=Commune.objects.none(),
        to_field_name="insee",
        empty_label=_("Toutes les communes"),
    )
    charte = forms.ChoiceField(
        label=_("Charte"),
        required=False,
        choices=[("", _("Signée ou non")), *CharterState.choices],
    )
    etat = forms.ChoiceField(
        label=_("Afficher"),
        required=False,
        choices=[
            ("", _("Les membres")),
            (Presence.TO_COMPLETE, _("Les fiches à compléter")),
            (Presence.LEFT, _("Les structures parties")),
        ],
    )

    def __init__(self, *args: Any, communes: QuerySet[Commune], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]

    def wanted(self) -> DirectoryFilter:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        return DirectoryFilter(
            text=asked.get("q") or "",
            kind=asked.get("nature") or "",
            commune=asked.get("commune"),
            charter=asked.get("charte") or "",
            presence=asked.get("etat") or Presence.MEMBER,
        )


# The order of the page, which the summary of errors follows.
_SHEET_ORDER = ("name", "short_name", "kind", "siren", "finess_ej", "commune")


class PartnerForm(forms.Form):
    """The sheet of a structure. `revision` tells whether it changed while it was open."""

    kind = forms.ChoiceField(label=_("Nature"), choices=[("", _("Choisir")), *PartnerKind.choices])
    name = forms.CharField(label=_("Nom"), max_length=160)
    short_name = forms.CharField(
        label=_("Nom court"),
        required=False,
        max_length=60,
        help_text=_("Celui que tout le monde emploie, s’il y en a un : « HIC »."),
    )
    siren = IdentifierField(
        check_siren,
        label=_("SIREN"),
        help_text=_("9 chiffres. Les espaces ne comptent pas."),
    )
    finess_ej = IdentifierField(
        check_finess,
        label=_("FINESS juridique"),
        help_text=_(
            "9 chiffres : celui de l’organisme, non celui d’un site. Un cabinet ou une commune"
            " n’en a pas."
        ),
    )
    address = forms.CharField(label=_("Adresse"), required=False, max_length=200)
    website = forms.URLField(
        label=_("Site internet"), required=False, max_length=200, assume_scheme="https"
    )
    contact_email = forms.EmailField(
        label=_("Boîte du service"),
        required=False,
        help_text=_("Celle d’un service (recrutement, accueil), jamais celle d’une personne."),
    )
    contact_phone = PhoneField()
    presentation = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Quelques lignes lues par les candidats. Sans nom de personne."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self, *args: Any, territory: Territory, current: Commune | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # Set here: what is suggested depends on the territory.
        self.fields["commune"] = CommuneField(
            label=_("Commune du siège"), territory=territory, current=current, required=False
        )
        self.order_fields(self.field_order or _SHEET_ORDER)

    @classmethod
    def of(cls, partner: Partner, data: Any = None) -> "PartnerForm":
        """The form of a structure that exists."""
        initial = {name: getattr(partner, name) for name in (*cls.base_fields, "commune")}
        return cls(data, initial=initial, territory=partner.territory, current=partner.commune)

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def warnings(self) -> Iterator[str | Promise]:
        """Say what was accepted and deserves to be read again."""
        for name in ("siren", "finess_ej"):
            checked = self.fields[name].checked  # type: ignore[attr-defined]
            if checked is not None and checked.problem:
                yield checked.sentence
        if looks_like_a_person(self.cleaned_data.get("contact_email") or ""):
            yield _(
                "La boîte indiquée semble être celle d’une personne : préférez celle d’un service,"
                " elle survit aux départs."
            )


class NewPartnerForm(PartnerForm):
    """A structure to enter, in a territory that the reader coordinates."""

    territory = forms.ModelChoiceField(
        label=_("Territoire"), queryset=Territory.objects.none(), to_field_name="slug"
    )
    field_order = ("territory", *_SHEET_ORDER)

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        offered = list(territories.order_by("name", "pk"))
        super().__init__(*args, territory=offered[0], **kwargs)
        field = self.fields["territory"]
        field.queryset = territories.order_by("name", "pk")  # type: ignore[attr-defined]
        if len(offered) == 1:
            field.initial = offered[0].slug
            field.widget = forms.HiddenInput()


class CommuneSearchForm(forms.Form):
    """Which communes to show on the page of the perimeter."""

    q = WordsField(_("Chercher une commune"))


class PerimeterForm(forms.Form):
    """Which of the communes shown a structure serves; those not shown are left as they are."""

    communes = forms.ModelMultipleChoiceField(
        queryset=Commune.objects.none(), to_field_name="insee", required=False
    )
    shown = forms.ModelMultipleChoiceField(
        queryset=Commune.objects.none(), to_field_name="insee", required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: QuerySet[Commune], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("communes", "shown"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]

    def chosen(self, partner: Partner) -> list[Commune]:
        """Return the whole perimeter after the answer."""
        shown = set(self.cleaned_data["shown"])
        kept = [commune for commune in partner.perimeter.order_by("pk") if commune not in shown]
        return [*kept, *self.cleaned_data["communes"]]
