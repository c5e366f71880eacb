"""The daily round of introductions: end what cannot go on, remind those who are waited for."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.matching.services import tend_introductions


class Command(BaseCommand):
    help = (
        "End the introductions that cannot go on, remind structures of the answers they owe and "
        "people of the proposals they received. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(tend_introductions(now=timezone.now()))))
