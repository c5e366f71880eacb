"""Make a backup: to run every night."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.privacy.services.backups import (
    DumpFailed,
    ToolMissing,
    make_backup,
    prune_backups,
)


class Command(BaseCommand):
    help = (
        "Write the database, the documents and a copy of the ledger of erasures into one file,"
        " while the platform serves; print its path."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where (BACKUP_ROOT)")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="then delete all but the N latest of the folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError(
                "--keep : au moins la sauvegarde qui vient d’être faite est gardée."
            )
        folder = options["to"] or Path(settings.BACKUP_ROOT)
        try:
            path = make_backup(folder=folder, now=timezone.now())
        except ToolMissing as missing:
            message = f"{missing} n’est pas sur cette machine : installez le client de PostgreSQL."
            raise CommandError(message) from missing
        except DumpFailed as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(path))
        if keep is not None:
            prune_backups(folder=folder, keep=keep)
