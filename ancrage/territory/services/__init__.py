"""Changes to places and territories. Each is atomic and leaves one audit line."""

from ancrage.territory.services.communes import (
    CommuneFacts,
    SavedCommunes,
    end_communes,
    save_communes,
    save_departments,
)
from ancrage.territory.services.contours import (
    ContoursImport,
    NotAFeatureCollection,
    NotInDegrees,
    save_contours,
    table_of_geojson,
    without_contour,
)
from ancrage.territory.services.imports import (
    CommunesImport,
    NotACommuneList,
    absent_from,
    table_of_geoapi,
)
from ancrage.territory.services.offices import (
    OfficeAlreadyEnded,
    OfficeAlreadyHeld,
    end_office,
    grant_office,
)
from ancrage.territory.services.reference import (
    create_reference_territory,
    load_reference_communes,
)
from ancrage.territory.services.territories import (
    CommuneOutsideTerritory,
    LivingAreaNameTaken,
    NoCommune,
    TerritorySlugTaken,
    UnknownCommunes,
    UnknownEpcis,
    communes_of_epcis,
    communes_with_codes,
    create_living_area,
    create_territory,
    describe_territory,
    remove_living_area,
    set_backdrop,
    set_communes,
    set_living_area,
)

__all__ = [
    "CommuneFacts",
    "CommuneOutsideTerritory",
    "CommunesImport",
    "ContoursImport",
    "LivingAreaNameTaken",
    "NoCommune",
    "NotACommuneList",
    "NotAFeatureCollection",
    "NotInDegrees",
    "OfficeAlreadyEnded",
    "OfficeAlreadyHeld",
    "SavedCommunes",
    "TerritorySlugTaken",
    "UnknownCommunes",
    "UnknownEpcis",
    "absent_from",
    "communes_of_epcis",
    "communes_with_codes",
    "create_living_area",
    "create_reference_territory",
    "create_territory",
    "describe_territory",
    "end_communes",
    "end_office",
    "grant_office",
    "load_reference_communes",
    "remove_living_area",
    "save_communes",
    "save_contours",
    "save_departments",
    "set_backdrop",
    "set_communes",
    "set_living_area",
    "table_of_geoapi",
    "table_of_geojson",
    "without_contour",
]
