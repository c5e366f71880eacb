"""Forms of the ways of a person: the goal, and the facts that only somebody can tell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.candidates.models import Career
from ancrage.candidates.services.careers import MOST_MONTHS
from ancrage.kit.text import words
from ancrage.professions.enums import EmployerSector
from ancrage.professions.models import ProfessionBridge
from ancrage.web.bridges.words import fact_label
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput

_YES_NO: list[tuple[str, str | Promise]] = [
    ("", _("Je ne sais pas")),
    ("oui", pgettext_lazy("réponse", "oui")),
    ("non", pgettext_lazy("réponse", "non")),
]
_ANSWERS = {"oui": True, "non": False}


class GoalForm(forms.Form):
    """The profession aimed at; none shows all that are in reach."""

    metier = forms.ChoiceField(label=_("Métier ou titre visé"), required=False)

    def __init__(self, data: Any, *, goals: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["metier"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous ceux qui sont à portée")),
            *goals,
        ]

    @property
    def goal(self) -> str:
        """The code of the title aimed at; one that is none is left aside."""
        return self.cleaned_data.get("metier", "") if self.is_valid() else ""


class CareerForm(forms.Form):
    """What a person tells for the bridges: every answer is free, and « I don’t know » is one.

    What the form does not ask keeps its answer.
    """

    sector = forms.ChoiceField(
        label=_("Employeur aujourd’hui"),
        required=False,
        choices=[("", _("Je ne sais pas")), *EmployerSector.choices],
        help_text=_("Il décide de qui peut payer une formation."),
    )
    titles = forms.MultipleChoiceField(
        label=_("Autres diplômes et titres obtenus"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        career: Career | None,
        works: Sequence[str],
        facts: Sequence[str],
        titles: Mapping[str, str],
        others: Sequence[str],
        bridges: Mapping[str, ProfessionBridge],
    ) -> None:
        self._career = career or Career(revision=0)
        super().__init__(data, initial=self._initial())
        self.works, self.facts, self._others = works, facts, set(others)
        self.fields["titles"].choices = [  # type: ignore[attr-defined]
            (code, titles[code]) for code in others
        ]
        for code in works:
            self.fields[f"mois_{code}"] = _months_field(titles.get(code, code))
            self.fields[f"fin_{code}"] = _end_field()
        for key in facts:
            self.fields[f"fait_{key}"] = forms.ChoiceField(
                label=fact_label(key, bridges), required=False, choices=_YES_NO
            )

    def work_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return, for each profession, the months worked and the last day."""
        return [(self[f"mois_{code}"], self[f"fin_{code}"]) for code in self.works]

    def fact_fields(self) -> list[forms.BoundField]:
        """Return the questions that only somebody can answer."""
        return [self[f"fait_{key}"] for key in self.facts]

    def told(self) -> dict[str, Any]:
        """Return what the service takes: the answers, and what was told and not asked."""
        cleaned = self.cleaned_data
        kept = [one for one in self._career.practices if one["title"] not in self.works]
        return {
            "sector": cleaned["sector"],
            "practices": [
                *(_practice(one) for one in kept),
                *(
                    {
                        "title": code,
                        "months": cleaned[f"mois_{code}"],
                        "until": cleaned[f"fin_{code}"],
                    }
                    for code in self.works
                    if cleaned[f"mois_{code}"] is not None
                ),
            ],
            "titles": [
                *(code for code in self._career.titles if code not in self._others),
                *cleaned["titles"],
            ],
            "words": {
                **{k: v for k, v in self._career.words.items() if k not in self.facts},
                **{
                    key: _ANSWERS[cleaned[f"fait_{key}"]]
                    for key in self.facts
                    if cleaned[f"fait_{key}"]
                },
            },
            "revision": cleaned["revision"],
        }

    def _initial(self) -> dict[str, Any]:
        career = self._career
        told: dict[str, Any] = {
            "sector": career.sector,
            "titles": career.titles,
            "revision": career.revision,
        }
        for one in career.practices:
            told[f"mois_{one['title']}"] = one["months"]
            told[f"fin_{one['title']}"] = one["until"]
        for key, answer in career.words.items():
            told[f"fait_{key}"] = "oui" if answer else "non"
        return told


def _practice(stored: Mapping[str, Any]) -> dict[str, Any]:
    field = forms.DateField(required=False)
    return {**stored, "until": field.to_python(stored["until"])}


def _months_field(label: str) -> forms.Field:
    return forms.IntegerField(
        label=_("%(title)s : mois travaillés") % {"title": label},
        required=False,
        min_value=0,
        max_value=MOST_MONTHS,
        help_text=_("À temps plein : un an à mi-temps compte pour 6 mois."),
    )


def _end_field() -> forms.Field:
    return forms.DateField(
        label=_("Jusqu’au"),
        required=False,
        widget=DateInput,
        help_text=_("Vide si ce travail continue."),
    )


class ComersForm(forms.Form):
    """Narrows who could come to a profession; every part is in the address."""

    q = WordsField(_("Nom"))
    horizon = forms.ChoiceField(
        label=_("Dans les"),
        required=False,
        choices=[
            ("", _("tous délais")),
            ("12", _("12 mois")),
            ("24", _("24 mois")),
            ("36", _("36 mois")),
        ],
    )
    passerelle = forms.ChoiceField(label=_("Dernière étape"), required=False)

    def __init__(self, data: Any, *, bridges: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["passerelle"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes les passerelles")),
            *bridges,
        ]

    @property
    def months(self) -> int | None:
        """Within how many months; a criterion in error is left aside."""
        asked = self._asked("horizon")
        return int(asked) if asked else None

    @property
    def bridge(self) -> str:
        """By which last step."""
        return self._asked("passerelle")

    @property
    def words(self) -> list[str]:
        """The words of the name looked for, as names are compared."""
        return words(self._asked("q"))

    def _asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
