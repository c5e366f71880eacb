"""`import_zonings FILE`: the zones of communes (ZIP, ZAC, QPV, FRR…), from a table."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.kit.tabular.errors import TableError
from ancrage.schemes.services import ZoningsRefused, read_zonings, save_zonings


class Command(BaseCommand):
    help = (
        "Importe les zonages des communes : un tableau de colonnes commune, zone, depuis, fin. "
        "Une seule ligne fautive, et rien n’est écrit. Affiche combien, en JSON."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="qui publie la liste, et quand")
        parser.add_argument("--licence", default="", help="comme « Licence Ouverte 2.0 »")
        parser.add_argument(
            "--whole",
            default="",
            metavar="DÉPARTEMENTS",
            help="départements dont la liste est complète, comme 44,85 : leurs communes absentes "
            "du fichier sont hors zone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        whole = frozenset(code.strip() for code in options["whole"].split(",") if code.strip())
        try:
            with path.open("rb") as stream:
                lines = read_zonings(stream, filename=path.name)
            saved = save_zonings(
                lines=lines,
                source=options["source"],
                licence=options["licence"],
                by=None,
                now=timezone.now(),
                whole_departments=whole,
            )
        except OSError as error:
            raise CommandError(str(error)) from error
        except TableError as error:
            raise CommandError(str(error)) from error
        except ZoningsRefused as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(json.dumps(asdict(saved)))
