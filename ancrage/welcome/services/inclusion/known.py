"""What the platform holds of what some lines name, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import ImportRow, ImportRun
from ancrage.kit.imports.services import ImportProblem
from ancrage.kit.tabular.wording import key_of
from ancrage.partners.models import Facility, Partner
from ancrage.partners.validators import check_finess
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import communes_in, current_communes
from ancrage.welcome.models import ServiceOrigin, StructureOrigin
from ancrage.welcome.services.inclusion.export import source_of

Name = tuple[str, str]
_FINESS = "finess"


class TerritoryGone(ImportProblem):
    """The territory of an import does not exist any more."""

    sentence = _("Le territoire de cet import n’existe plus.")


@dataclass(slots=True)
class Context:
    """For which territory the lines are read, and what it holds of what they name."""

    run: ImportRun
    territory: Territory
    # Its communes, and the codes of all that overlaps it.
    inside: frozenset[str]
    around: frozenset[str]
    today: date
    own_source: str
    structures: dict[Name, StructureOrigin] = field(default_factory=dict)
    services: dict[Name, ServiceOrigin] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)

    def commune_of(self, row: ImportRow) -> Commune | None:
        """The commune a line stands in: by its code, else by its name and postcode."""
        values = row.values
        found = self.communes.get(values["code_insee"] or "")
        return found or self.communes.get(_town(values))

    def recognised(self, row: ImportRow, siret: str) -> Partner | None:
        """The structure of ours that a line is about, known before this import began.

        By its number there, its SIRET, its SIREN, its FINESS, then its name in its commune.
        """
        values = row.values
        origin = self.known_structure((values["source"] or "", values["id"] or ""))
        if origin is not None:
            return origin.partner
        for key in identities(row, siret, self.commune_of(row)):
            partner = self.partners.get(key)
            # One that this very import has just made is that of an earlier line.
            if partner is not None and partner.joined_at != self.run.now:
                return partner
        return None

    def known_structure(self, name: Name) -> StructureOrigin | None:
        """The structure of that number, if it was known before this import began."""
        origin = self.structures.get(name)
        return None if origin is None or origin.created_at == self.run.now else origin


def context_of(run: ImportRun) -> Context:
    """Load the territory of an import and what overlaps it. Raises TerritoryGone."""
    kind, _colon, pk = run.owner_key.partition(":")
    rows = Territory.objects.filter(pk=int(pk)) if kind == "territory" and pk.isdecimal() else None
    territory = rows.first() if rows is not None else None
    if territory is None:
        raise TerritoryGone
    communes = list(communes_in(territory).select_related("epci", "department"))
    inside = frozenset(commune.insee for commune in communes)
    around = {commune.epci.siren for commune in communes if commune.epci}
    around |= {commune.department.code for commune in communes}
    return Context(
        run=run,
        territory=territory,
        inside=inside,
        around=inside | around,
        today=timezone.localdate(run.now),
        own_source=source_of(territory),
    )


def identities(row: ImportRow, siret: str, commune: Commune | None) -> list[str]:
    """What a structure is known by, the surest first."""
    values = row.values
    found = [f"siret:{siret}", f"siren:{siret[:9]}"] if siret else []
    finess = _finess_of(values)
    if finess:
        found.append(f"finess:{finess}")
    if values["nom"] and commune is not None:
        found.append(f"name:{key_of(values['nom'])}|{commune.insee}")
    return found


def load(rows: Sequence[ImportRow], context: Context) -> None:
    """Read the rows of ours that these lines may be about: six queries."""
    values = [row.values for row in rows]
    named = {one["structure_id"] for one in values} | {one["id"] for one in values}
    origins = StructureOrigin.objects.filter(
        territory=context.territory, external_id__in=named - {None}
    ).select_related("partner__commune", "partner__territory")
    context.structures = {(one.source, one.external_id): one for one in origins.order_by("pk")}
    services = ServiceOrigin.objects.filter(
        territory=context.territory, external_id__in={one["id"] for one in values} - {None}
    ).select_related("resource__commune", "resource__partner", "resource__welcome_terms")
    context.services = {(one.source, one.external_id): one for one in services.order_by("pk")}
    context.communes = _communes(values)
    structures = [one for one in values if not one["structure_id"]]
    context.partners = partners_known_as(structures, context)


def _communes(values: Sequence[Mapping[str, Any]]) -> dict[str, Commune]:
    codes = {one["code_insee"] for one in values} | {one["structure_insee"] for one in values}
    loose = [one for one in values if not one["code_insee"] and one["commune"]]
    found = {
        commune.insee: commune
        for commune in Commune.objects.filter(insee__in=codes - {None}).order_by("pk")
    }
    towns = current_communes().filter(
        search_name__in={key_of(one["commune"]) for one in loose},
        postcodes__code__in={one["code_postal"] for one in loose} - {None},
    )
    for commune in towns.annotate(postcode=F("postcodes__code")).order_by("pk"):
        found.setdefault(f"{commune.postcode} {commune.search_name}", commune)
    return found


def partners_known_as(values: Sequence[Mapping[str, Any]], context: Context) -> dict[str, Partner]:
    """Return {identity: structure of ours} of what these structures may be: two queries."""
    sirets = {one["siret"] for one in values if one.get("siret")}
    finess = {_finess_of(one) for one in values} - {""}
    names = {one["nom"] for one in values if one.get("nom")}
    known = Q(siren__in={one[:9] for one in sirets}) | Q(name__in=names) | Q(finess_ej__in=finess)
    ours = Partner.objects.filter(territory=context.territory)
    found: dict[str, Partner] = {}
    for partner in ours.filter(known).select_related("commune", "territory").order_by("-pk"):
        keys = [f"siren:{partner.siren}"] if partner.siren else []
        keys += [f"finess:{partner.finess_ej}"] if partner.finess_ej else []
        if partner.commune is not None:
            keys.append(f"name:{key_of(partner.name)}|{partner.commune.insee}")
        found.update(dict.fromkeys(keys, partner))
    sites = Facility.objects.filter(
        Q(siret__in=sirets) | Q(finess_et__in=finess), partner__territory=context.territory
    ).select_related("partner__commune", "partner__territory")
    for site in sites.order_by("-pk"):
        if site.partner is not None:
            keys = [f"siret:{site.siret}"] if site.siret else []
            keys += [f"finess:{site.finess_et}"] if site.finess_et else []
            found.update(dict.fromkeys(keys, site.partner))
    return found


def _finess_of(values: Mapping[str, Any]) -> str:
    if (values.get("source") or "").lower() != _FINESS:
        return ""
    return check_finess((values.get("id") or "").rpartition("--")[2]).value


def _town(values: Mapping[str, Any]) -> str:
    return f"{values['code_postal'] or ''} {key_of(values['commune'] or '')}"
