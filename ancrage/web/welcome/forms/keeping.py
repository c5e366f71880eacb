"""The terms of an offer, and its calendar line by line."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.text import fold
from ancrage.resources.models import Resource
from ancrage.territory.models import Territory
from ancrage.territory.queries import communes_in
from ancrage.web.conflicts import revision_sent
from ancrage.web.fields import EurosField, ReadField
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.reference import THEMES_BY_KIND
from ancrage.welcome.reference.vocabulary import THEMATICS
from ancrage.welcome.services import Period, TermsFacts

_KIND_OF = {
    "housing": WelcomeKind.HOUSING,
    "childcare": WelcomeKind.CHILDCARE,
    "vehicle": WelcomeKind.MOBILITY,
}
BLANK_LINES = 3


class OwnOffersForm(forms.Form):
    """The words of an offer."""

    q = WordsField(gettext_lazy("Mots de l’offre"))

    def words(self) -> str:
        """Return the words asked for, if any."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")


class AreaField(ReadField):
    """Communes by their names, or codes of communes, groups and departments; cleaned as codes."""

    longest = 2000

    def __init__(self, *, territory: Territory, **kwargs: Any) -> None:
        self.known = {
            fold(name): insee
            for name, insee in communes_in(territory).values_list("name", "insee")
        }
        self.names = {insee: name for name, insee in self.known.items()}
        super().__init__(**kwargs)

    def read(self, text: str) -> list[str]:
        """Return the codes; refuse a name that no commune of the territory bears."""
        parts = [part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",")]
        codes = [self._code(part) for part in parts if part]
        return list(dict.fromkeys(codes))

    def _code(self, part: str) -> str:
        found = self.known.get(fold(part))
        if found is not None:
            return found
        if part[:1].isdigit():
            return part.upper()
        raise ValidationError(
            _("« %(name)s » n’est pas une commune du territoire : écrivez son nom, ou son code."),
            params={"name": part},
            code="area",
        )

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class TermsForm(forms.Form):
    """On what terms a resource welcomes somebody."""

    kind = forms.ChoiceField(
        label=gettext_lazy("À quoi sert cette offre"),
        choices=[("", gettext_lazy("Choisissez")), *WelcomeKind.choices],
    )
    has_places = forms.BooleanField(
        label=gettext_lazy("Ses places sont comptées"),
        required=False,
        help_text=gettext_lazy(
            "Une chambre, un berceau : le calendrier dit ce qui est libre. Décochez pour un"
            " conseil ou un service sans limite."
        ),
    )
    price_cents = EurosField(label=gettext_lazy("Prix par mois"), required=False)
    price_note = forms.CharField(
        label=gettext_lazy("Précision sur le prix"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Par exemple : charges comprises, selon le quotient familial."),
    )
    holds = forms.IntegerField(
        label=gettext_lazy("Personnes par place"), required=False, min_value=1, max_value=20
    )
    opening_hours = forms.CharField(
        label=gettext_lazy("Horaires"),
        required=False,
        max_length=255,
        help_text=gettext_lazy(
            "Comme « Mo-Fr 06:00-22:00 » : du lundi au vendredi de 6 h à 22 h. Les jours sont Mo,"
            " Tu, We, Th, Fr, Sa, Su ; PH désigne les jours fériés."
        ),
    )
    age_from_months = forms.IntegerField(
        label=pgettext_lazy("enfants", "Âge minimal"), required=False, min_value=0
    )
    age_to_months = forms.IntegerField(
        label=pgettext_lazy("enfants", "Âge maximal"), required=False, min_value=0
    )
    address = forms.CharField(label=gettext_lazy("Adresse"), required=False, max_length=200)
    comes_to_you = forms.BooleanField(
        label=gettext_lazy("Se déplace, ou répond à distance"), required=False
    )

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Thématiques de l’annuaire data·inclusion"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Ce que disent de l’offre les annuaires qui la reprennent. Sans choix, celle qui va"
            " le plus souvent avec le besoin."
        ),
    )

    def __init__(self, *args: Any, resource: Resource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = (self.initial or {}).get("themes", [])
        self.fields["themes"].choices = themes_offered(kept)  # type: ignore[attr-defined]
        self.fields["area"] = AreaField(
            label=_("Communes desservies"),
            required=False,
            territory=resource.partner.territory,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Des noms séparés par des virgules. Laissez vide pour tout le monde."),
        )

    def facts(self) -> TermsFacts:
        """Return the terms as the service takes them."""
        said = dict(self.cleaned_data)
        said["kind"] = WelcomeKind(said["kind"])
        said["area"] = said["area"] or []
        return TermsFacts(**said)  # type: ignore[typeddict-item]


def themes_offered(kept: Iterable[str]) -> list[tuple[str, str]]:
    """Return the themes to choose from: those of what people need here, and those `kept`."""
    usual = [theme for themes in THEMES_BY_KIND.values() for theme in themes]
    codes = dict.fromkeys([*usual, *(theme for theme in kept if theme in THEMATICS)])
    return [(code, THEMATICS[code]) for code in codes]


def initial_terms(resource: Resource, terms: WelcomeTerms | None) -> dict[str, Any]:
    """Return what the form opens with: the terms, or what the nature of the resource suggests."""
    if terms is None:
        return {"kind": _KIND_OF.get(resource.kind, ""), "has_places": True}
    return {name: getattr(terms, name) for name in (*TermsForm.base_fields, "area")}


class PeriodForm(forms.Form):
    """A line of the calendar; a line left empty is none."""

    starts_on = forms.DateField(label=gettext_lazy("Du"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=gettext_lazy("Au"), required=False, widget=DateInput)
    places = forms.IntegerField(label=gettext_lazy("Places"), required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Ask for both dates, or none."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not (cleaned.get("starts_on") or cleaned.get("ends_on")):
            return cleaned
        for name in ("starts_on", "ends_on"):
            if not cleaned.get(name):
                self.add_error(name, _("Donnez les deux dates de la période, ou aucune."))
        return cleaned

    @property
    def period(self) -> Period | None:
        """What the line says; None when it is empty."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first is None or last is None:
            return None
        return Period(first, last, self.cleaned_data.get("places") or 1)


class Calendar(BaseFormSet):
    """The whole calendar: what is written is what it becomes."""

    # What `formset_factory` would set, on a class that can be named.
    form = PeriodForm
    extra = BLANK_LINES
    min_num = 0
    max_num = absolute_max = 60
    validate_min = validate_max = False
    can_order = can_delete = can_delete_extra = False
    renderer = get_default_renderer()

    def __init__(
        self, data: QueryDict | None = None, *, periods: Sequence[Period] = (), revision: int = 1
    ) -> None:
        written: Iterable[dict[str, Any]] = (
            {"starts_on": one.starts_on, "ends_on": one.ends_on, "places": one.places}
            for one in periods
        )
        super().__init__(data, prefix="lignes", initial=list(written))
        self.revision = revision_sent(data, revision)

    def lines(self) -> list[tuple[PeriodForm, Period]]:
        """Return the lines that say something, with what they say."""
        read = ((form, form.period) for form in self.forms)
        return [(form, period) for form, period in read if period is not None]

    def refuse(self, refusal: ValidationError) -> str:
        """Show each reason at its line; return what belongs to none."""
        if not hasattr(refusal, "error_dict"):
            return str(refusal.messages[0])
        written = [form for form, _period in self.lines()]
        for number, reasons in refusal.error_dict.items():
            written[int(number)].add_error("starts_on", reasons)
        return ""
