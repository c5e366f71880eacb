"""Forms that the kinds of rows share: the place of a row, the filters of a list, a refusal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.freshness import Freshness
from ancrage.kit.life.models import LivingRow
from ancrage.kit.search import used_in
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.web.fields import CommuneField
from ancrage.web.widgets import DateInput, SearchInput


class PlaceForm(forms.Form):
    """Where a row of `partner` is: one of its sites, or a commune of its territory."""

    facility = forms.ModelChoiceField(
        label=gettext_lazy("Établissement"),
        queryset=Facility.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucun en particulier"),
    )

    def __init__(
        self, *args: Any, partner: Partner, current: Commune | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sites = partner.facilities.filter(closed_on__isnull=True).order_by("name", "pk")
        self.fields["facility"].queryset = sites  # type: ignore[attr-defined]
        self.fields["commune"] = CommuneField(
            label=_("Commune"),
            territory=partner.territory,
            current=current,
            required=False,
            help_text=_("Inutile si vous avez choisi l’établissement : c’est la sienne."),
        )

    def clean(self) -> dict[str, Any]:
        """Take the commune of the facility, or ask for one."""
        cleaned = super().clean() or {}
        if cleaned.get("facility") is not None:
            cleaned["commune"] = cleaned["facility"].commune
        elif cleaned.get("commune") is None and "commune" not in self.errors:
            self.add_error("commune", _("Choisissez un établissement ou une commune."))
        return cleaned


class ListForm(forms.Form):
    """The filters of a list of `rows`: all in the address, none required."""

    q = forms.CharField(
        label=gettext_lazy("Mots"), required=False, max_length=120, widget=SearchInput()
    )
    metier = forms.ModelChoiceField(
        label=gettext_lazy("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Tous les métiers"),
    )
    commune = forms.ModelChoiceField(
        label=gettext_lazy("Commune"),
        queryset=Commune.objects.none(),
        to_field_name="insee",
        required=False,
        empty_label=gettext_lazy("Toutes les communes"),
    )
    structure = forms.ModelChoiceField(
        label=gettext_lazy("Structure"),
        queryset=Partner.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Toutes les structures"),
    )
    fraicheur = forms.ChoiceField(
        label=gettext_lazy("Actualité"),
        required=False,
        choices=[("", pgettext_lazy("actualité", "Toutes")), *Freshness.choices],
    )
    du = forms.DateField(required=False, widget=DateInput())
    au = forms.DateField(required=False, widget=DateInput())

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("metier", used_in(Profession, rows, "profession").order_by("rank", "pk"))
        self.offer("commune", used_in(Commune, rows, "commune").order_by("search_name", "pk"))
        self.offer("structure", used_in(Partner, rows, "partner").order_by("name", "pk"))

    def offer(self, name: str, choices: QuerySet[Any]) -> None:
        """Let the filter `name` choose among `choices`."""
        self.fields[name].queryset = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin de la période précède son début."))
        return cleaned


def show_refusal(
    error: ValidationError, *forms_shown: forms.BaseForm, field_of: Mapping[str, str]
) -> None:
    """Write a service's refusal beside the fields it concerns, or above the first form.

    `field_of` names the field of a fact where it bears another name.
    """
    by_field: Mapping[str, list[str]] = (
        error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    )
    for fact, messages in by_field.items():
        name = field_of.get(fact, fact)
        target = next((form for form in forms_shown if name in form.fields), forms_shown[0])
        for message in messages:
            target.add_error(name if name in target.fields else None, message)


def revision_sent(data: QueryDict | None, row: LivingRow) -> int:
    """Return the revision at which the page was first shown: it travels in the page."""
    sent = data.get("revision", "") if data is not None else ""
    return int(sent[:9]) if sent and sent.isdecimal() else row.revision
