"""The official zone of communes, as imported: never computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import Care
from ancrage.demography.services.model import TerritoryModel
from ancrage.schemes.queries.zonings import OfficialZone, zones_of_doctors

OUTSIDE, UNKNOWN_ZONE = "hors", "inconnue"


@dataclass(frozen=True)
class OfficialZones:
    """What is known of the zones of the communes of a model on a day."""

    by_code: Mapping[str, OfficialZone]

    def __bool__(self) -> bool:
        return bool(self.by_code)

    def key(self, code: str) -> str:
        """Return what filters and orders call the zone of a commune."""
        found = self.by_code.get(code)
        if found is None:
            return UNKNOWN_ZONE
        return OUTSIDE if found.zone is None else found.zone.value

    def label(self, code: str) -> str | Promise:
        """Return what is written of the zone of a commune."""
        found = self.by_code.get(code)
        if found is None:
            return ""
        return _("hors zone") if found.zone is None else found.zone.value

    @property
    def lists(self) -> list[tuple[str, str, date]]:
        """Return the source, the licence and the first day of each list that is shown."""
        told = {(one.source, one.licence): one.since for one in self.by_code.values()}
        return sorted((source, licence, since) for (source, licence), since in told.items())


def official_zones(model: TerritoryModel, *, on: date) -> OfficialZones:
    """Return the zones of doctors; nothing for the other professions, whose zonings are others."""
    if model.care is not Care.GP:
        return OfficialZones({})
    return OfficialZones(zones_of_doctors([place.code for place in model.places], on=on))
