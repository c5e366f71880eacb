"""The daily round of training: runs begin and end on their day, deadlines are told."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.training.services import tend_training


class Command(BaseCommand):
    help = (
        "Begin and end the training runs whose day has come, and remind the coordination of the "
        "deadlines of funding files. Safe to repeat; run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(asdict(tend_training(now=timezone.now()))))
