"""Filters of the lists of journeys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.accounts.models import User
from ancrage.journeys.enums import JourneyState
from ancrage.journeys.queries import JourneyFilter, Lost, Section
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.web.filters import WordsField
from ancrage.web.journeys.words import LOST, SECTIONS

NOBODY = "personne"


class JourneyFilters(forms.Form):
    """The list of journeys; `advisors`, `partners` and `professions` are those found in it."""

    q = WordsField(_("Nom, commune ou carte"))
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("En cours")),
            ("tous", pgettext_lazy("parcours", "Tous")),
            *JourneyState.choices,
        ],
    )
    quand = forms.ChoiceField(
        label=_("Prochaine action"),
        required=False,
        choices=[
            ("", pgettext_lazy("prochaine action", "Toutes")),
            *((section.value, SECTIONS[section][0]) for section in Section),
        ],
    )

    def __init__(self, *args: Any, rows: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"] = forms.ChoiceField(
            label=_("Référent"), required=False, choices=_advisor_choices(rows)
        )
        self.fields["metier"] = forms.ModelChoiceField(
            label=_("Métier"),
            required=False,
            empty_label=_("Tous les métiers"),
            queryset=Profession.objects.filter(
                pk__in=rows.order_by().values("candidate__professions__profession")
            ).order_by("label_fr", "pk"),
        )
        self.fields["structure"] = forms.ModelChoiceField(
            label=_("En poste dans"),
            required=False,
            empty_label=_("Toutes les structures"),
            queryset=Partner.objects.filter(pk__in=partners).order_by("name", "pk"),
        )

    @property
    def search(self) -> JourneyFilter:
        """What the address asks for; what it says wrongly is as if it were not said."""
        self.is_valid()
        asked = self.cleaned_data
        state = asked.get("etat") or "open"
        advisor = asked.get("referent") or ""
        return JourneyFilter(
            text=asked.get("q", ""),
            state="" if state == "tous" else state,
            advisor=0 if advisor == NOBODY else int(advisor) if advisor else None,
            profession=asked.get("metier"),
            partner=asked.get("structure"),
            section=asked.get("quand", ""),
        )


class LostFilters(forms.Form):
    """The people lost from sight, by name or by reason."""

    q = WordsField(_("Nom, commune ou carte"))
    raison = forms.ChoiceField(
        label=_("Pourquoi"),
        required=False,
        choices=[
            ("", pgettext_lazy("raison de perte de vue", "Toutes les raisons")),
            *((one.value, LOST[one]) for one in Lost),
        ],
    )

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for, as the query names it."""
        self.is_valid()
        return {
            "reason": self.cleaned_data.get("raison", ""),
            "text": self.cleaned_data.get("q", ""),
        }


def _advisor_choices(rows: Any) -> list[tuple[str, Any]]:
    advisors = User.objects.filter(pk__in=rows.order_by().values("advisor")).order_by(
        "last_name", "first_name", "pk"
    )
    return [
        ("", _("Tous les référents")),
        (NOBODY, _("Sans référent")),
        *((str(one.pk), one.full_name) for one in advisors),
    ]
