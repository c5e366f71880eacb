"""`check_schemes`: the aids whose source must be read again. Exit code 1 when there are some."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format

from ancrage.schemes.queries import outdated_on, schemes_in_inventory


class Command(BaseCommand):
    help = (
        "Liste les aides ouvertes dont la vérification est dépassée. Code de sortie : 0 si tout "
        "est à jour, 1 s’il y en a, 2 si la date est illisible."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="le jour de la question (2026-12-31)")
        parser.add_argument("--json", action="store_true", help="écrit la liste en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["on"]) if options["on"] else timezone.localdate()
        found = outdated_on(day)
        if options["json"]:
            lines = [
                {
                    "code": one.scheme.code,
                    "checked_on": one.scheme.checked_on.isoformat(),
                    "due_on": one.due_on.isoformat(),
                    "source": one.scheme.source_url,
                }
                for one in found
            ]
            self.stdout.write(json.dumps(lines, ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(
                    f"{one.scheme.code} : vérifiée le {_said(one.scheme.checked_on)}, à relire "
                    f"depuis le {_said(one.due_on)} · {one.scheme.source_url}"
                )
            self.stdout.write(f"{len(found)} à relire sur {schemes_in_inventory().count()} aides.")
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
