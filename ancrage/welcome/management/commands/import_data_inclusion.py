"""`import_data_inclusion FILE`: the structures and services of another directory."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ancrage.kit.management.import_command import ImportCommand
from ancrage.territory.management.choosing import chosen_territory
from ancrage.welcome.services.inclusion import (
    PUBLISH,
    owner_key_of_directory,
    table_of_inclusion,
)

_OFFICIAL = (".json", ".zip")


class Command(ImportCommand):
    help = (
        "Importe les structures et les services d’un annuaire au format data·inclusion v1 "
        "(JSON, ZIP de JSON, ou CSV) : créés, mis à jour, reconnus s’ils sont déjà ici."
    )
    kind = "data_inclusion"

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--territory", help="its slug, when the platform holds several")
        parser.add_argument(
            "--draft", action="store_true", help="create drafts instead of published offers"
        )

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        territory = chosen_territory(options["territory"])
        return owner_key_of_directory(territory), {PUBLISH: not options["draft"]}

    def opened(self, path: Path) -> tuple[BinaryIO, str]:
        if path.suffix.lower() not in _OFFICIAL:
            return super().opened(path)
        with path.open("rb") as stream:
            return table_of_inclusion(stream), f"{path.stem}.csv"
