"""What may be imported from a page, for whom, and where its results are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may, permitted
from ancrage.kit.imports.kinds import WRITTEN
from ancrage.kit.models import StagedImport
from ancrage.needs.models import Need
from ancrage.needs.services.imports import NeedsImport, PartnerGone, owner_of, partner_of
from ancrage.partners.models import Partner
from ancrage.territory.services.imports import OWNER as COMMUNES
from ancrage.territory.services.imports import CommunesImport

SHOWN_RESULTS = 30


@dataclass(frozen=True)
class Importable:
    """One kind of table. `publishes`: what it creates may be published or kept as a draft."""

    key: str
    label: str | Promise
    about: str | Promise
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
    _("Les postes que votre structure cherche à pourvoir."),
    publishes=True,
)
COMMUNE_LIST = Importable(
    CommunesImport.key,
    _("La liste des communes"),
    _("La liste officielle : réponse de geo.api (JSON) ou tableau."),
)
IMPORTABLES: Mapping[str, Importable] = {one.key: one for one in (NEEDS, COMMUNE_LIST)}


def structures_for(user: Any) -> QuerySet[Partner]:
    """Return the structures whose needs the user may import, by name."""
    rows = permitted(user, "partners.recruit_for", Partner.objects.filter(left_at__isnull=True))
    return rows.order_by("name", "pk")


def targets_for(user: Any) -> list[tuple[str, str]]:
    """Return (« kind|owner key », words) of everything the user may import."""
    found: list[tuple[str, str]] = []
    if may(user, "needs.import"):
        found += [
            (f"{NEEDS.key}|{owner_of(partner)}", partner.name)
            for partner in structures_for(user).only("pk", "name")
        ]
    if may(user, "communes.import"):
        found.append((f"{COMMUNE_LIST.key}|{COMMUNES}", str(COMMUNE_LIST.label)))
    return found


def kinds_for(user: Any) -> list[Importable]:
    """Return the kinds the user may import, for the templates to download."""
    permissions = {NEEDS.key: "needs.import", COMMUNE_LIST.key: "communes.import"}
    return [one for key, one in IMPORTABLES.items() if may(user, permissions[key])]


def owner_name(staged: StagedImport) -> str:
    """Say whose import it is."""
    if staged.kind != NEEDS.key:
        return str(IMPORTABLES[staged.kind].label) if staged.kind in IMPORTABLES else ""
    try:
        return partner_of(staged.owner_key).name
    except PartnerGone:
        return ""


def owner_names(imports: list[StagedImport]) -> dict[str, str]:
    """Return {owner key: name} of these imports, in one query."""
    keys = {one.owner_key.removeprefix("partner:") for one in imports if one.kind == NEEDS.key}
    partners = Partner.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
    return {owner_of(partner): partner.name for partner in partners.order_by("pk")} | {
        COMMUNES: str(COMMUNE_LIST.label)
    }


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
