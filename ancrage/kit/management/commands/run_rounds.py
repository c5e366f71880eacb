"""All the daily rounds, one after the other: what a timer runs every night."""

import traceback
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Run every daily round in turn, and print what each did. One that fails stops none of the "
        "others; the command then ends with an error. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name in settings.DAILY_ROUNDS:
            self.stdout.write(f"{name} ", ending="")
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except Exception:
                self.stdout.write("")
                self.stderr.write(traceback.format_exc())
                failed.append(name)
        if failed:
            message = f"Ces tournées ont échoué, les autres sont faites : {', '.join(failed)}."
            raise CommandError(message)
