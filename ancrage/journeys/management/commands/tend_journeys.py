"""The daily round of journeys: note the hires, ask how posts go, remind the silent."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.journeys.services import note_hires, note_introductions, tend_follow_ups


class Command(BaseCommand):
    help = (
        "Note in the journeys the hires and introductions made since. Ask the people hired and "
        "their structures how it goes at 1, 3, 6 and 12 months, remind the silent once, drop "
        "what has waited too long. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        counts = {
            "hired": note_hires(now=now),
            "introduced": note_introductions(now=now),
            **asdict(tend_follow_ups(now=now)),
        }
        self.stdout.write(json.dumps(counts))
