"""`import_registrations FILE --event SLUG --side host|visitor`: the answers of another form."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError

from ancrage.events.enums import SideRole
from ancrage.events.models import Side
from ancrage.events.services.imports import IMPORT_KIND, owner_of
from ancrage.kit.management.import_command import ImportCommand


class Command(ImportCommand):
    help = (
        "Importe les inscriptions d’un côté d’un événement (XLSX, XLS, ODS ou CSV). Chacun reçoit "
        "la confirmation. N’affiche aucune donnée du fichier."
    )
    kind = IMPORT_KIND
    of_people = True

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--event", required=True, help="slug of the event")
        parser.add_argument("--side", required=True, choices=SideRole.values)

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        side = Side.objects.filter(event__slug=options["event"], role=options["side"]).first()
        if side is None:
            raise CommandError(f"Aucun événement ne porte le nom « {options['event']} ».")
        return owner_of(side), {}
