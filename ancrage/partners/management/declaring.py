"""Importing what a structure declares, from the command line."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError

from ancrage.kit.management.import_command import ImportCommand
from ancrage.partners.queries import partner_known_as
from ancrage.partners.services.declaring import PUBLISH, owner_of


class DeclaredCommand(ImportCommand):
    """An import for one structure, which may be left in draft."""

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--partner",
            required=True,
            help="the structure: its FINESS number (legal or of a site), SIREN or slug",
        )
        parser.add_argument(
            "--draft", action="store_true", help="create drafts instead of publishing at once"
        )

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        partner = partner_known_as(options["partner"])
        if partner is None:
            raise CommandError(
                f"Aucune structure connue sous « {options['partner']} » : donnez son numéro "
                "FINESS, son SIREN ou son nom court dans l’adresse de sa page."
            )
        return owner_of(partner), {PUBLISH: not options["draft"]}
