"""Who answers for the data, and who works for them: read from the settings of the deployment."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Processor:
    """A company that handles data for the controllers."""

    name: str
    role: str
    country: str


def processors() -> list[Processor]:
    """Return the processors of `LEGAL_PROCESSORS`: "Name | role | country"; parts may lack."""
    lines = [[part.strip() for part in line.split("|")] for line in settings.LEGAL_PROCESSORS]
    return [Processor(*[*parts, "", ""][:3]) for parts in lines if parts[0]]


def controllers() -> list[str]:
    """Return who answers for the data; the publisher alone unless others are named."""
    named = [name.strip() for name in settings.LEGAL_CONTROLLERS if name.strip()]
    return named or [name for name in [settings.LEGAL_PUBLISHER] if name]
