"""`import_demography DATASET FILE --year … --source … --licence …`: an official file, kept."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset
from ancrage.demography.management.command import refused
from ancrage.demography.services import Draft, FileRefused, Origin, save_vintage
from ancrage.demography.services.incoming import read_dataset


class Command(BaseCommand):
    help = (
        "Importe un fichier officiel d’une année : accessibilité publiée, population par âge, "
        "professionnels par commune, minutes de route, coordonnées des communes. "
        "Une ligne fautive, et rien n’est écrit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dataset", choices=[one.value for one in Dataset])
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--year", type=int, required=True, help="dont parle le fichier")
        parser.add_argument("--source", required=True, help="qui le publie, et quand")
        parser.add_argument("--licence", required=True, help="comme « Licence Ouverte 2.0 »")
        parser.add_argument("--url", default="", help="où il se trouve")
        parser.add_argument("--care", choices=[one.value for one in Care], help="la profession")
        parser.add_argument("--sheet", help="nom de la feuille à lire")
        parser.add_argument("--dry-run", action="store_true", help="lit et dit, n’écrit rien")
        parser.add_argument(
            "--replace", action="store_true", help="remplace un autre fichier de la même année"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        draft = _draft(options)
        for remark in draft.remarks:
            self.stderr.write(remark)
        changed = False
        if not options["dry_run"]:
            try:
                _vintage, changed = save_vintage(
                    draft=draft,
                    year=options["year"],
                    origin=Origin(options["source"], options["licence"], options["url"]),
                    by=None,
                    now=timezone.now(),
                    replace=options["replace"],
                )
            except ValidationError as error:
                raise refused("\n".join(error.messages)) from error
        told = {"lines": draft.lines, "columns": sorted(draft.columns), "changed": changed}
        self.stdout.write(json.dumps(told))


def _draft(options: dict[str, Any]) -> Draft:
    dataset, path = Dataset(options["dataset"]), options["file"]
    care = Care(options["care"]) if options["care"] else None
    if (dataset in OF_SOMEBODY) != (care is not None):
        said = "il faut" if care is None else "il ne faut pas"
        raise refused(f"--care : {said} dire la profession pour ce fichier.")
    try:
        with path.open("rb") as stream:
            return read_dataset(dataset, care, stream, filename=path.name, sheet=options["sheet"])
    except OSError as error:
        raise refused(f"Impossible de lire « {path} » : {error.strerror}.") from error
    except FileRefused as error:
        raise refused(str(error)) from error
