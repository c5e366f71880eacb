"""`import_communes FILE`: the list of communes, from geo.api (JSON) or a table."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ancrage.kit.imports.models import StagedImport
from ancrage.kit.management.import_command import ImportCommand
from ancrage.territory.services.imports import (
    OWNER,
    absent_from,
    table_of_geoapi,
    without_point,
)

_SHOWN = 20


class Command(ImportCommand):
    help = "Importe la liste officielle des communes (réponse JSON de geo.api, ou tableau)."
    kind = "communes"

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--source", default="INSEE, COG", help="who publishes the list, kept with each commune"
        )
        parser.add_argument("--vintage", default="", help="its vintage, such as 2024")

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return OWNER, {"source": options["source"], "vintage": options["vintage"]}

    def opened(self, path: Path) -> tuple[BinaryIO, str]:
        if path.suffix.lower() != ".json":
            return super().opened(path)
        with path.open("rb") as stream:
            return table_of_geoapi(stream), f"{path.stem}.csv"

    def further_counts(self, staged: StagedImport) -> dict[str, int]:
        absent = absent_from(staged)
        if absent:
            named = ", ".join(f"{one.name} ({one.insee})" for one in absent[:_SHOWN])
            more = "…" if len(absent) > _SHOWN else ""
            self.stdout.write(f"Absentes du fichier, laissées telles quelles : {named}{more}")
        return {"absent": len(absent), "without_point": without_point(staged)}
