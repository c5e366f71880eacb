"""Whom a participant would like to meet: read the sheets, say it in two minutes."""
