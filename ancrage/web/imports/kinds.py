"""What may be imported from a page, for whom, and where its results are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may, permitted
from ancrage.candidates.services import CandidatesImport
from ancrage.candidates.services.imports import PROOF
from ancrage.candidates.services.imports import owner_of as people_of
from ancrage.events.enums import EventState
from ancrage.events.models import Side
from ancrage.events.services import RegistrationsImport
from ancrage.events.services.imports import owner_of as registered_on
from ancrage.kit.models import StagedImport
from ancrage.needs.services.imports import NeedsImport
from ancrage.partners.models import Partner
from ancrage.partners.queries import scope_of
from ancrage.partners.services import FacilityImport, owner_key_of
from ancrage.resources.services import ResourcesImport
from ancrage.schemes.services import ZoningsImport
from ancrage.schemes.services.zoning_import import DEPARTMENTS, LICENCE, SINCE
from ancrage.schemes.services.zoning_import import OWNER as ZONINGS
from ancrage.territory.models import Territory
from ancrage.territory.permissions import coordinated_by
from ancrage.territory.services.contours import OWNER as CONTOURS
from ancrage.territory.services.contours import ContoursImport, table_of_geojson
from ancrage.territory.services.imports import OWNER as COMMUNES
from ancrage.territory.services.imports import CommunesImport, table_of_geoapi
from ancrage.welcome.services.inclusion import (
    InclusionImport,
    owner_key_of_directory,
    table_of_inclusion,
)

PUBLISH, COMPLETE_LIST, CREATE_PARTNERS = "publish", "complete_list", "create_partners"
SOURCE, VINTAGE = "source", "vintage"


@dataclass(frozen=True)
class Importable:
    """One kind of table. `filename` is its template's, "" when nobody would fill one in by hand;
    `asks` names the options that its import reads; `titled_by`, the columns by which people know
    a line (those that are required, when nothing is said); `untyped`, those that nobody would
    correct by hand."""

    key: str
    label: str | Promise
    permission: str
    filename: str = ""
    asks: tuple[str, ...] = ()
    titled_by: tuple[str, ...] = ()
    untyped: tuple[str, ...] = ()


NEEDS = Importable(
    NeedsImport.key,
    _("Des besoins"),
    "needs.import",
    filename="besoins.xlsx",
    asks=(PUBLISH, COMPLETE_LIST),
)
RESOURCES = Importable(
    ResourcesImport.key,
    _("Des ressources"),
    "resources.import",
    filename="ressources.xlsx",
    asks=(PUBLISH, COMPLETE_LIST),
)
PEOPLE = Importable(
    CandidatesImport.key,
    _("Des profils"),
    "candidates.import",
    filename="profils.xlsx",
    asks=(PROOF,),
    titled_by=("full_name", "first_name", "last_name", "profession"),
)
REGISTRATIONS = Importable(
    RegistrationsImport.key,
    _("Des inscriptions à un événement"),
    "participants.import",
    filename="inscriptions.xlsx",
    titled_by=("full_name", "first_name", "last_name", "organisation"),
)
SITES = Importable(
    FacilityImport.key,
    _("Les sites de la liste officielle (FINESS)"),
    "partners.import",
    filename="sites.xlsx",
    asks=(CREATE_PARTNERS,),
    titled_by=("rs", "nofinesset"),
)
COMMUNE_LIST = Importable(
    CommunesImport.key,
    _("La liste des communes"),
    "communes.import",
    filename="communes.xlsx",
    asks=(SOURCE, VINTAGE, COMPLETE_LIST),
)
CONTOUR_FILE = Importable(
    ContoursImport.key,
    _("Les contours des communes"),
    "communes.import",
    asks=(SOURCE, VINTAGE),
    titled_by=("name", "insee"),
    untyped=("contour", "repair"),
)
ZONING_LIST = Importable(
    ZoningsImport.key,
    _("Les zonages des communes (ZIP, ZAC, France ruralités…)"),
    "zonings.import",
    filename="zonages.xlsx",
    asks=(SOURCE, VINTAGE, LICENCE, SINCE, DEPARTMENTS),
    titled_by=("insee", "zone"),
)
DIRECTORY = Importable(
    InclusionImport.key,
    _("Un annuaire de services (data·inclusion)"),
    "territory_directory.import",
    asks=(PUBLISH,),
    titled_by=("nom", "id"),
)
IMPORTABLES: Mapping[str, Importable] = {
    one.key: one
    for one in (
        NEEDS,
        RESOURCES,
        PEOPLE,
        REGISTRATIONS,
        SITES,
        DIRECTORY,
        COMMUNE_LIST,
        CONTOUR_FILE,
        ZONING_LIST,
    )
}


def targets_for(user: Any) -> list[tuple[str, str]]:
    """Return (« kind|owner key », words) of everything the user may import."""
    found: list[tuple[str, str]] = []
    for importable, permission, words in (
        (NEEDS, "partners.recruit_for", gettext("Besoins · %(name)s")),
        (RESOURCES, "partners.share_for", gettext("Ressources · %(name)s")),
    ):
        if may(user, importable.permission):
            rows = permitted(user, permission, Partner.objects.filter(left_at__isnull=True))
            found += [
                (f"{importable.key}|{scope_of(partner)}", words % {"name": partner.name})
                for partner in rows.order_by("name", "pk").only("pk", "name")
            ]
    if may(user, PEOPLE.permission):
        words = gettext("Profils · %(name)s")
        found += [
            (f"{PEOPLE.key}|{people_of(territory)}", words % {"name": territory.name})
            for territory in coordinated_by(user).order_by("name", "pk")
        ]
    if may(user, REGISTRATIONS.permission):
        found += [
            (f"{REGISTRATIONS.key}|{registered_on(side)}", _named(side)) for side in _sides(user)
        ]
    if may(user, SITES.permission):
        words = gettext("Sites FINESS · %(name)s")
        found += [
            (f"{SITES.key}|{owner_key_of(territory)}", words % {"name": territory.name})
            for territory in _territories_for(user)
        ]
    if may(user, DIRECTORY.permission):
        words = gettext("Annuaire de services · %(name)s")
        found += [
            (
                f"{DIRECTORY.key}|{owner_key_of_directory(territory)}",
                words % {"name": territory.name},
            )
            for territory in coordinated_by(user).order_by("name", "pk")
        ]
    if may(user, COMMUNE_LIST.permission):
        found.append((f"{COMMUNE_LIST.key}|{COMMUNES}", str(COMMUNE_LIST.label)))
        found.append((f"{CONTOUR_FILE.key}|{CONTOURS}", str(CONTOUR_FILE.label)))
    if may(user, ZONING_LIST.permission):
        found.append((f"{ZONING_LIST.key}|{ZONINGS}", str(ZONING_LIST.label)))
    return found


def _sides(user: Any) -> QuerySet[Side]:
    """The sides of the events, not over, that the user organises: the nearest event first."""
    rows = Side.objects.filter(event__territory__in=coordinated_by(user).values("pk"))
    return (
        rows.exclude(event__state__in=(EventState.OVER, EventState.CANCELLED))
        .select_related("event")
        .order_by("event__starts_at", "event", "role")
    )


def _named(side: Side) -> str:
    words = gettext("Inscriptions · %(event)s · %(side)s")
    return words % {"event": side.event.title, "side": side.name}


def _territories_for(user: Any) -> QuerySet[Territory]:
    return permitted(user, "territory.steer", Territory.objects.all()).order_by("name", "pk")


def kinds_for(user: Any) -> list[Importable]:
    """Return the kinds the user may import."""
    return [one for one in IMPORTABLES.values() if may(user, one.permission)]


def opened(kind: str, uploaded: Any) -> tuple[BinaryIO, str]:
    """Return the table to read and its name; official JSON files are turned into one.

    Raises TableError: the JSON is not what its kind awaits.
    """
    name = PurePath(uploaded.name)
    suffix = name.suffix.lower()
    if kind == COMMUNE_LIST.key and suffix == ".json":
        return table_of_geoapi(uploaded), f"{name.stem}.csv"
    if kind == CONTOUR_FILE.key and suffix in (".geojson", ".json"):
        return table_of_geojson(uploaded), f"{name.stem}.csv"
    if kind == DIRECTORY.key and suffix in (".json", ".zip"):
        return table_of_inclusion(uploaded), f"{name.stem}.csv"
    return uploaded, uploaded.name


def owner_name(staged: StagedImport) -> str:
    """Say whose import it is."""
    return owner_names([staged.owner_key]).get(staged.owner_key, "")


def owner_names(keys: Iterable[str]) -> dict[str, str]:
    """Return {owner key: name} of the owners of imports, in three queries."""
    asked = set(keys)
    partners = Partner.objects.filter(pk__in=_numbers(asked, "partner:")).order_by("pk")
    territories = Territory.objects.filter(pk__in=_numbers(asked, "territory:")).order_by("pk")
    wanted = Side.objects.filter(pk__in=_numbers(asked, "side:"))
    sides = wanted.select_related("event").order_by("pk")
    platform = gettext("La plateforme")
    return {
        **{scope_of(partner): partner.name for partner in partners},
        **{owner_key_of(territory): territory.name for territory in territories},
        **{
            registered_on(side): f"{side.event.title}, {side.name}"
            for side in sides.order_by("pk")
        },
        **{key: platform for key in (COMMUNES, CONTOURS, ZONINGS) if key in asked},
    }


def _numbers(keys: Iterable[str], prefix: str) -> list[int]:
    ends = (key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    return [int(end) for end in ends if end.isdecimal()]
