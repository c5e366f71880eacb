"""Ancrage: the shared human resources platform of a health territory."""

__version__ = "0.1.0"
