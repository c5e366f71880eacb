"""Criteria of the list, a request on somebody's behalf, and what the welcome changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.journeys.enums import ArrivalKind
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeTerms

SITUATIONS = [
    ("", _("Toutes les situations")),
    ("unmet", _("Un besoin sans réponse")),
    ("found", _("À demander")),
    ("waiting", _("En attente d’une réponse")),
    ("unblocked", _("Arrivée débloquée")),
]


class ProjectFilters(forms.Form):
    """Criteria of the list, read from the address."""

    q = WordsField(_("Nom"))
    besoin = forms.ChoiceField(
        label=_("Besoin"),
        required=False,
        choices=[("", _("Tous les besoins")), *WelcomeKind.choices],
    )
    situation = forms.ChoiceField(label=_("Situation"), required=False, choices=SITUATIONS)
    clos = forms.BooleanField(label=_("Montrer les projets clos"), required=False)

    def asked(self) -> dict[str, Any]:
        """Return what is asked; a criterion in error is left aside."""
        self.is_valid()
        return self.cleaned_data


class AskForThemForm(forms.Form):
    """What the coordination asks of a partner for a person who agreed to it."""

    starts_on = forms.DateField(label=_("Du"), required=False, widget=DateInput())
    ends_on = forms.DateField(label=_("Au"), required=False, widget=DateInput())
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=20)
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Le partenaire le lit. Rien sur la santé de quiconque."),
    )

    def __init__(self, data: Any, *, terms: WelcomeTerms, project: LifeProject) -> None:
        children = terms.kind == WelcomeKind.CHILDCARE and project.child_ages
        super().__init__(
            data,
            initial={
                "starts_on": project.arrives_on,
                "ends_on": project.leaves_on,
                "places": len(project.child_ages) if children else 1,
            },
        )
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = terms.has_places

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("La fin ne peut pas précéder le début."))
        return cleaned


class IntroductionField(forms.ModelChoiceField):
    """An introduction of the person, told by its post and its structure."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.need.profession} – {obj.need.partner.name} ({obj.get_state_display()})"


class OutcomeForm(forms.Form):
    """Arrived thanks to, or lost because of: which themes, for which introduction."""

    kind = forms.ChoiceField(
        label=_("Issue"), choices=ArrivalKind.choices, widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label=_("Thèmes"), choices=WelcomeKind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, introductions: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["introduction"] = IntroductionField(
            queryset=introductions,
            label=_("Mise en relation"),
            required=False,
            empty_label=_("Aucune en particulier"),
        )
        self.order_fields(["introduction", "kind", "themes"])
