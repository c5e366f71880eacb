"""`export_data_inclusion OUT --territory SLUG`: the open directory in data·inclusion v1."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ancrage.resources.models import Resource
from ancrage.territory.management.choosing import chosen_territory
from ancrage.welcome.services import inclusion


class Command(BaseCommand):
    help = (
        "Write the services and offers that anybody may read, and the structures that give them, "
        "in data·inclusion v1: one JSON document, or a ZIP of two when the name ends with .zip."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="file to write, .json or .zip")
        parser.add_argument("--territory", help="its slug, when the platform holds several")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = chosen_territory(options["territory"])
        now, path = timezone.now(), options["file"]
        everything = Resource.objects.all()
        offers = inclusion.open_offers(territory, everything, on=timezone.localdate(now))
        try:
            with path.open("wb") as stream:
                if path.suffix == ".zip":
                    inclusion.write_archive(
                        stream=stream, territory=territory, offers=offers, now=now
                    )
                else:
                    stream.writelines(
                        inclusion.directory_pieces(territory=territory, offers=offers, now=now)
                    )
        except OSError as problem:
            raise CommandError(f"{path.name} : {problem.strerror}") from problem
        own, read = inclusion.structures_of(territory, offers)
        counts = {"structures": own.count() + read.count(), "services": offers.count()}
        self.stdout.write(json.dumps(counts))
