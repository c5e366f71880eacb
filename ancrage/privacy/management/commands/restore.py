"""Put a backup back: whom the ledger names is erased again before anything serves."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.privacy.services import backups

_REFUSALS: dict[type[Exception], str] = {
    backups.BackupMissing: "Il n’y a pas de fichier {} : vérifiez son chemin.",
    backups.ArchiveDamaged: "Ce fichier n’est pas une sauvegarde entière : {}",
    backups.DatabaseMismatch: "Cette sauvegarde vient d’une base d’un autre genre : {}",
    backups.DatabaseNotEmpty: (
        "La base contient des données de personnes ({}) : ajoutez --force pour les remplacer ;"
        " elles seront d’abord mises de côté."
    ),
    backups.DatabaseInUse: "{} autre(s) programme(s) sont connectés : arrêtez la plateforme.",
    backups.ToolMissing: "{} n’est pas sur cette machine : installez le client de PostgreSQL.",
    backups.DumpFailed: "{}",
    backups.RestoreFailed: "La copie n’a pu être mise à jour, rien n’a changé : {}",
}


class Command(BaseCommand):
    help = (
        "Replace the database and the documents by those of a backup, then erase again whom the"
        " ledger names. Refuses a database that holds people's data, unless --force."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="replace what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = backups.restore_backup(
                source=options["backup"], force=options["force"], now=timezone.now()
            )
        except tuple(_REFUSALS) as refusal:
            raise CommandError(_REFUSALS[type(refusal)].format(refusal)) from refusal
        self.stdout.write(
            json.dumps(
                {
                    "made_at": restored.made_at,
                    "lines_learnt": restored.lines_learnt,
                    "erased_again": restored.forgotten.erased,
                    "accounts_erased_again": restored.forgotten.accounts,
                    "agreements_withdrawn_again": restored.forgotten.withdrawn,
                    "set_aside": str(restored.set_aside or ""),
                }
            )
        )
