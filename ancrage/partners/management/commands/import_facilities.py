"""`import_facilities FILE`: the sites of a FINESS extract."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.management.import_command import ImportCommand
from ancrage.partners.services import owner_key_of
from ancrage.territory.models import Territory


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
        slug = options["territory"]
        rows = Territory.objects.filter(slug=slug) if slug else Territory.objects.all()
        found = list(rows.order_by("name", "pk"))
        if len(found) != 1:
            known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(
                f"Dites pour quel territoire : --territory SLUG (connus : {known or 'aucun'})."
            )
        return owner_key_of(found[0]), {"create_partners": options["create_partners"]}
