"""The daily round of events: reminders of those near, contacts of those over and what followed."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.events.services import note_reminders, open_due_contacts, tend_contacts


class Command(BaseCommand):
    help = (
        "Note the reminders of the events near: the evening before and the same day, to those who "
        "have a place. They leave at their hour. Open the contacts whose term has passed, ask "
        "what became of them at 1, 3, 6 and 12 months. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        counts = {
            **asdict(note_reminders(now=now)),
            "opened": open_due_contacts(now=now),
            **asdict(tend_contacts(now=now)),
        }
        self.stdout.write(json.dumps(counts))
