"""Forget what has been kept long enough: to run every night."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.privacy.retention import purge


class Command(BaseCommand):
    help = (
        "Delete ended sessions, old tasks, old audit lines and whatever other rows are past their"
        " term; print the counts as one JSON line. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(purge(now=timezone.now())))
