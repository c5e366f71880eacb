#!/usr/bin/env python
"""Django's command line, with the settings of a developer's machine by default."""

from ancrage.config.cli import main

if __name__ == "__main__":
    main("ancrage.config.settings.dev")
