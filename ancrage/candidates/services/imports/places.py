"""The communes that lines name: those of the territory first, their names are the ones meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.wording import key_of
from ancrage.territory.models import Commune, CommunePostcode, Territory
from ancrage.territory.queries import communes_in, current_communes
from ancrage.territory.validators import normal_insee

_SAINTS = {"st": "saint", "ste": "sainte"}
_SHOWN = 6


@dataclass(slots=True)
class Places:
    """The communes of one territory, and those that the lines being read name elsewhere."""

    home: dict[str, list[Commune]]
    home_names: tuple[str, ...]
    elsewhere: dict[str, list[Commune]] = field(default_factory=dict)

    @classmethod
    def of(cls, territory: Territory) -> "Places":
        """Load the communes of a territory and their postcodes: two queries."""
        communes = list(communes_in(territory).defer("contour"))
        home: dict[str, list[Commune]] = {}
        for commune in communes:
            home.setdefault(commune.search_name, []).append(commune)
            home.setdefault(commune.insee, []).append(commune)
        by_key = {commune.pk: commune for commune in communes}
        codes = CommunePostcode.objects.filter(commune__in=by_key).order_by("code", "pk")
        for code, pk in codes.values_list("code", "commune"):
            if (commune := by_key[pk]) not in home.setdefault(code, []):
                home[code].append(commune)
        return cls(home, tuple(commune.name for commune in communes))

    def load(self, texts: Iterable[str]) -> None:
        """Forget what earlier lines named, and load what these name: three queries at most."""
        self.elsewhere = {}
        unknown = {text for text in texts if text and not self._at_home(text)}
        names = {_name_key(text) for text in unknown} - {""}
        codes = {code for text in unknown if (code := _code(text))}
        if names:
            self._learn(current_communes().filter(search_name__in=names))
        if codes:
            self._learn(current_communes().filter(insee__in=codes))
            rows = CommunePostcode.objects.filter(
                code__in=codes, commune__valid_to__isnull=True
            ).select_related("commune")
            for row in rows.defer("commune__contour").order_by("code", "commune__insee", "pk"):
                self.elsewhere.setdefault(row.code, []).append(row.commune)

    def named(self, row: ImportRow) -> Commune | None:
        """Return the commune of a line; without it the person may be let through all the same."""
        text = row.values["commune"]
        if not text:
            return None
        found = self._at_home(text) or self._meant(self.elsewhere, text)
        if not found:
            close = get_close_matches(text, self.home_names, n=1, cutoff=0.6)
            row.check(
                "commune",
                _(
                    "Commune inconnue : « %(text)s ». Écrivez son nom ou son code postal. "
                    "Acceptée ainsi, la ligne laisse la commune vide."
                ),
                close[0] if close else "",
                code="unknown_commune",
                text=text,
            )
            return None
        if len(found) > 1:
            row.check(
                "commune",
                _(
                    "« %(text)s » désigne plusieurs communes (%(names)s) : choisissez la bonne. "
                    "Acceptée ainsi, la ligne retient la première."
                ),
                found[0].insee,
                code="several_communes",
                text=text,
                names=", ".join(f"{one.name} ({one.insee})" for one in found[:_SHOWN]),
            )
        return found[0]

    def _at_home(self, text: str) -> list[Commune]:
        return self._meant(self.home, text)

    def _meant(self, known: dict[str, list[Commune]], text: str) -> list[Commune]:
        named = known.get(_name_key(text), [])
        coded = known.get(_code(text), [])
        both = [commune for commune in coded if commune in named]
        # « 44210 Pornic »: the name tells which commune of the postcode.
        return both or named or _called(coded, text) or coded

    def _learn(self, communes: Iterable[Commune]) -> None:
        for commune in communes.defer("contour").order_by("insee", "pk"):  # type: ignore[attr-defined]
            for key in (commune.search_name, commune.insee):
                if commune not in self.elsewhere.setdefault(key, []):
                    self.elsewhere[key].append(commune)


def _called(communes: list[Commune], text: str) -> list[Commune]:
    rest = _name_key(re.sub(r"\b\d{5}\b", " ", text))
    return [commune for commune in communes if rest and commune.search_name == rest]


def _name_key(text: str) -> str:
    """The words of a commune's name as official lists fold them, « CEDEX 2 » left out."""
    key = re.sub(r" cedex( \d+)?$", "", key_of(text))
    return " ".join(_SAINTS.get(word, word) for word in key.split())


def _code(text: str) -> str:
    """The five characters of an INSEE code or a postcode that begin a text, or ""."""
    try:
        return normal_insee(text.strip().split(" ")[0])
    except ValidationError:
        return ""
