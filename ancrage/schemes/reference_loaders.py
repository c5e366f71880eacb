"""What `load_reference` loads from this app."""

from ancrage.kit.reference import register_loader
from ancrage.schemes.services import load_schemes

register_loader("schemes", load_schemes)
