"""Send what is waiting: mails, long imports."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.kit.outbox import run_due

PAUSE_SECONDS = 2


class Command(BaseCommand):
    help = "Do all the tasks and send all the mails that are due, once or (--loop) until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            ran = run_due(clock=timezone.now, limit=100 if options["loop"] else None)
            if not options["loop"]:
                self.stdout.write(
                    f"done={ran.done} retried={ran.retried} abandoned={ran.abandoned}"
                )
                return
            if ran.done == 0:
                time.sleep(PAUSE_SECONDS)
