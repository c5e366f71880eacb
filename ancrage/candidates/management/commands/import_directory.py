"""Load the public directory of health professionals, to check RPPS numbers."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.candidates.services import NotADirectory, load_directory


class Command(BaseCommand):
    help = (
        "Read a file « PS_LibreAcces_Personne_activite » (UTF-8, columns between bars), keep the "
        "numbers and the names that checking an RPPS needs, and check the profiles again. "
        "Replaces what an earlier file brought."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the text file, unpacked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8", newline="") as file:
                loaded = load_directory(file=file)
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"Fichier illisible : {problem}") from problem
        except NotADirectory as missing:
            raise CommandError(f"Colonnes absentes : {missing}") from missing
        self.stdout.write(json.dumps(asdict(loaded)))
