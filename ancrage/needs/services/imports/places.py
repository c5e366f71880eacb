"""Where a line lies: one of the structure's sites, and a commune."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.wording import key_of
from ancrage.partners.models import Facility, Partner
from ancrage.territory.models import Commune, CommunePostcode
from ancrage.territory.queries import current_communes
from ancrage.territory.validators import normal_insee

_SAINTS = {"st": "saint", "ste": "sainte"}


@dataclass(slots=True)
class Places:
    """The sites of one structure, and the communes that the lines name.

    Communes of the structure's territory come first: their names are the ones meant.
    """

    partner: Partner
    sites: tuple[Facility, ...]
    by_code: dict[str, Commune] = field(default_factory=dict)
    by_name: dict[str, list[Commune]] = field(default_factory=dict)
    by_postcode: dict[str, list[Commune]] = field(default_factory=dict)
    own_names: tuple[str, ...] = ()
    home: frozenset[int] = frozenset()
    # Names and numbers of the other structures of the territory.
    neighbours: dict[str, str] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, partner: Partner) -> "Places":
        """Load the sites of the structure and the communes of its territory: four queries."""
        sites = (
            partner.facilities.filter(closed_on__isnull=True)
            .select_related("commune")
            .order_by("pk")
        )
        places = cls(partner, tuple(sites))
        own = list(partner.territory.communes.order_by("search_name", "pk"))
        places.home = frozenset(commune.pk for commune in own)
        places.own_names = tuple(commune.name for commune in own)
        places._learn(own)
        others = (
            Partner.objects.filter(territory=partner.territory_id, left_at__isnull=True)
            .exclude(pk=partner.pk)
            .order_by("pk")
        )
        for name, short, slug in others.values_list("name", "short_name", "slug"):
            for spelling in (name, short, slug):
                places.neighbours.setdefault(key_of(spelling), name)
        places.neighbours.pop("", None)
        return places

    def load(self, texts: Iterable[str]) -> None:
        """Load the communes that these cells may name: at most two queries."""
        wanted = {text for text in texts if text} - self._asked
        self._asked |= wanted
        unknown = {
            text
            for text in wanted
            if _name_key(text) not in self.by_name and text not in self.by_code
        }
        codes = {code for text in unknown if (code := _code(text))}
        names = {_name_key(text) for text in unknown} - {""}
        if names:
            found = current_communes().filter(search_name__in=names) | current_communes().filter(
                insee__in=codes
            )
            self._learn(found.order_by("search_name", "pk"))
        postcodes = {text for text in codes if text not in self.by_code}
        if postcodes:
            rows = (
                CommunePostcode.objects.filter(code__in=postcodes, commune__valid_to__isnull=True)
                .select_related("commune")
                .order_by("code", "commune__search_name", "pk")
            )
            for row in rows:
                self.by_postcode.setdefault(row.code, []).append(row.commune)

    def _learn(self, communes: Iterable[Commune]) -> None:
        for commune in communes:
            if self.by_code.setdefault(commune.insee, commune) is commune:
                self.by_name.setdefault(commune.search_name, []).append(commune)

    def site_of(self, row: ImportRow) -> Facility | None:
        """Return the site that a line names by its number, its name or its service."""
        finess, siret = row.values["finess_et"], row.values["siret"]
        for site in self.sites:
            if (finess and site.finess_et == finess) or (siret and site.siret == siret):
                return site
        if finess:
            row.check(
                "finess_et",
                _(
                    "Aucun site de %(partner)s ne porte le FINESS %(finess)s. Corrigez-le, ou "
                    "acceptez la ligne : le besoin sera rattaché à la structure, sans site."
                ),
                code="unknown_site",
                partner=self.partner.name,
                finess=finess,
            )
        for code in ("facility", "unit", "specialty_or_unit", "structure"):
            key = key_of(row.values[code] or "")
            for site in self.sites:
                if key and key_of(site.name) == key:
                    return site
        if row.values["facility"]:
            row.note(
                "facility",
                _(
                    "« %(text)s » n’est le nom d’aucun site connu de la structure : il est gardé "
                    "comme service."
                ),
                code="unknown_site",
                text=row.values["facility"],
            )
        return None

    def check_structure(self, row: ImportRow) -> None:
        """Hold back a line that names another structure; say it when the name is unknown."""
        text = row.values["structure"]
        key = key_of(text or "")
        own = {key_of(self.partner.name), key_of(self.partner.short_name), self.partner.slug}
        part_of_own = set(key.split()) <= set(key_of(self.partner.name).split())
        if (
            not key
            or part_of_own
            or key in own
            or any(key_of(site.name) == key for site in self.sites)
        ):
            return
        if key in self.neighbours:
            row.check(
                "structure",
                _(
                    "Cette ligne nomme une autre structure du territoire (%(other)s), et cet "
                    "import est celui de %(partner)s. Retirez-la, ou acceptez-la si elle est bien "
                    "à vous."
                ),
                code="other_structure",
                other=self.neighbours[key],
                partner=self.partner.name,
            )
        else:
            row.note(
                "structure",
                _("« %(text)s » : la ligne est importée pour %(partner)s."),
                code="structure_read",
                text=text,
                partner=self.partner.name,
            )

    def commune_of(self, row: ImportRow, site: Facility | None) -> Commune | None:
        """Return the commune of a line: the one it names, its site's, or the structure's."""
        text = row.values["commune"]
        if text is None:
            if row.raw["commune"] and any(code == "commune" for code, _problem in row.problems):
                return None
            commune = site.commune if site else self.partner.commune
            if commune is None:
                row.error(
                    "commune",
                    _(
                        "Aucune commune : indiquez-la dans le fichier ou sur la fiche de la "
                        "structure."
                    ),
                    code="required",
                )
            return commune
        found = self._named(row, text)
        if found is None:
            close = get_close_matches(text, self.own_names, n=1, cutoff=0.6)
            row.error(
                "commune",
                _("Commune inconnue : « %(text)s ». Écrivez son nom ou son code INSEE."),
                close[0] if close else "",
                code="unknown_commune",
                text=text,
            )
        return found

    def _named(self, row: ImportRow, text: str) -> Commune | None:
        code = _code(text)
        if code and code in self.by_code:
            return self.by_code[code]
        several = self.by_postcode.get(code, []) or self.by_name.get(_name_key(text), [])
        near = [commune for commune in several if commune.pk in self.home] or several
        if len(near) > 1:
            row.check(
                "commune",
                _("« %(text)s » désigne plusieurs communes (%(names)s) : choisissez la bonne."),
                near[0].insee,
                code="several_communes",
                text=text,
                names=", ".join(f"{one.name} ({one.insee})" for one in near[:6]),
            )
        elif near and near[0].pk not in self.home and self.home:
            row.note(
                "commune",
                _("%(name)s (%(insee)s) est hors du territoire."),
                code="outside",
                name=near[0].name,
                insee=near[0].insee,
            )
        return near[0] if near else None


def _name_key(text: str) -> str:
    """Return the words of a commune's name as official lists fold them, « CEDEX 2 » left out."""
    key = re.sub(r" cedex( \d+)?$", "", key_of(text))
    return " ".join(_SAINTS.get(word, word) for word in key.split())


def _code(text: str) -> str:
    """Return the five characters of an INSEE code or a postcode, or ""."""
    try:
        return normal_insee(text.strip().split(" ")[0])
    except ValidationError:
        return ""
