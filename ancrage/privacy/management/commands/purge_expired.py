"""Tell, then anonymise the people nobody has heard from for two years: to run every night."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.privacy.services import expire_subjects


class Command(BaseCommand):
    help = (
        "Write to the people without news for nearly two years, ask the coordination to tell"
        " those no mail reaches, anonymise those told 30 days ago or whose term is over, erase"
        " the profiles nobody confirmed; print the counts as one JSON line. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="act as on that day (2028-11-30)"
        )
        parser.add_argument("--dry-run", action="store_true", help="count, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = timezone.now(), options["dry_run"]
        if options["on"]:
            on = timezone.make_aware(datetime.combine(options["on"], time(23, 59)))
            if options["on"] > timezone.localdate(now) and not (dry_run or _is_a_trial()):
                message = (
                    "Un jour à venir effacerait des données avant leur terme : ajoutez --dry-run"
                    " pour compter."
                )
                raise CommandError(message)
            now = on
        self.stdout.write(json.dumps(asdict(expire_subjects(now=now, dry_run=dry_run))))


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        message = (
            f"« {typed} » n’est pas une date : écrivez l’année, le mois, le jour (2028-11-30)."
        )
        raise ArgumentTypeError(message) from None


def _is_a_trial() -> bool:
    """Say whether the data are invented: the demo and a developer's machine may jump ahead."""
    return bool(settings.DEMO or settings.DEBUG)
