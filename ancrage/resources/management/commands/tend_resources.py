"""The daily round of the resources: close, pause, ask, and keep the search up to date."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.resources.services import (
    ask_freshness,
    expire_past_resources,
    pause_stale,
    refresh_search,
)


class Command(BaseCommand):
    help = (
        "Close the resources whose end is past, pause those without news, ask structures about "
        "the others, and mend the search column. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        expired = expire_past_resources(now=now)
        paused = pause_stale(now=now)
        asked = ask_freshness(now=now)
        counts = {
            "expired": expired,
            "paused": paused.resources,
            "asked": asked.resources,
            "mails": paused.mails + asked.mails,
            "search_mended": refresh_search(),
        }
        self.stdout.write(json.dumps(counts))
