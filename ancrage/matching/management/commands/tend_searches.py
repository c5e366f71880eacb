"""The daily round of saved searches: run those whose day has come, tell what is new by mail."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.matching.services import tend_searches


class Command(BaseCommand):
    help = (
        "Run the saved searches whose day has come and write to their owners how many results are"
        " new; forget those deleted a day ago. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(tend_searches(now=timezone.now()))))
