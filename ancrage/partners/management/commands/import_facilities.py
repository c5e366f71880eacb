"""`import_facilities FILE`: the sites of a FINESS extract."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.management.import_command import ImportCommand
from ancrage.partners.services import owner_key_of
from ancrage.territory.management.choosing import chosen_territory


class Command(ImportCommand):
    help = "Importe les sites d’un extrait FINESS : créés, mis à jour, rattachés à leur structure."
    kind = "facilities"
    # A damaged cell keeps no line out: all that is said of every line is worth reading.
    told = frozenset(Outcome)

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--territory", help="its slug, when the platform holds several")
        parser.add_argument(
            "--create-partners",
            action="store_true",
            help="make a structure to complete for each unknown legal body with a site here",
        )

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        territory = chosen_territory(options["territory"])
        return owner_key_of(territory), {"create_partners": options["create_partners"]}
