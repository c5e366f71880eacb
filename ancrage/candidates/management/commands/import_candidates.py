"""`import_candidates FILE --territory SLUG --proof "…"`: people followed in a file until now."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from ancrage.candidates.services.imports import PROOF, owner_of
from ancrage.candidates.validators import validate_information
from ancrage.kit.management.import_command import ImportCommand
from ancrage.territory.models import Territory


class Command(ImportCommand):
    help = (
        "Importe les personnes suivies dans un tableau (XLSX, XLS, ODS ou CSV). Chacune est "
        "prévenue et a un mois pour accepter. N’affiche aucune donnée du fichier."
    )
    kind = "candidates"
    of_people = True

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--territory", required=True, help="slug of the territory")
        parser.add_argument(
            "--proof",
            required=True,
            help="when and how the people were told that they would be entered",
        )

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        territory = Territory.objects.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun territoire ne porte le nom « {options['territory']} ».")
        proof = options["proof"].strip()
        if not proof:
            raise CommandError("--proof : dites quand et comment les personnes ont été informées.")
        try:
            validate_information(proof)
        except ValidationError as refused:
            raise CommandError(f"--proof : {' '.join(refused.messages)}") from refused
        return owner_of(territory), {PROOF: proof}
