"""What `load_reference` loads from this app."""

from ancrage.kit.reference import register_loader
from ancrage.professions.services import load_bridges, load_professions

register_loader("professions", load_professions)
register_loader("bridges", load_bridges, after=["professions"])
