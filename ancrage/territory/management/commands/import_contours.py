"""`import_contours FILE`: the contours of communes, from an official GeoJSON file."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ancrage.kit.imports.models import StagedImport
from ancrage.kit.management.import_command import ImportCommand
from ancrage.territory.services.contours import (
    OWNER,
    remarked,
    table_of_geojson,
    without_contour,
)

_SHOWN = 20


class Command(ImportCommand):
    help = (
        "Importe les contours des communes (GeoJSON, WGS 84) et signale les écarts de millésime."
    )
    kind = "contours"

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--source",
            default="IGN Admin Express",
            help="who publishes the contours, shown under the maps",
        )
        parser.add_argument("--vintage", default="", help="their vintage, such as 2018")

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return OWNER, {"source": options["source"], "vintage": options["vintage"]}

    def opened(self, path: Path) -> tuple[BinaryIO, str]:
        if path.suffix.lower() not in (".geojson", ".json"):
            return super().opened(path)
        with path.open("rb") as stream:
            return table_of_geojson(stream), f"{path.stem}.csv"

    def further_counts(self, staged: StagedImport) -> dict[str, int]:
        orphans = remarked(staged, "no_commune")
        renamed = remarked(staged, "renamed")
        missing = without_contour(staged)
        self._say("Contours sans commune d’aujourd’hui, laissés de côté", orphans)
        self._say("Communes nommées autrement, au périmètre à vérifier", renamed)
        self._say(
            "Communes sans contour dans ce fichier", [f"{one} ({one.insee})" for one in missing]
        )
        return {
            "without_commune": len(orphans),
            "renamed": len(renamed),
            "without_contour": len(missing),
        }

    def _say(self, what: str, names: Sequence[str]) -> None:
        if names:
            more = "…" if len(names) > _SHOWN else ""
            self.stdout.write(f"{what} : {', '.join(names[:_SHOWN])}{more}")
