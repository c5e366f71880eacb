"""The daily round of events: note the reminders of those that are near."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.events.services import note_reminders


class Command(BaseCommand):
    help = (
        "Note the reminders of the events near: the evening before and the same day, to those who "
        "have a place. They leave at their hour. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(note_reminders(now=timezone.now()))))
