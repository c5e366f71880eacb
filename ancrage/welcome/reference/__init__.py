"""Reference rows of the welcome, typed as data."""

from ancrage.welcome.reference.themes import THEMES, THEMES_BY_KIND, kind_for

__all__ = ["THEMES", "THEMES_BY_KIND", "kind_for"]
