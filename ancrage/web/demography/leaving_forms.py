"""What is supposed of departures: every figure may be changed, and stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ancrage.demography.services.leaving import YEARS, Assumptions, KnownMove
from ancrage.web.demography.asked import Asked

MOVES = 4
DEFAULT = Assumptions()


class ShareField(forms.FloatField):
    """A share of a hundred that may be left as it was."""

    def __init__(self, label: Any, initial: float) -> None:
        super().__init__(
            label=label,
            initial=initial,
            min_value=0,
            max_value=100,
            required=False,
            localize=True,
        )


class LeavingForm(forms.Form):
    """Rates by age, what is replaced, how many patients each has, what is known."""

    avant_55 = ShareField(_("Avant 55 ans"), 1)
    de_55 = ShareField(_("De 55 à 59 ans"), 2)
    de_60 = ShareField(_("De 60 à 64 ans"), 7)
    de_65 = ShareField(_("65 ans et plus"), 25)
    remplaces = ShareField(_("Part des départs remplacés"), 50)
    patients = forms.FloatField(
        label=_("Patients par professionnel"),
        localize=True,
        min_value=1,
        max_value=10_000,
        initial=int(DEFAULT.patients),
        required=False,
        help_text=_("Prenez la patientèle moyenne de votre département (data.ameli.fr)."),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = [asked.model.places[rank] for rank in asked.model.inside.tolist()]
        communes = sorted((place.name, place.code) for place in inside)
        for rank in range(1, MOVES + 1):
            self.fields[f"commune_{rank}"] = forms.ChoiceField(
                label=_("Commune"),
                required=False,
                choices=[("", "—"), *((code, name) for name, code in communes)],
            )
            self.fields[f"annee_{rank}"] = forms.TypedChoiceField(
                label=_("Quand"),
                required=False,
                coerce=int,
                choices=[(year, _in_years(year)) for year in _ahead()],
            )
            self.fields[f"postes_{rank}"] = forms.FloatField(
                label=_("Postes (−1 : un départ)"),
                localize=True,
                required=False,
                min_value=-50,
                max_value=50,
            )

    @property
    def moves(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each known move, side by side."""
        return [
            (self[f"commune_{rank}"], self[f"annee_{rank}"], self[f"postes_{rank}"])
            for rank in range(1, MOVES + 1)
        ]

    @property
    def rates(self) -> list[Any]:
        """The fields of the yearly shares."""
        return [self[name] for name in ("avant_55", "de_55", "de_60", "de_65")]

    @property
    def assumed(self) -> Assumptions:
        """What is supposed; what is not said, or makes no sense, is as at first."""
        self.is_valid()
        return Assumptions(
            rates=(
                (0, self._share("avant_55")),
                (55, self._share("de_55")),
                (60, self._share("de_60")),
                (65, self._share("de_65")),
            ),
            replaced=self._share("remplaces"),
            patients=float(self._value("patients")),
            known=tuple(self._known()),
        )

    def _value(self, name: str) -> float:
        found = self.cleaned_data.get(name)
        return self.fields[name].initial if found is None else found

    def _share(self, name: str) -> float:
        return self._value(name) / 100

    def _known(self) -> list[KnownMove]:
        found = []
        for rank in range(1, MOVES + 1):
            code = self.cleaned_data.get(f"commune_{rank}")
            posts = self.cleaned_data.get(f"postes_{rank}")
            year = self.cleaned_data.get(f"annee_{rank}") or 1
            if code and posts:
                found.append(KnownMove(code, year, posts))
        return found


def _in_years(years: int) -> str:
    return ngettext("dans %(n)s an", "dans %(n)s ans", years) % {"n": years}


def _ahead() -> range:
    return range(1, YEARS + 1)
