"""The daily round of the profiles: tell whose proofs are about to end."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.candidates.services import alert_ending_proofs


class Command(BaseCommand):
    help = (
        "Tell people, and how many to their coordination, that a proof ends in 60, 30 or 7 days. "
        "Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(alert_ending_proofs(now=timezone.now()))))
