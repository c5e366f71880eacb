"""The events in the header."""

from ancrage.web.navigation import Entry
from ancrage.web.personal_links import PersonalStep

ENTRIES: list[Entry] = []
PERSONAL_STEPS: list[PersonalStep] = []
