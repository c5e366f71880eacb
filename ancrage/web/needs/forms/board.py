"""The filters of the board: all in the address, none required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.kit.search import used_in
from ancrage.needs.enums import NeedStatus, Urgency
from ancrage.needs.models import Need
from ancrage.needs.queries import BoardFilter
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import ContractKind
from ancrage.territory.models import LivingArea, Territory
from ancrage.web.life.forms import ListForm
from ancrage.web.widgets import DateInput

# What `?etat=` says to see the closed ones too; without it, only those in progress.
EVERY_STATE = "tous"
_RECRUITING_KINDS = [
    (kind.value, kind.label)
    for kind in PartnerKind
    if kind not in {PartnerKind.WELCOME, PartnerKind.AUTHORITY}
]


class BoardForm(ListForm):
    """What a reader looks for among the needs of `rows`."""

    vue = forms.ChoiceField(
        label=_("Périmètre"),
        required=False,
        choices=[("", _("Mes structures")), ("territoire", _("Tout le territoire"))],
    )
    nature = forms.ChoiceField(
        label=_("Type de structure"),
        required=False,
        choices=[("", _("Tous les types")), *_RECRUITING_KINDS],
    )
    bassin = forms.ModelChoiceField(
        label=_("Bassin de vie"),
        queryset=LivingArea.objects.none(),
        required=False,
        empty_label=_("Tous les bassins"),
    )
    contrat = forms.ChoiceField(
        label=_("Contrat"),
        required=False,
        choices=[("", pgettext_lazy("contrats", "Tous")), *ContractKind.choices],
    )
    urgence = forms.TypedChoiceField(
        label=_("Urgence"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", pgettext_lazy("urgences", "Toutes")), *Urgency.choices],
    )
    du = forms.DateField(label=_("Prise de poste, du"), required=False, widget=DateInput())
    au = forms.DateField(label=_("au"), required=False, widget=DateInput())
    a_relire = forms.BooleanField(label=_("Rédaction à relire"), required=False)
    etat = forms.ChoiceField(
        required=False,
        choices=[("", ""), (EVERY_STATE, EVERY_STATE), *NeedStatus.choices],
        widget=forms.HiddenInput(),
    )
    territoire = forms.ModelChoiceField(
        queryset=Territory.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.HiddenInput(),
    )

    field_order = (
        "q",
        "vue",
        "metier",
        "commune",
        "fraicheur",
        "structure",
        "nature",
        "bassin",
        "contrat",
        "urgence",
        "du",
        "au",
    )

    def __init__(self, *args: Any, rows: QuerySet[Need], has_views: bool, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        if not has_views:
            del self.fields["vue"]
        areas = used_in(LivingArea, rows, "partner__territory", by="territory")
        self.offer("bassin", areas.order_by("name", "pk"))
        self.offer("territoire", used_in(Territory, rows, "partner__territory"))

    @property
    def search(self) -> BoardFilter:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        state = found.get("etat", "")
        return BoardFilter(
            text=found.get("q", ""),
            status="" if state == EVERY_STATE else state,
            in_progress=not state,
            profession=found.get("metier"),
            commune=found.get("commune"),
            territory=found.get("territoire"),
            living_area=found.get("bassin"),
            partner=found.get("structure"),
            partner_kind=found.get("nature", ""),
            contract=found.get("contrat", ""),
            urgency=found.get("urgence"),
            freshness=found.get("fraicheur", ""),
            starts_from=found.get("du"),
            starts_by=found.get("au"),
            to_review=found.get("a_relire", False),
        )
