"""Django's command line: `manage.py` from the sources, `ancrage` once installed."""

import os
import sys

from django.core.management import execute_from_command_line


def main(settings: str = "ancrage.config.settings.prod") -> None:
    """Run the command named on the command line, with `settings` unless others are chosen."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    execute_from_command_line(sys.argv)
