"""`check_bridges`: the bridges and fundings whose source must be read again. Exit code 1 then."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format

from ancrage.professions.models.bridges import CHECKED_FOR
from ancrage.professions.queries import (
    bridges_listed_on,
    bridges_to_check_again,
    fundings_listed_on,
    fundings_to_check_again,
)


class Command(BaseCommand):
    help = (
        "Liste les passerelles et les financements dont la source n’a pas été relue depuis un an."
        " Code de sortie : 0 si tout est à jour, 1 s’il y en a, 2 si la date est illisible."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="le jour de la question (2026-12-31)")
        parser.add_argument("--json", action="store_true", help="écrit la liste en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["on"]) if options["on"] else timezone.localdate()
        found = [*bridges_to_check_again(day), *fundings_to_check_again(day)]
        if options["json"]:
            lines = [
                {
                    "code": one.code,
                    "checked_on": one.checked_on.isoformat(),
                    "due_on": (one.checked_on + CHECKED_FOR).isoformat(),
                    "source": one.source,
                }
                for one in found
            ]
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(
                    f"{one.code} : lue le {_said(one.checked_on)}, à relire depuis le "
                    f"{_said(one.checked_on + CHECKED_FOR)} · {one.source}"
                )
            listed = bridges_listed_on(day).count() + fundings_listed_on(day).count()
            self.stdout.write(f"{len(found)} à relire sur {listed} règles.")
        if found:
            raise SystemExit(1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"« {text} » n’est pas une date : écrivez-la comme 2026-12-31."
        raise CommandError(message, returncode=2) from error


def _said(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
