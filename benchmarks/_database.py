"""The database that a measure fills: the one of DATABASE_URL, else a new SQLite file."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[None]:
    """Make the database ready: Django set up, tables made, reference rows loaded."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.test"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        import django  # noqa: PLC0415 -- the settings come first

        django.setup()
        logging.disable(logging.WARNING)  # one line a request would bury the figures
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        with open(os.devnull, "w") as nowhere:
            call_command("load_reference", verbosity=0, stdout=nowhere)
        yield
