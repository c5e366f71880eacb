"""The daily round of the concierge: remind the partners that are waited for."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.welcome.services import remind_partners


class Command(BaseCommand):
    help = (
        "Remind welcome partners of the requests they have not answered, after three days and "
        "after seven. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps({"reminded": remind_partners(now=timezone.now())}))
