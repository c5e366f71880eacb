"""Keep the translation catalogues equal to the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ancrage.kit.catalogues import compile_catalogues
from ancrage.kit.messages import problems, update


class Command(BaseCommand):
    help = "Met à jour les catalogues de traduction d’après le code, ou les juge (--check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="n’écrit rien, échoue s’il reste à faire"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            for changed in update():
                self.stdout.write(f"typographie : {changed}")
            compile_catalogues()
        found = problems()
        for problem in found:
            self.stdout.write(problem)
        if found and options["check"]:
            raise CommandError(f"{len(found)} message(s) à revoir.")
        self.stdout.write(f"{len(found)} message(s) à revoir.")
