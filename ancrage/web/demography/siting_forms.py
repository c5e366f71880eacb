"""What is asked of a study of where to put posts."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import Among, SitingGoal
from ancrage.demography.services.model import known_sets
from ancrage.demography.services.siting import (
    MOST_POSTS,
    NATIONAL_MEANS,
    Asked,
    near_of,
    target_of,
)
from ancrage.web.demography.asked import Asked as Page
from ancrage.web.demography.set_forms import set_choices
from ancrage.web.demography.words import number

POSTS = 3


class SitingForm(forms.Form):
    """How many posts, what for, where they may go."""

    postes = forms.IntegerField(
        label=_("Postes à placer"), min_value=1, max_value=MOST_POSTS, initial=POSTS
    )
    objectif = forms.ChoiceField(
        label=_("Objectif"),
        choices=SitingGoal.choices,
        initial=SitingGoal.DEFICIT,
        help_text=_("Les trois sont calculés et comparés : celui-ci est montré en premier."),
        widget=forms.RadioSelect,
    )
    parmi = forms.ChoiceField(
        label=_("Communes qui peuvent accueillir"),
        choices=Among.choices,
        initial=Among.ALL,
        widget=forms.RadioSelect,
    )
    communes = forms.MultipleChoiceField(
        label=_("Communes choisies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Seulement si vous les choisissez une par une."),
    )
    seuil = forms.FloatField(
        label=_("Seuil"),
        localize=True,
        min_value=0.01,
        max_value=10_000,
        error_messages={"min_value": _("Donnez un seuil d’au moins 0,01.")},
        help_text=_("Sous cette valeur, on considère que les habitants manquent d’accès."),
    )
    au_plus = forms.IntegerField(
        label=_("Dans une même commune, au plus"),
        required=False,
        min_value=1,
        max_value=MOST_POSTS,
        help_text=_("Vide : autant qu’il en faut."),
    )
    parametres = forms.ChoiceField(label=_("Paramètres du calcul"), required=False)
    minutes = forms.IntegerField(label=_("« Tout près », en minutes"), min_value=1, max_value=20)

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = page.model
        inside = [model.places[rank] for rank in model.inside.tolist()]
        self.fields["communes"].choices = [  # type: ignore[attr-defined]
            (place.code, place.name) for place in sorted(inside, key=lambda one: one.name)
        ]
        self.fields["seuil"].initial = target_of(model)
        self.fields["parametres"].choices = [  # type: ignore[attr-defined]
            ("", _("Ceux du territoire")),
            *set_choices(known_sets(page.territory, page.care)),
        ]
        self.fields["minutes"].initial = near_of(model)
        if mean := NATIONAL_MEANS.get(page.care):
            self.fields["seuil"].help_text = _(
                "Sous cette valeur, on considère que les habitants manquent d’accès. L’accès "
                "moyen en France était de %(mean)s en %(year)d."
            ) % {"mean": number(mean[0]), "year": mean[1]}

    @classmethod
    def proposed(cls, asked: QueryDict, *, page: Page) -> "SitingForm":
        """Return the form, begun with what an address proposes: a study to be asked otherwise."""
        names = cls.base_fields.keys() & asked.keys()
        initial: dict[str, Any] = {name: asked[name][:200] for name in names}
        if "communes" in initial:
            initial["communes"] = asked.getlist("communes")
        return cls(page=page, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Ask for communes where they are chosen one by one."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("parmi") == Among.CHOSEN and not found.get("communes"):
            self.add_error("communes", _("Choisissez au moins une commune."))
        return found

    @property
    def asked(self) -> Asked:
        """What the service takes."""
        found = self.cleaned_data
        return Asked(
            posts=found["postes"],
            most=found["au_plus"] or found["postes"],
            target=found["seuil"],
            near=found["minutes"],
            among=Among(found["parmi"]),
            chosen=tuple(found["communes"]),
            goal=SitingGoal(found["objectif"]),
            parameters=found["parametres"],
        )
