"""What `load_reference` loads from this app."""

from ancrage.kit.reference import register_loader
from ancrage.partners.services import load_facility_categories

register_loader("facility_categories", load_facility_categories)
