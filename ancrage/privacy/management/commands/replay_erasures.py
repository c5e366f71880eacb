"""Erase again whom a restored database brought back."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.privacy.retention import purge
from ancrage.privacy.services import replay_ledger
from ancrage.privacy.services.ledger import ledger_path, merge_ledger, read_ledger


class Command(BaseCommand):
    help = (
        "Erase again the people and accounts of the ledger, withdraw again what they withdrew,"
        " and forget what is past its term; `restore` runs it. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ledger", type=Path, metavar="FILE", help="add the lines of that copy first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["ledger"]:
            merge_ledger(read_ledger(options["ledger"]))
        now = timezone.now()
        replayed = replay_ledger(lines=read_ledger(ledger_path()), now=now)
        purge(now=now)
        self.stdout.write(json.dumps(asdict(replayed)))
