"""The daily round of the requests for aids: whoever waits for an answer is asked if it came."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.schemes.services.requests import tend_requests


class Command(BaseCommand):
    help = (
        "Ask those who follow a request for an aid, without an answer for thirty days, whether it "
        "came; three times at most. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(tend_requests(now=timezone.now()))))
