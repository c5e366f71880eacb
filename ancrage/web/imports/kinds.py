"""What may be imported from a page, for whom, and where its results are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may, permitted
from ancrage.kit.imports.kinds import WRITTEN
from ancrage.kit.models import StagedImport
from ancrage.needs.models import Need
from ancrage.needs.services.imports import NeedsImport, PartnerGone, owner_of, partner_of
from ancrage.partners.models import Partner
from ancrage.partners.services import FacilityImport, owner_key_of
from ancrage.territory.models import Territory
from ancrage.territory.services.imports import OWNER as COMMUNES
from ancrage.territory.services.imports import CommunesImport

SHOWN_RESULTS = 30


@dataclass(frozen=True)
class Importable:
    """One kind of table. `filename` is its
    template's; `publishes`: what it creates may be published or kept as a draft."""

    key: str
    label: str | Promise
    filename: str
    publishes: bool = False


@dataclass(frozen=True)
class Result:
    """A thing that an import wrote."""

    label: str
    url: str
    line: str


NEEDS = Importable(
    NeedsImport.key,
    _("Des besoins"),
    "besoins.xlsx",
    publishes=True,
)
COMMUNE_LIST = Importable(
    CommunesImport.key,
    _("La liste des communes"),
    "communes.xlsx",
)
SITES = Importable(
    FacilityImport.key, _("Les sites de la liste officielle (FINESS)"), "sites.xlsx"
)
IMPORTABLES: Mapping[str, Importable] = {one.key: one for one in (NEEDS, SITES, COMMUNE_LIST)}


def structures_for(user: Any) -> QuerySet[Partner]:
    """Return the structures whose needs the user may import, by name."""
    rows = permitted(user, "partners.recruit_for", Partner.objects.filter(left_at__isnull=True))
    return rows.order_by("name", "pk")


def territories_for(user: Any) -> QuerySet[Territory]:
    """Return the territories whose official list of sites the user may import, by name."""
    return permitted(user, "territory.steer", Territory.objects.all()).order_by("name", "pk")


def targets_for(user: Any) -> list[tuple[str, str]]:
    """Return (« kind|owner key », words) of everything the user may import."""
    found: list[tuple[str, str]] = []
    words = gettext("Besoins · %(partner)s")
    if may(user, "needs.import"):
        found += [
            (f"{NEEDS.key}|{owner_of(partner)}", words % {"partner": partner.name})
            for partner in structures_for(user).only("pk", "name")
        ]
    if may(user, "partners.import"):
        sites = gettext("Sites FINESS · %(territory)s")
        found += [
            (f"{SITES.key}|{owner_key_of(territory)}", sites % {"territory": territory.name})
            for territory in territories_for(user)
        ]
    if may(user, "communes.import"):
        found.append((f"{COMMUNE_LIST.key}|{COMMUNES}", str(COMMUNE_LIST.label)))
    return found


def kinds_for(user: Any) -> list[Importable]:
    """Return the kinds the user may import, for the templates to download."""
    permissions = {
        NEEDS.key: "needs.import",
        SITES.key: "partners.import",
        COMMUNE_LIST.key: "communes.import",
    }
    return [one for key, one in IMPORTABLES.items() if may(user, permissions[key])]


def owner_name(staged: StagedImport) -> str:
    """Say whose import it is."""
    return owner_names([staged]).get(staged.owner_key, "")


def owner_names(imports: Iterable[StagedImport]) -> dict[str, str]:
    """Return {owner key: name} of these imports, in two queries."""
    keys = {one.owner_key for one in imports}
    partners = Partner.objects.filter(pk__in=_numbers(keys, "partner:")).order_by("pk")
    territories = Territory.objects.filter(pk__in=_numbers(keys, "territory:")).order_by("pk")
    return {
        **{owner_of(partner): partner.name for partner in partners},
        **{owner_key_of(territory): territory.name for territory in territories},
        COMMUNES: str(COMMUNE_LIST.label),
    }


def _numbers(keys: Iterable[str], prefix: str) -> list[int]:
    ends = (key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    return [int(end) for end in ends if end.isdecimal()]


def results_of(staged: StagedImport) -> list[Result]:
    """Return the first things that an applied import wrote, with the address of each."""
    if staged.kind != NEEDS.key:
        return []
    keys = (
        staged.rows.filter(outcome__in=[outcome.value for outcome in WRITTEN], line__isnull=False)
        .order_by("line")
        .values_list("key", flat=True)[:SHOWN_RESULTS]
    )
    written = Need.objects.filter(
        partner=int(staged.owner_key.removeprefix("partner:")), reference__in=list(keys)
    ).select_related("profession", "commune")
    return [
        Result(
            need.profession.label_fr,
            reverse("needs:detail", args=[need.pk]),
            " · ".join(filter(None, (need.unit, need.commune.name, need.reference))),
        )
        for need in written.order_by("pk")
    ]


def results_url(staged: StagedImport) -> str:
    """Return the page that lists what the import is about."""
    if staged.kind != NEEDS.key:
        return ""
    try:
        slug = partner_of(staged.owner_key).slug
    except PartnerGone:
        return reverse("needs:list")
    return f"{reverse('needs:list')}?structure={slug}"
