"""Professions, their writings and specialties: read by all, kept by administrators."""
